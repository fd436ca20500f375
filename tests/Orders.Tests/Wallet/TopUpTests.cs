using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class TopUpTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private readonly HttpClient shopper = application.ClientOf(TestUser.Shopper());

    [Fact]
    public async Task A_card_fills_the_wallet_once_and_the_order_needs_nothing_of_Products()
    {
        var order = await Accepted(new TopUp(25_00, new TopUpPayment(TestCard.Approve)));
        await application.Becomes(order, OrderStatus.Completed);

        var wallet = await Wallet();
        var entry = Assert.Single(wallet.Entries.Items);

        Assert.Equal((25_00, LedgerKind.TopUp, 25_00), (wallet.Balance.Amount, entry.Kind, entry.Amount.Amount));
        Assert.Equal((0L, 1), (order.Tax.Amount, await application.Charges(order.Id)));
        Assert.True((await application.Published<OrderCompleted>(one => one.OrderId == order.Id)).PaidAtOnce);
        Assert.Empty((await OrdersApplication.Get<Page<LibraryEntry>>(shopper, "/api/library")).Items);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task The_same_key_tops_up_once_also_for_several_at_the_same_moment_and_another_body_is_refused()
    {
        var (key, request) = (Guid.NewGuid().ToString(), new TopUp(10_00, new TopUpPayment(TestCard.Approve)));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Send(request, key)));
        using var later = await Send(request, key);
        var order = await OrdersApplication.Read<OrderDocument>(later);
        await application.Becomes(order, OrderStatus.Completed);
        using var other = await Send(request with { Amount = 50_00 }, key);

        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.Conflict));
        Assert.All(answers.Where(answer => answer.StatusCode is HttpStatusCode.Accepted).Append(later),
            answer => Assert.Equal($"/api/orders/{order.Id}", answer.Headers.Location!.ToString()));
        Assert.Contains(answers, answer => answer.StatusCode is HttpStatusCode.Accepted);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal(10_00, (await Wallet()).Balance.Amount);
    }

    [Fact]
    public async Task A_copy_of_one_that_is_under_way_is_told_so_and_charges_nothing()
    {
        var user = TestUser.Shopper();
        using var client = application.ClientOf(user);
        var (key, request) = (Guid.NewGuid().ToString(), new TopUp(10_00, new TopUpPayment(TestCard.Approve)));
        var begun = await application.Services.GetRequiredService<RequestsUnderWay>().TryBeginAsync(user.Id, key);

        using var copy = await Send(request, key, client);
        Assert.Equal((HttpStatusCode.Conflict, TimeSpan.FromSeconds(1)), (copy.StatusCode, copy.Headers.RetryAfter!.Delta));
        Assert.Contains("requestUnderWay", await copy.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty((await OrdersApplication.Get<Page<OrderDocument>>(client, "/api/orders")).Items);

        begun!.Dispose();
        using var free = await Send(request, key, client);
        Assert.Equal(HttpStatusCode.Accepted, free.StatusCode);
    }

    [Fact]
    public async Task Of_copies_that_reach_two_replicas_at_once_one_fills_the_wallet_and_both_lead_to_it()
    {
        var user = TestUser.Shopper();
        var request = new TopUp(10_00, new TopUpPayment(TestCard.Approve));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using var scope = application.Services.CreateAsyncScope();
            return (await scope.ServiceProvider.GetRequiredService<TopUps>().PlaceAsync(request, "key", user.Id, TestContext.Current.CancellationToken)).Result;
        }));

        var order = Assert.Single((await OrdersApplication.Get<Page<OrderDocument>>(application.ClientOf(user), "/api/orders")).Items);
        Assert.All(answers, answer => Assert.Equal(order.Id, Assert.IsType<Accepted<OrderDocument>>(answer).Value!.Id));
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_asked_for_and_never_charged_again()
    {
        var order = await Accepted(new TopUp(10_00, new TopUpPayment(TestCard.NoAnswer)));

        await application.Pass(
            TimeSpan.FromMinutes(5), async () => (await application.Find(order.Id)).Status is OrderStatus.Completed, "the top-up is decided when it is asked for");

        Assert.Equal((10_00, 1), ((await Wallet()).Balance.Amount, await application.Charges(order.Id)));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_card_that_is_declined_fills_nothing()
    {
        var order = await Accepted(new TopUp(10_00, new TopUpPayment(TestCard.Decline)));

        var ended = await application.Becomes(order, OrderStatus.Rejected);

        Assert.Equal((OrderReasons.Declined, 0L), (ended.StatusReason, (await Wallet()).Balance.Amount));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task What_is_unspent_goes_back_to_the_card_and_what_is_spent_does_not()
    {
        var (kept, spent) = (await Filled(50_00), await Filled(25_00));
        var game = await application.Buy(shopper, OrdersApplication.WalletRequest(OrdersApplication.Line(price: 40_00)));

        using var back = await shopper.PostAsJsonAsync($"/api/orders/{spent.Id}/refund", new { }, TestContext.Current.CancellationToken);
        using var tooMuch = await shopper.PostAsJsonAsync($"/api/orders/{kept.Id}/refund", new { }, TestContext.Current.CancellationToken);
        using var byStaff = await application.ClientOf(TestUser.Staff()).PostAsJsonAsync(
            $"/api/admin/orders/{kept.Id}/refund", new { lines = new[] { new { sku = TopUps.Sku, quantity = 1 } }, reason = "goodwill" }, TestContext.Current.CancellationToken);

        Assert.Equal(OrderStatus.Completed, game.Status);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.Conflict], [back.StatusCode, tooMuch.StatusCode, byStaff.StatusCode]);
        Assert.Equal(10_00, (await Wallet()).Balance.Amount);
        await application.Pays(spent, PaymentStatus.Refunded);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Spending_and_giving_back_at_the_same_moment_never_spend_the_money_twice()
    {
        for (var round = 0; round < 5; round++)
        {
            var before = (await Wallet()).Balance.Amount;
            var filled = await Filled(10_00);
            var order = await OrdersApplication.Place(shopper, OrdersApplication.WalletRequest(OrdersApplication.Line(price: before + 10_00)));

            var refunding = shopper.PostAsJsonAsync($"/api/orders/{filled.Id}/refund", new { }, TestContext.Current.CancellationToken);
            await Task.WhenAll(refunding, application.Reserve(order));
            await OrdersApplication.Eventually(async () => (await application.Find(order.Id)).Status is OrderStatus.Completed or OrderStatus.Rejected, "the order is decided");
            var bought = (await application.Find(order.Id)).Status is OrderStatus.Completed;

            Assert.Equal(bought ? HttpStatusCode.Conflict : HttpStatusCode.OK, (await refunding).StatusCode);
        }

        await application.BooksAreRight();
    }

    [Theory]
    [InlineData(10_01, "USD", "amount")]
    [InlineData(0, "USD", "amount")]
    [InlineData(-10_00, "USD", "amount")]
    [InlineData(1_000_000_000_000, "USD", "amount")]
    [InlineData(10_00, "XXX", "currency")]
    [InlineData(10_00, "usd", "currency")]
    public async Task Only_the_amounts_and_currencies_that_are_offered_are_taken(long amount, string currency, string field)
    {
        using var refused = await Send(new TopUp(amount, new TopUpPayment(TestCard.Approve), currency));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains($"\"{field}\"", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wallet_is_filled_up_to_its_bound_and_in_its_currency()
    {
        for (var filled = 0; filled < 5; filled++)
        {
            await Filled(100_00);
        }

        using var more = await Send(new TopUp(10_00, new TopUpPayment(TestCard.Approve)));
        var yen = await Accepted(new TopUp(10_00, new TopUpPayment(TestCard.Approve), "JPY"));
        await application.Becomes(yen, OrderStatus.Completed);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, more.StatusCode);
        Assert.Equal((500_00, 10_00), ((await Wallet()).Balance.Amount, (await OrdersApplication.Get<WalletDocument>(shopper, "/api/wallet?currency=JPY")).Balance.Amount));
        Assert.Equal((0L, null), await application.InDatabase(database =>
            database.Orders.Where(order => order.Id == yen.Id).Select(order => ValueTuple.Create(order.Tax, order.TaxCountry)).SingleAsync()));
    }

    [Fact]
    public async Task What_is_on_its_way_counts_and_what_comes_to_nothing_does_not()
    {
        foreach (var _ in Enumerable.Range(0, 5))
        {
            await Accepted(new TopUp(100_00, new TopUpPayment(TestCard.LateAnswer)));
        }

        using var more = await Send(new TopUp(10_00, new TopUpPayment(TestCard.Approve)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, more.StatusCode);
        Assert.Contains("it holds 0, and 50000 are on their way", await more.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await application.Pass(TimeSpan.FromMinutes(2), async () => (await Wallet()).Balance.Amount == 500_00, "the late ones have come");

        using var other = application.ClientOf(TestUser.Shopper());
        foreach (var _ in Enumerable.Range(0, 5))
        {
            using var declined = await Send(new TopUp(100_00, new TopUpPayment(TestCard.Decline)), client: other);
            await application.Becomes(await OrdersApplication.Read<OrderDocument>(declined), OrderStatus.Rejected);
        }

        using var good = await Send(new TopUp(100_00, new TopUpPayment(TestCard.Approve)), client: other);
        Assert.Equal(HttpStatusCode.Accepted, good.StatusCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(430_00)]
    public async Task Of_many_at_once_no_more_are_taken_than_fill_the_wallet(long given)
    {
        var user = TestUser.Shopper();
        using var client = application.ClientOf(user);
        if (given > 0)
        {
            await application.GiveMoney(user, given);
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Send(new TopUp(50_00, new TopUpPayment(TestCard.LateAnswer)), client: client)));

        Assert.Equal((500_00 - given) / 50_00, answers.Count(answer => answer.StatusCode is HttpStatusCode.Accepted));
        Assert.All(answers.Where(answer => answer.StatusCode is not HttpStatusCode.Accepted), answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode));
        var sum = given + (500_00 - given) / 50_00 * 50_00;
        await application.Pass(
            TimeSpan.FromMinutes(2), async () => (await OrdersApplication.Get<WalletDocument>(client, "/api/wallet")).Balance.Amount == sum, "what was taken has come");
        await application.BooksAreRight();
    }

    [Fact]
    public async Task It_takes_a_card_a_key_and_somebody_who_is_signed_in()
    {
        using var noCard = await Send(new TopUp(10_00, new TopUpPayment()));
        using var anotherCard = await Send(new TopUp(10_00, new TopUpPayment(SavedCardId: Guid.NewGuid())));
        using var noKey = await shopper.PostAsJsonAsync("/api/wallet/top-ups", new TopUp(10_00, new TopUpPayment(TestCard.Approve)), TestContext.Current.CancellationToken);
        using var nobody = await application.Anonymous().PostAsJsonAsync(
            "/api/wallet/top-ups", new TopUp(10_00, new TopUpPayment(TestCard.Approve)), TestContext.Current.CancellationToken);

        Assert.Equal(
            [HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized],
            [noCard.StatusCode, anotherCard.StatusCode, noKey.StatusCode, nobody.StatusCode]);
    }

    private async Task<OrderDocument> Filled(long amount) =>
        await application.Becomes(await Accepted(new TopUp(amount, new TopUpPayment(TestCard.Approve))), OrderStatus.Completed);

    private async Task<OrderDocument> Accepted(TopUp request)
    {
        using var answer = await Send(request);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return await OrdersApplication.Read<OrderDocument>(answer);
    }

    private Task<HttpResponseMessage> Send(TopUp request, string? key = null, HttpClient? client = null)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, "/api/wallet/top-ups") { Content = JsonContent.Create(request, options: OrdersApplication.Json) };
        message.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        return (client ?? shopper).SendAsync(message, TestContext.Current.CancellationToken);
    }

    private Task<WalletDocument> Wallet() => OrdersApplication.Get<WalletDocument>(shopper, "/api/wallet");
}
