using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class IdempotencyTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    [Fact]
    public async Task The_same_request_again_is_answered_as_before_and_makes_no_second_order()
    {
        using var shopper = application.ClientOf(TestUser.Shopper());
        var request = OrdersApplication.Request(OrdersApplication.Line());

        using var first = await OrdersApplication.Send(shopper, request, "key");
        var placed = await first.Content.ReadAsStringAsync();
        await application.Reserve(await OrdersApplication.Read<OrderDocument>(first));
        using var second = await OrdersApplication.Send(shopper, request, "key");

        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(placed, await second.Content.ReadAsStringAsync());
        Assert.Single((await OrdersApplication.Get<Page<OrderDocument>>(shopper, "/api/orders")).Items);
    }

    [Fact]
    public async Task Twenty_clicks_at_once_make_one_order_and_every_answer_leads_to_it_or_says_that_it_is_being_placed()
    {
        using var shopper = application.ClientOf(TestUser.Shopper());
        var request = OrdersApplication.Request(OrdersApplication.Line());

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => OrdersApplication.Send(shopper, request, "click")));
        using var later = await OrdersApplication.Send(shopper, request, "click");

        var order = Assert.Single((await OrdersApplication.Get<Page<OrderDocument>>(shopper, "/api/orders")).Items);
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.Conflict));
        Assert.All(answers.Where(answer => answer.StatusCode is HttpStatusCode.Accepted).Append(later),
            answer => Assert.Equal($"/api/orders/{order.Id}", answer.Headers.Location!.ToString()));
        Assert.Contains(answers, answer => answer.StatusCode is HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_request_whose_copy_is_under_way_is_told_so_and_does_nothing()
    {
        var user = TestUser.Shopper();
        using var shopper = application.ClientOf(user);
        var request = OrdersApplication.Request(OrdersApplication.Line());
        var underWay = application.Services.GetRequiredService<RequestsUnderWay>();
        var begun = await underWay.TryBeginAsync(user.Id, "key");

        using var copy = await OrdersApplication.Send(shopper, request, "key");
        Assert.Equal((HttpStatusCode.Conflict, TimeSpan.FromSeconds(1)), (copy.StatusCode, copy.Headers.RetryAfter!.Delta));
        Assert.Contains("requestUnderWay", await copy.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty((await OrdersApplication.Get<Page<OrderDocument>>(shopper, "/api/orders")).Items);

        begun!.Dispose();
        using var free = await OrdersApplication.Send(shopper, request, "key");
        Assert.Equal(HttpStatusCode.Accepted, free.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_save_that_has_begun_is_waited_for_though_its_client_is_gone_so_that_no_copy_is_judged_before_it(bool alone)
    {
        using var gone = new CancellationTokenSource();
        var user = Guid.NewGuid();
        await using var writer = application.Services.CreateAsyncScope();
        await using var scope = application.Services.CreateAsyncScope();
        var writing = await writer.ServiceProvider.GetRequiredService<OrdersDbContext>().Database.BeginTransactionAsync(TestContext.Current.CancellationToken);

        var placing = scope.ServiceProvider.GetRequiredService<IdempotentOrders>().PlaceAsync(
            user, "key", OrdersApplication.Request(), now => (Order.Place(user, "USD", [new("A", 1, 1_00)], null, null, new PaymentPlan(PaymentMethod.Card, "sealed", "Card"), now), null),
            gone.Token, alone);
        await gone.CancelAsync();
        await writing.DisposeAsync();

        Assert.IsType<Accepted<OrderDocument>>((await placing).Answer.Result);
    }

    [Fact]
    public async Task Of_copies_that_reach_two_replicas_at_once_one_places_the_order_and_both_lead_to_it()
    {
        var user = TestUser.Shopper();
        var request = OrdersApplication.Request(OrdersApplication.Line());

        // A placement of its own each, as in two processes, without what one process knows of the other.
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using var scope = application.Services.CreateAsyncScope();
            return (await scope.ServiceProvider.GetRequiredService<OrderPlacement>().PlaceAsync(request, "key", user.Id, "", TestContext.Current.CancellationToken)).Result;
        }));

        var order = Assert.Single((await OrdersApplication.Get<Page<OrderDocument>>(application.ClientOf(user), "/api/orders")).Items);
        Assert.All(answers, answer => Assert.Equal(order.Id, Assert.IsType<Accepted<OrderDocument>>(answer).Value!.Id));
    }

    [Fact]
    public async Task A_key_that_was_sent_with_another_order_is_refused()
    {
        using var shopper = application.ClientOf(TestUser.Shopper());
        await OrdersApplication.Send(shopper, OrdersApplication.Request(OrdersApplication.Line("A")), "key");

        using var other = await OrdersApplication.Send(shopper, OrdersApplication.Request(OrdersApplication.Line("B")), "key");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Contains("idempotencyKeyReused", await other.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single((await OrdersApplication.Get<Page<OrderDocument>>(shopper, "/api/orders")).Items);
    }

    [Fact]
    public async Task A_key_that_was_sent_with_another_order_is_refused_for_that_also_where_the_order_itself_would_be()
    {
        using var shopper = application.ClientOf(TestUser.Shopper());
        await OrdersApplication.Send(shopper, OrdersApplication.Request(OrdersApplication.Line()), "key");

        using var other = await OrdersApplication.Send(shopper, OrdersApplication.Request("tok_unknown", OrdersApplication.Line()), "key");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Contains("idempotencyKeyReused", await other.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_means_nothing_between_shoppers()
    {
        using var one = application.ClientOf(TestUser.Shopper());
        using var another = application.ClientOf(TestUser.Shopper());

        using var first = await OrdersApplication.Send(one, OrdersApplication.Request(OrdersApplication.Line("A")), "shared");
        using var second = await OrdersApplication.Send(another, OrdersApplication.Request(OrdersApplication.Line("B")), "shared");

        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
        Assert.NotEqual(first.Headers.Location, second.Headers.Location);
    }

    [Fact]
    public async Task A_request_that_was_refused_may_be_mended_and_sent_with_its_key()
    {
        using var shopper = application.ClientOf(TestUser.Shopper());

        using var refused = await OrdersApplication.Send(shopper, OrdersApplication.Request("tok_unknown", OrdersApplication.Line()), "key");
        using var mended = await OrdersApplication.Send(shopper, OrdersApplication.Request(OrdersApplication.Line()), "key");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, mended.StatusCode);
    }

    [Fact]
    public async Task A_day_later_a_key_is_new_and_its_answer_is_gone()
    {
        var user = TestUser.Shopper();
        using var shopper = application.ClientOf(user);
        var request = OrdersApplication.Request(OrdersApplication.Line());
        using var first = await OrdersApplication.Send(shopper, request, "key");

        // A clock that runs through a day fires every timer of that day; the answers are made older instead.
        await Age(TimeSpan.FromHours(23));
        using var same = await OrdersApplication.Send(shopper, request, "key");
        await Age(TimeSpan.FromHours(25));
        using var later = await OrdersApplication.Send(shopper, request, "key");
        await Age(TimeSpan.FromHours(25));
        application.Clock.Advance(TimeSpan.FromMinutes(61));
        await OrdersApplication.Eventually(
            async () => !await application.InDatabase(database => database.IdempotentRequests.AnyAsync(given => given.UserId == user.Id)), "the answer is removed");

        Assert.Equal(first.Headers.Location, same.Headers.Location);
        Assert.NotEqual(first.Headers.Location, later.Headers.Location);

        Task Age(TimeSpan age)
        {
            var then = application.Clock.GetUtcNow() - age;
            return application.InDatabase(database => database.IdempotentRequests.Where(given => given.UserId == user.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(given => given.CreatedAt, then)));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("two words")]
    public async Task An_order_without_a_proper_key_is_refused(string? key)
    {
        using var shopper = application.ClientOf(TestUser.Shopper());
        var message = new HttpRequestMessage(HttpMethod.Post, "/api/orders")
        {
            Content = System.Net.Http.Json.JsonContent.Create(OrdersApplication.Request(OrdersApplication.Line()), options: OrdersApplication.Json),
        };
        if (key is not null)
        {
            message.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        using var response = await shopper.SendAsync(message);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty((await OrdersApplication.Get<Page<OrderDocument>>(shopper, "/api/orders")).Items);
    }
}
