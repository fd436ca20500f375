using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

/// <summary>What Stripe will never charge is declined at once, and only that.</summary>
public sealed class StripeDeclineTests(StripeTests.Application application) : IClassFixture<StripeTests.Application>
{
    private const string Card = "pm_card_visa";

    private readonly TestUser user = TestUser.Shopper();

    private HttpClient Shopper => application.ClientOf(user);

    private IPaymentProvider Stripe => application.Services.GetServices<IPaymentProvider>().Single(provider => provider.Method is PaymentMethod.Card);

    [Fact]
    public async Task A_card_that_Stripe_does_not_know_ends_the_order_at_once()
    {
        var order = await Reserved(new PaymentChoice(PaymentMethod.Card, "pm_garbage"));

        Assert.Equal(OrderReasons.Declined, (await application.Becomes(order, OrderStatus.Rejected)).StatusReason);
        Assert.Empty(application.Stripe.IntentsOf(order.Id));
        await application.BooksAreRight();
    }

    [Theory]
    [InlineData(400, "invalid_request_error", "parameter_invalid_integer")]
    [InlineData(402, "card_error", "expired_card")]
    [InlineData(404, "invalid_request_error", "resource_missing")]
    public async Task What_can_never_be_charged_is_declined_and_the_key_stays_taken(int status, string type, string code)
    {
        var order = await Placed(new PaymentChoice(PaymentMethod.Card, Card));
        application.Stripe.CreateErrors[order.Id] = (status, type, code);
        await application.Reserve(order);
        await application.Becomes(order, OrderStatus.Rejected);

        // A worker that was slower finds the key taken.
        application.Stripe.CreateErrors.TryRemove(order.Id, out _);
        var charge = new Charge(order.Id, order.Number, user.Id, Card, order.Total.Amount, order.Currency);

        Assert.Equal(PaymentAnswerKind.Declined, (await Stripe.AuthorizeAsync(charge, CancellationToken.None)).Kind);
        Assert.Empty(application.Stripe.IntentsOf(order.Id));
    }

    [Theory]
    [InlineData(401, "invalid_request_error", "api_key_expired")]
    [InlineData(429, "invalid_request_error", "lock_timeout")]
    [InlineData(409, "idempotency_error", "idempotency_key_in_use")]
    [InlineData(400, "idempotency_error", "")]
    [InlineData(400, "api_error", "")]
    [InlineData(500, "api_error", "")]
    public async Task What_passes_is_asked_again_and_charged_once(int status, string type, string code)
    {
        var order = await Placed(new PaymentChoice(PaymentMethod.Card, Card));
        application.Stripe.CreateErrors[order.Id] = (status, type, code);
        await application.Reserve(order);
        await application.IsToldLater(order);
        Assert.Equal(OrderStatus.AwaitingPayment, (await application.Find(order.Id)).Status);

        application.Stripe.CreateErrors.TryRemove(order.Id, out _);
        await application.Pass(TimeSpan.FromMinutes(5), async () => (await application.Find(order.Id)).Status == OrderStatus.Completed, "the order completes");

        Assert.Equal("succeeded", Assert.Single(application.Stripe.IntentsOf(order.Id)).Status);
    }

    [Fact]
    public async Task A_refusal_to_confirm_what_another_worker_has_confirmed_is_no_decline()
    {
        var order = await Placed(new PaymentChoice(PaymentMethod.Card, Card));
        application.Stripe.ConfirmedBefore[order.Id] = true;

        await application.Reserve(order);

        await application.Becomes(order, OrderStatus.Completed);
        Assert.Equal("succeeded", Assert.Single(application.Stripe.IntentsOf(order.Id)).Status);
    }

    [Fact]
    public async Task A_card_that_is_removed_before_its_charge_is_confirmed_is_declined_and_never_charged()
    {
        var card = await Save();
        var order = await Placed(new PaymentChoice(PaymentMethod.Card, SavedCardId: card.Id));
        application.Stripe.LostOnce.Add("/payment_intents");
        await application.Reserve(order);
        await OrdersApplication.Eventually(() => Task.FromResult(application.Stripe.IntentsOf(order.Id).Count == 1), "the intent is made");

        await Remove(card);
        await application.Pass(TimeSpan.FromMinutes(2), async () => (await application.Find(order.Id)).Status == OrderStatus.Rejected, "the order ends");

        Assert.Equal(OrderReasons.Declined, (await application.Find(order.Id)).StatusReason);
        Assert.Equal("canceled", Assert.Single(application.Stripe.IntentsOf(order.Id)).Status);
    }

    [Fact]
    public async Task A_pre_order_whose_card_was_removed_has_its_days_to_be_paid_in_another_way()
    {
        var card = await Save();
        var shelf = new Shelf(application);
        shelf.Add("NEXT", "game", 70_00, releaseAt: application.Clock.GetUtcNow().AddMinutes(2));
        await shelf.Tell();
        var order = await OrdersApplication.Place(
            Shopper, OrdersApplication.Request(shelf.Line("NEXT", 70_00)) with { Payment = new(PaymentMethod.Card, SavedCardId: card.Id) });
        await shelf.Reserve(order);
        await application.Becomes(order, OrderStatus.AwaitingPayment);
        await Remove(card);

        await application.Pass(
            TimeSpan.FromMinutes(4), async () => (await application.Find(order.Id)).Payment is { Status: PaymentStatus.Declined, PayUntil: not null }, "its payment is declined");
        Assert.Equal((OrderStatus.AwaitingPayment, OrderReasons.Declined), await application.Find(order.Id) is var waiting ? (waiting.Status, waiting.Payment.Refusal) : default);
        using var paid = await Shopper.PostAsJsonAsync($"/api/orders/{order.Id}/payment", new PayOrder(new(PaymentMethod.Card, Card)), OrdersApplication.Json);

        Assert.Equal(HttpStatusCode.Accepted, paid.StatusCode);
        await application.Becomes(order, OrderStatus.Completed);
        Assert.Equal("succeeded", Assert.Single(application.Stripe.IntentsOf(order.Id)).Status);
        await application.BooksAreRight();
    }

    private Task<OrderDocument> Placed(PaymentChoice payment) =>
        OrdersApplication.Place(Shopper, OrdersApplication.Request(OrdersApplication.Line()) with { Payment = payment });

    private async Task<OrderDocument> Reserved(PaymentChoice payment)
    {
        var order = await Placed(payment);
        await application.Reserve(order);
        return order;
    }

    private async Task<CardDocument> Save()
    {
        using var saved = await Shopper.PostAsJsonAsync("/api/cards", new SaveCard(Card));
        Assert.Equal(HttpStatusCode.Created, saved.StatusCode);
        return await OrdersApplication.Read<CardDocument>(saved);
    }

    private async Task Remove(CardDocument card)
    {
        using var removed = await Shopper.DeleteAsync($"/api/cards/{card.Id}");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
    }
}
