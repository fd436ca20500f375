using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlayStationStore.Testing;
using Stripe;

namespace PlayStationStore.Orders.Tests;

public sealed class StripeTests(StripeTests.Application application) : IClassFixture<StripeTests.Application>
{
    private const string Card = "pm_card_visa";
    private const string DeclinedCard = "pm_card_chargeDeclined";

    // One more than can be saved.
    private static readonly string[] FourCards = [Card, "pm_card_mastercard", "pm_card_amex", "pm_card_discover"];

    private readonly TestUser user = TestUser.Shopper();

    private HttpClient Shopper => application.ClientOf(user);

    [Fact]
    public async Task A_card_is_authorised_and_then_captured_for_the_total()
    {
        var order = await application.Buy(Shopper, OrdersApplication.Request(Card, OrdersApplication.Line()));

        var intent = Assert.Single(application.Stripe.IntentsOf(order.Id));
        Assert.Equal(("succeeded", order.Total.Amount, "usd", true), (intent.Status, intent.Amount, intent.Currency, intent.Manual));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_declined_card_ends_the_order()
    {
        var order = await Reserved(DeclinedCard);

        Assert.Equal(OrderReasons.Declined, (await application.Becomes(order, OrderStatus.Rejected)).StatusReason);
        Assert.DoesNotContain(application.Stripe.IntentsOf(order.Id), intent => intent.Status is "succeeded" or "requires_capture");
    }

    [Theory]
    [InlineData("/payment_intents")]
    [InlineData("/confirm")]
    [InlineData("/capture")]
    public async Task An_answer_that_is_lost_is_found_by_asking_and_the_card_is_charged_once(string step)
    {
        application.Stripe.LostOnce.Add(step);
        var order = await Reserved(Card);

        await application.Pass(TimeSpan.FromMinutes(5), async () => (await application.Find(order.Id)).Status == OrderStatus.Completed, "the order completes");

        Assert.Single(application.Stripe.IntentsOf(order.Id), intent => intent.Status == "succeeded");
        Assert.DoesNotContain(application.Stripe.LostOnce, lost => lost == step);
    }

    [Fact]
    public async Task A_refund_goes_back_once_though_its_answer_was_lost()
    {
        var line = OrdersApplication.Line();
        var order = await application.Buy(Shopper, OrdersApplication.Request(Card, line, OrdersApplication.Line()));
        application.Stripe.LostOnce.Add("/refunds");

        using var refunded = await Shopper.PostAsJsonAsync($"/api/orders/{order.Id}/refund", new { lines = new[] { new { sku = line.Sku } } });
        Assert.Equal(HttpStatusCode.OK, refunded.StatusCode);
        await application.Pass(TimeSpan.FromMinutes(5), async () => (await application.Find(order.Id)).Payment.Refunded.Amount > 0, "the money goes back");

        Assert.Equal(line.UnitPrice, application.Stripe.RefundedOf(order.Id));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task An_order_that_is_cancelled_after_the_charge_is_refunded_whole()
    {
        var order = await Reserved(Card, digital: false);
        await application.Becomes(order, OrderStatus.AwaitingShipment);

        using var cancelled = await Shopper.PostAsync($"/api/orders/{order.Id}/cancel", null);
        await application.Pays(order, PaymentStatus.Refunded);

        Assert.Equal(order.Total.Amount, application.Stripe.RefundedOf(order.Id));
    }

    [Fact]
    public async Task Where_the_wallet_cannot_pay_its_part_the_card_is_not_troubled()
    {
        var order = await OrdersApplication.Place(Shopper, OrdersApplication.Request(OrdersApplication.Line()) with { Payment = new(PaymentMethod.Card, Card, WalletAmount: 10_00) });
        await application.Reserve(order);

        Assert.Equal(OrderReasons.InsufficientFunds, (await application.Becomes(order, OrderStatus.Rejected)).StatusReason);
        Assert.Empty(application.Stripe.IntentsOf(order.Id));
    }

    [Fact]
    public async Task An_event_makes_the_store_ask_now_in_any_order_and_however_often_it_comes()
    {
        application.Stripe.LostOnce.Add("/capture");
        var order = await Reserved(Card);
        await OrdersApplication.Eventually(() => Task.FromResult(application.Stripe.IntentsOf(order.Id) is [{ Status: "succeeded" }]), "the card is charged");
        var intent = application.Stripe.IntentsOf(order.Id).Single();

        foreach (var kind in new[] { "payment_intent.succeeded", "payment_intent.amount_capturable_updated", "payment_intent.succeeded" })
        {
            using var taken = await application.Event(kind, intent.Id);
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        }

        await application.Becomes(order, OrderStatus.Completed);
        using var late = await application.Event("payment_intent.canceled", intent.Id);
        Assert.Equal((HttpStatusCode.OK, OrderStatus.Completed), (late.StatusCode, (await application.Find(order.Id)).Status));
    }

    [Theory]
    [InlineData("whsec_of_somebody_else", 0)]
    [InlineData(Application.WebhookSecret, -3_600)]
    public async Task An_event_that_is_not_signed_for_this_store_or_is_old_is_refused(string secret, int age)
    {
        using var refused = await application.Event("payment_intent.succeeded", "pi_1", secret, age);
        using var unsigned = await application.Anonymous().PostAsync("/api/payments/stripe/events", new StringContent("{}", Encoding.UTF8, "application/json"));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (refused.StatusCode, unsigned.StatusCode));
    }

    [Fact]
    public async Task A_card_that_was_shown_to_Stripe_is_saved_charged_and_removed()
    {
        using var asked = await Shopper.PostAsJsonAsync("/api/cards/page", new AskCardPage("/account/cards?added={token}"));
        Assert.StartsWith("https://checkout.stripe.test/", (await OrdersApplication.Read<CardPage>(asked)).Url.ToString(), StringComparison.Ordinal);
        var session = application.Stripe.ShowCard();

        using var another = await application.ClientOf(TestUser.Shopper()).PostAsJsonAsync("/api/cards", new SaveCard(session));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, another.StatusCode);
        using var saved = await Shopper.PostAsJsonAsync("/api/cards", new SaveCard(session));
        var card = await OrdersApplication.Read<CardDocument>(saved);
        Assert.Equal((HttpStatusCode.Created, "Visa ending 4242", "2031-08"), (saved.StatusCode, card.Label, card.Expires));

        var order = await application.Buy(Shopper, OrdersApplication.Request(OrdersApplication.Line()) with { Payment = new(PaymentMethod.Card, SavedCardId: card.Id) });
        Assert.Equal("Visa ending 4242", order.Payment.Description);
        Assert.NotNull(Assert.Single(application.Stripe.IntentsOf(order.Id)).Customer);

        using var removed = await Shopper.DeleteAsync($"/api/cards/{card.Id}");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Empty((await OrdersApplication.Get<SavedCards>(Shopper, "/api/cards")).Items);
    }

    [Fact]
    public async Task A_card_beyond_the_limit_is_not_kept_by_Stripe_and_can_be_saved_once_there_is_room()
    {
        var (cards, another) = (await Task.WhenAll(FourCards[..3].Select(Saved)), application.Stripe.TypeCard());
        using var refused = await Save(another);
        using var asked = await Shopper.PostAsJsonAsync("/api/cards/page", new AskCardPage("/account/cards?added={token}"));
        using var shown = await Save(application.Stripe.ShowCard());

        Assert.Equal([HttpStatusCode.Conflict, HttpStatusCode.Conflict], [refused.StatusCode, shown.StatusCode]);
        Assert.Equal(3, application.Stripe.MethodsOf(user.Id).Count);
        using var removed = await Shopper.DeleteAsync($"/api/cards/{cards[0].Id}");
        await Saved(another);
        Assert.Equal(3, application.Stripe.MethodsOf(user.Id).Count);
    }

    [Fact]
    public async Task Of_cards_that_come_at_once_Stripe_keeps_those_that_are_saved()
    {
        var answers = await Task.WhenAll(FourCards.Select(Save));

        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        Assert.Equal(3, application.Stripe.MethodsOf(user.Id).Count);
        foreach (var answer in answers)
        {
            answer.Dispose();
        }
    }

    [Fact]
    public async Task A_card_that_is_saved_again_is_kept_once()
    {
        var card = await Saved(Card);
        using var again = await Save(Card);
        using var asItIsKept = await Save(Assert.Single(application.Stripe.MethodsOf(user.Id)));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (again.StatusCode, asItIsKept.StatusCode));
        Assert.Single(application.Stripe.MethodsOf(user.Id));
        await application.Buy(Shopper, OrdersApplication.Request(OrdersApplication.Line()) with { Payment = new(PaymentMethod.Card, SavedCardId: card.Id) });
    }

    [Fact]
    public async Task Who_was_told_what_another_ones_card_is_called_neither_sees_it_nor_makes_Stripe_forget_it()
    {
        await Task.WhenAll(FourCards[..3].Select(Saved));
        var other = TestUser.Shopper();
        using var saved = await application.ClientOf(other).PostAsJsonAsync("/api/cards", new SaveCard(Card));
        Assert.Equal(HttpStatusCode.Created, saved.StatusCode);

        using var refused = await Save(Assert.Single(application.Stripe.MethodsOf(other.Id)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Single(application.Stripe.MethodsOf(other.Id));
    }

    [Fact]
    public async Task While_Stripe_is_away_cards_can_be_neither_saved_nor_removed_and_this_is_said()
    {
        application.Stripe.LostOnce.Add("/customers");
        using var away = await Shopper.PostAsJsonAsync("/api/cards", new SaveCard(Card));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);

        using var saved = await Shopper.PostAsJsonAsync("/api/cards", new SaveCard(Card));
        Assert.Equal(HttpStatusCode.Created, saved.StatusCode);
        application.Stripe.LostOnce.Add("/detach");
        var card = await OrdersApplication.Read<CardDocument>(saved);
        using var kept = await Shopper.DeleteAsync($"/api/cards/{card.Id}");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, 1), (kept.StatusCode, (await OrdersApplication.Get<SavedCards>(Shopper, "/api/cards")).Items.Count));
    }

    [Fact]
    public async Task The_way_back_from_Stripe_is_a_path_of_this_store()
    {
        foreach (var elsewhere in new[] { "https://elsewhere.example/", "//elsewhere.example/", "elsewhere" })
        {
            using var refused = await Shopper.PostAsJsonAsync("/api/cards/page", new AskCardPage(elsewhere));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
    }

    private Task<HttpResponseMessage> Save(string token) => Shopper.PostAsJsonAsync("/api/cards", new SaveCard(token));

    private async Task<CardDocument> Saved(string token)
    {
        using var saved = await Save(token);
        Assert.Equal(HttpStatusCode.Created, saved.StatusCode);
        return await OrdersApplication.Read<CardDocument>(saved);
    }

    private async Task<OrderDocument> Reserved(string token, bool digital = true)
    {
        var address = OrdersApplication.AnAddress();
        application.Outbound.OnGet($"http://users/api/users/me/addresses/{address.Id}", address);
        var order = await OrdersApplication.Place(Shopper, OrdersApplication.Request(token, OrdersApplication.Line()) with { ShippingAddressId = digital ? null : address.Id });
        await application.Reserve(order, digital);
        return order;
    }

    public sealed class Application() : OrdersApplication(("Store:Stripe:SecretKey", "sk_test_of_tests"), ("Store:Stripe:WebhookSecret", WebhookSecret)), IAsyncLifetime
    {
        public const string WebhookSecret = "whsec_of_tests";

        internal StripeStub Stripe { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Stripe = await StripeStub.StartAsync();

        /// <summary>Stripe has been asked for an order's payment, and did not decide.</summary>
        internal Task IsToldLater(OrderDocument order) => Eventually(
            async () => await InDatabase(database => database.Payments.AnyAsync(payment => payment.OrderId == order.Id && payment.Attempts > 0)),
            "Stripe has said that it cannot now");

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Stripe.DisposeAsync();
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Store:Stripe:ApiBase", Stripe.Address);
            builder.ConfigureTestServices(services => services.AddHttpClient("stripe").ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler()));
        }

        /// <summary>Sends an event as Stripe does.</summary>
        internal Task<HttpResponseMessage> Event(string kind, string subject, string secret = WebhookSecret, int ageSeconds = 0)
        {
            var body = JsonSerializer.Serialize(new
            {
                id = $"evt_{Guid.NewGuid():N}",
                @object = "event",
                type = kind,
                data = new { @object = new { id = subject, @object = kind.StartsWith("payment_intent", StringComparison.Ordinal) ? "payment_intent" : "refund" } },
            });
            var at = Clock.GetUtcNow().ToUnixTimeSeconds() + ageSeconds;
            var request = new HttpRequestMessage(HttpMethod.Post, "/api/payments/stripe/events") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Add("Stripe-Signature", EventUtility.GenerateSignatureHeader(body, secret, at));
            return Anonymous().SendAsync(request);
        }
    }
}
