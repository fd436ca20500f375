using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class WebhookTests : IAsyncLifetime
{
    private static readonly string[] s_all = [.. WebhookKinds.All];

    private readonly Development application = new();
    private readonly Receiver receiver = new();
    private readonly TestUser shopper = TestUser.Shopper();

    private HttpClient Administrator => application.ClientOf(TestUser.Administrator());

    [Fact]
    public async Task Each_step_of_an_order_is_told_once_in_turn_and_signed()
    {
        var hook = await Register(s_all);
        var order = await application.Buy(application.ClientOf(shopper), OrdersApplication.Request(OrdersApplication.Line()));

        await Received(4);

        Assert.Equal(["order.placed", "order.awaitingPayment", "order.paid", "order.completed"], receiver.Taken.Select(one => one.Type));
        Assert.All(receiver.Taken, one => Assert.Equal(order.Id, one.Body.GetProperty("data").GetProperty("id").GetGuid()));
        Assert.All(receiver.Taken, one => Assert.Equal(
            WebhookSecrets.Sign(hook.Secret, Guid.Parse(one.Id), DateTimeOffset.FromUnixTimeSeconds(one.Timestamp), one.Text), one.Signature));
        var deliveries = await Deliveries(hook);
        Assert.All(deliveries, one => Assert.Equal((DeliveryState.Delivered, 200), (one.State, one.Attempts[0].Status)));
        Assert.Equal("thank you", deliveries[0].Attempts[0].Body);
    }

    [Fact]
    public async Task Steps_of_one_instant_are_listed_newest_first_also_page_by_page()
    {
        var hook = await Register(s_all);
        await application.Buy(application.ClientOf(shopper), OrdersApplication.Request(OrdersApplication.Line()));
        await Received(4);

        var listed = new List<string>();
        var (address, next) = ($"/api/admin/webhooks/{hook.Webhook.Id}/deliveries?pageSize=1", "");
        while (next is not null)
        {
            var page = await OrdersApplication.Get<Page<DeliveryDocument>>(Administrator, address + next);
            listed.AddRange(page.Items.Select(one => one.Kind));
            next = page.NextCursor is { } cursor ? $"&cursor={cursor}" : null;
        }

        Assert.Equal(["order.completed", "order.paid", "order.awaitingPayment", "order.placed"], listed);
    }

    [Fact]
    public void A_signature_is_that_of_the_standard() => Assert.Equal(
        // Computed by another library from the secret and the body of the standard's own example.
        "v1,Y5/uRWupLQOPxe4D5mBYrd9dRGhY+xtWrnxDwy59WDE=",
        WebhookSecrets.Sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Guid.Empty, DateTimeOffset.FromUnixTimeSeconds(1_614_265_330), """{"test": 2432232314}"""));

    [Fact]
    public async Task Only_what_was_asked_for_is_told_and_nothing_of_who_ordered_and_where_it_goes()
    {
        await Register(["order.paid", "order.shipped"]);
        var order = await application.BuyConsole(application.ClientOf(shopper), OrdersApplication.Line("CONSOLE"));
        await application.ClientOf(TestUser.Staff()).PostAsJson($"/api/admin/orders/{order.Id}/ship", new ShipOrder("1Z"));

        await Received(2);

        Assert.Equal(["order.paid", "order.shipped"], receiver.Taken.Select(one => one.Type));
        Assert.All(receiver.Taken, one => Assert.DoesNotContain(shopper.Id.ToString(), one.Text, StringComparison.OrdinalIgnoreCase));
        Assert.All(receiver.Taken, one => Assert.DoesNotContain("Denver", one.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_taken_is_sent_again_under_its_id_and_holds_back_what_follows()
    {
        receiver.Answer = HttpStatusCode.ServiceUnavailable;
        var hook = await Register(s_all);
        await application.Buy(application.ClientOf(shopper), OrdersApplication.Request(OrdersApplication.Line()));
        await Eventually(() => Task.FromResult(receiver.Seen.Count >= 2), TimeSpan.FromMinutes(1), "it is tried again");
        Assert.All(receiver.Seen, one => Assert.Equal("order.placed", one.Type));
        Assert.Single(receiver.Seen.Select(one => one.Id).Distinct());
        Assert.NotNull((await Hook(hook)).FailingSince);

        receiver.Answer = HttpStatusCode.OK;
        await Received(4, TimeSpan.FromHours(1));

        Assert.Equal(["order.placed", "order.awaitingPayment", "order.paid", "order.completed"], receiver.Taken.Select(one => one.Type));
        Assert.Null((await Hook(hook)).FailingSince);
    }

    [Fact]
    public async Task An_address_that_takes_nothing_for_days_is_switched_off_and_administrators_are_told()
    {
        receiver.Answer = HttpStatusCode.InternalServerError;
        var hook = await Register(["order.placed"]);
        await OrdersApplication.Place(application.ClientOf(shopper), OrdersApplication.Request(OrdersApplication.Line()));

        for (var tries = 1; tries <= 10; tries++)
        {
            await Eventually(async () => (await Deliveries(hook))[0].Attempts.Count >= tries, TimeSpan.FromDays(1.5), $"it is tried {tries} times");
        }

        Assert.False((await Hook(hook)).Active);
        var delivery = Assert.Single(await Deliveries(hook));
        Assert.Equal((DeliveryState.GivenUp, 10), (delivery.State, delivery.Attempts.Count));
        Assert.InRange(delivery.Attempts[0].At - delivery.Attempts[^1].At, TimeSpan.FromDays(2.5), TimeSpan.FromDays(5));
        Assert.Equal($"/admin/webhooks/{hook.Webhook.Id}", (await application.Published<AdministratorsTold>(_ => true)).Link);
        Assert.Contains(await application.InDatabase(database => database.Set<AuditEntry>().Select(entry => entry.Action).ToListAsync()), action => action == "webhook.switchedOff");

        using var refused = await Administrator.PostAsync($"/api/admin/webhooks/{hook.Webhook.Id}/deliveries/{delivery.Id}/resend", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        receiver.Answer = HttpStatusCode.OK;
        using var on = await Administrator.PutAsJsonAsync($"/api/admin/webhooks/{hook.Webhook.Id}", new WebhookInput(receiver.Url, ["order.placed"]), TestContext.Current.CancellationToken);
        using var again = await Administrator.PostAsync($"/api/admin/webhooks/{hook.Webhook.Id}/deliveries/{delivery.Id}/resend", null, TestContext.Current.CancellationToken);
        await Received(1);
        Assert.Equal(11, Assert.Single(await Deliveries(hook)).Attempts.Count);
    }

    [Fact]
    public async Task An_address_that_is_gone_for_good_is_switched_off_at_once()
    {
        receiver.Answer = HttpStatusCode.Gone;
        var hook = await Register(["order.placed"]);
        await OrdersApplication.Place(application.ClientOf(shopper), OrdersApplication.Request(OrdersApplication.Line()));

        await Eventually(async () => !(await Hook(hook)).Active, TimeSpan.FromMinutes(1), "the webhook is switched off");
    }

    [Fact]
    public async Task For_a_day_two_secrets_sign_and_then_the_new_one_alone()
    {
        var hook = await Register(["order.placed"]);
        var rotated = await OrdersApplication.Read<NewWebhook>(await Administrator.PostAsync($"/api/admin/webhooks/{hook.Webhook.Id}/rotate", null, TestContext.Current.CancellationToken));
        Assert.NotEqual(hook.Secret, rotated.Secret);

        await Test(hook, 1);
        application.Later(WebhookEndpoint.Overlap);
        await Test(hook, 2);

        Assert.Equal([Signed(rotated.Secret, 0), Signed(hook.Secret, 0)], receiver.Taken.First().Signature.Split(' '));
        Assert.Equal(Signed(rotated.Secret, 1), receiver.Taken.Last().Signature);
        var kept = await application.InDatabase(database => database.Set<WebhookEndpoint>().SingleAsync());
        Assert.DoesNotContain(rotated.Secret, kept.SealedSecret, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_is_not_held_up_by_an_address_that_is_away_nor_told_of_while_it_is_inactive()
    {
        var away = await Register(["order.placed"], "http://127.0.0.1:1/");
        var order = await application.Buy(application.ClientOf(shopper), OrdersApplication.Request(OrdersApplication.Line()));
        await Eventually(async () => (await Deliveries(away))[0].Attempts.Count > 0, TimeSpan.FromMinutes(1), "it is tried");
        Assert.Equal(OrderStatus.Completed, order.Status);
        Assert.NotNull((await Deliveries(away))[0].Attempts[0].Error);

        using var off = await Administrator.PutAsJsonAsync($"/api/admin/webhooks/{away.Webhook.Id}", new WebhookInput("http://127.0.0.1:1/", ["order.placed"], false), TestContext.Current.CancellationToken);
        await OrdersApplication.Place(application.ClientOf(shopper), OrdersApplication.Request(OrdersApplication.Line()));
        Assert.Single(await Deliveries(away));

        using var removed = await Administrator.DeleteAsync($"/api/admin/webhooks/{away.Webhook.Id}", TestContext.Current.CancellationToken);
        Assert.Equal(0, await application.InDatabase(database => database.Set<WebhookAttempt>().CountAsync()));
        await application.BooksAreRight();
    }

    [Theory]
    [InlineData("""{"kinds":["order.paid"]}""", "url")]
    [InlineData("""{"url":"ftp://example.com","kinds":["order.paid"]}""", "url")]
    [InlineData("""{"url":"nothing","kinds":["order.paid"]}""", "url")]
    [InlineData("""{"url":"/path","kinds":["order.paid"]}""", "url")]
    [InlineData("""{"url":"http://example.com/","kinds":["order.paid"]}""", "url")]
    [InlineData("""{"url":"https://user:secret@example.com/","kinds":["order.paid"]}""", "url")]
    [InlineData("""{"url":"https://example.com/#part","kinds":["order.paid"]}""", "url")]
    [InlineData("""{"url":"https://example.com/","kinds":[]}""", "kinds")]
    [InlineData("""{"url":"https://example.com/","kinds":["order.eaten"]}""", "kinds[0]")]
    [InlineData("""{"url":"https://example.com/","kinds":["order.paid",null]}""", null)]
    [InlineData("""{"url":7,"kinds":"order.paid"}""", null)]
    public async Task What_cannot_be_registered_is_refused_with_its_field(string body, string? field)
    {
        using var answer = await Administrator.PostAsync(
            "/api/admin/webhooks", new StringContent(body, null, "application/json"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        if (field is not null)
        {
            Assert.True((await OrdersApplication.Read<JsonElement>(answer)).GetProperty("errors").TryGetProperty(field, out _));
        }
    }

    [Theory]
    [InlineData("https://127.0.0.1/hook")]
    [InlineData("https://[::1]/hook")]
    [InlineData("https://10.1.2.3/hook")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[::ffff:192.168.0.1]/")]
    [InlineData("http://localhost/hook")]
    public async Task Outside_development_no_address_of_the_stores_own_network_is_taken(string url)
    {
        await using var production = new OrdersApplication();

        using var answer = await production.ClientOf(TestUser.Administrator()).PostAsJsonAsync(
            "/api/admin/webhooks", new WebhookInput(url, ["order.paid"]), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_name_that_leads_into_the_stores_own_network_is_refused_when_it_is_connected_to()
    {
        await using var production = new OrdersApplication();
        using var administrator = production.ClientOf(TestUser.Administrator());
        var hook = await OrdersApplication.Read<NewWebhook>(
            await administrator.PostAsJsonAsync("/api/admin/webhooks", new WebhookInput($"https://localhost:{new Uri(receiver.Url).Port}/", ["order.placed"]), TestContext.Current.CancellationToken));
        await OrdersApplication.Place(production.ClientOf(shopper), OrdersApplication.Request(OrdersApplication.Line()));

        string? error = null;
        await production.Pass(TimeSpan.FromMinutes(1), async () =>
            (error = await production.InDatabase(database => database.Set<WebhookAttempt>().Select(attempt => attempt.Error).SingleOrDefaultAsync())) is not null, "it is tried");

        Assert.Equal("localhost is no public address.", error);
        Assert.Empty(receiver.Seen);
        Assert.Equal("https", new Uri(hook.Webhook.Url).Scheme);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.255.0.1", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    public void Public_addresses_are_told_from_others(string address, bool expected) =>
        Assert.Equal(expected, WebhookConnections.IsPublic(IPAddress.Parse(address)));

    public async ValueTask InitializeAsync() => await receiver.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        await receiver.DisposeAsync();
    }

    private string Signed(string secret, int index)
    {
        var one = receiver.Taken.ElementAt(index);
        return WebhookSecrets.Sign(secret, Guid.Parse(one.Id), DateTimeOffset.FromUnixTimeSeconds(one.Timestamp), one.Text);
    }

    private async Task Test(NewWebhook hook, int received)
    {
        using var sent = await Administrator.PostAsync($"/api/admin/webhooks/{hook.Webhook.Id}/test", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        await Received(received);
    }

    private async Task<NewWebhook> Register(IReadOnlyList<string> kinds, string? url = null)
    {
        using var answer = await Administrator.PostAsJsonAsync("/api/admin/webhooks", new WebhookInput(url ?? receiver.Url, kinds), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await OrdersApplication.Read<NewWebhook>(answer);
    }

    private Task<WebhookDocument> Hook(NewWebhook hook) => OrdersApplication.Get<WebhookDocument>(Administrator, $"/api/admin/webhooks/{hook.Webhook.Id}");

    private async Task<IReadOnlyList<DeliveryDocument>> Deliveries(NewWebhook hook) =>
        (await OrdersApplication.Get<Page<DeliveryDocument>>(Administrator, $"/api/admin/webhooks/{hook.Webhook.Id}/deliveries")).Items;

    private async Task Received(int count, TimeSpan? within = null)
    {
        await Eventually(() => Task.FromResult(receiver.Taken.Count() >= count), within ?? TimeSpan.FromMinutes(1), $"{count} deliveries are taken, and not {receiver.Taken.Count()}");
        // Until it is written down that it was taken, it is not told so.
        await Eventually(
            async () => await application.InDatabase(database => database.Set<WebhookDelivery>().CountAsync(one => one.DeliveredAt != null)) >= count,
            TimeSpan.FromMinutes(1), "they are kept as taken");
    }

    private Task Eventually(Func<Task<bool>> condition, TimeSpan within, string expectation) => application.Pass(within, condition, expectation);

    private sealed class Development : OrdersApplication
    {
        protected override string EnvironmentName => "Development";
    }

    private sealed record Request(string Id, long Timestamp, string Signature, string Text, bool Taken)
    {
        public JsonElement Body { get; } = JsonDocument.Parse(Text).RootElement;

        public string Type => Body.GetProperty("type").GetString()!;
    }

    /// <summary>An integrator's server.</summary>
    private sealed class Receiver : IAsyncDisposable
    {
        private readonly ConcurrentQueue<Request> seen = new();
        private WebApplication? app;

        public HttpStatusCode Answer { get; set; } = HttpStatusCode.OK;

        public string Url => app!.Urls.First() + "/hook";

        public ConcurrentQueue<Request> Seen => seen;

        public IEnumerable<Request> Taken => seen.Where(one => one.Taken);

        public async Task StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            app.MapPost("/hook", async (HttpRequest request) =>
            {
                using var reader = new StreamReader(request.Body);
                var headers = request.Headers;
                seen.Enqueue(new(
                    headers["webhook-id"]!, long.Parse(headers["webhook-timestamp"]!, CultureInfo.InvariantCulture), headers["webhook-signature"]!,
                    await reader.ReadToEndAsync(), Answer is HttpStatusCode.OK));
                return Results.Text("thank you", statusCode: (int)Answer);
            });
            await app.StartAsync();
        }

        public ValueTask DisposeAsync() => app!.DisposeAsync();
    }
}
