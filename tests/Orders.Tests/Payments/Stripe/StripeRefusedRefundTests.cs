using System.Net;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class StripeRefusedRefundTests(StripeTests.Application application) : IClassFixture<StripeTests.Application>
{
    private const string Card = "pm_card_visa";
    private const long Price = 59_99;

    private readonly TestUser user = TestUser.Shopper();

    private HttpClient Shopper => application.ClientOf(user);

    [Theory]
    [InlineData(400, "invalid_request_error", "charge_expired_for_refund")]
    [InlineData(402, "card_error", "card_declined")]
    public async Task Where_Stripe_refuses_for_good_the_money_is_in_the_wallet(int status, string type, string code)
    {
        var order = await application.Buy(Shopper, OrdersApplication.Request(Card, OrdersApplication.Line()));
        application.Stripe.RefundErrors[order.Id] = (status, type, code);

        await GiveBack(order);
        var refunded = await application.Pays(order, PaymentStatus.Refunded);

        Assert.Equal((Price, Price, Price), (refunded.Payment.Refunded.Amount, refunded.Payment.GivenToWallet.Amount, await Balance()));
        await application.BooksAreRight();
    }

    [Theory]
    [InlineData(429, "invalid_request_error", "rate_limit")]
    [InlineData(401, "invalid_request_error", "api_key_expired")]
    [InlineData(500, "api_error", "")]
    [InlineData(400, "invalid_request_error", "balance_insufficient")]
    [InlineData(400, "invalid_request_error", "charge_disputed")]
    [InlineData(404, "invalid_request_error", "")]
    public async Task What_passes_or_is_the_stores_own_fault_is_asked_again_until_the_card_has_its_money(int status, string type, string code)
    {
        var order = await application.Buy(Shopper, OrdersApplication.Request(Card, OrdersApplication.Line()));
        application.Stripe.RefundErrors[order.Id] = (status, type, code);
        await GiveBack(order);
        await application.IsToldLater(order);

        application.Stripe.RefundErrors.TryRemove(order.Id, out _);
        await application.Pass(TimeSpan.FromMinutes(5), async () => (await application.Find(order.Id)).Payment.Status == PaymentStatus.Refunded, "the money goes back");

        Assert.Equal((Price, 0), (application.Stripe.RefundedOf(order.Id), await Balance()));
    }

    [Fact]
    public async Task What_somebody_has_given_back_by_hand_does_not_go_into_the_wallet_too()
    {
        var order = await application.Buy(Shopper, OrdersApplication.Request(Card, OrdersApplication.Line()));
        application.Stripe.RefundErrors[order.Id] = (400, "invalid_request_error", "charge_already_refunded");

        await GiveBack(order);

        Assert.Equal((0, 0), ((await application.Pays(order, PaymentStatus.Refunded)).Payment.GivenToWallet.Amount, await Balance()));
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("canceled")]
    public async Task A_refund_that_has_failed_when_it_is_made_is_not_made_again(string status)
    {
        var order = await application.Buy(Shopper, OrdersApplication.Request(Card, OrdersApplication.Line()));
        application.Stripe.FailAtOnce[order.Id] = status;
        application.Stripe.LostOnce.Add("/refunds");

        await GiveBack(order);
        await application.Pass(TimeSpan.FromMinutes(5), async () => (await application.Find(order.Id)).Payment.Status == PaymentStatus.Refunded, "the money goes back");

        Assert.Single(application.Stripe.RefundsOf(order.Id));
        Assert.Equal(Price, await Balance());
    }

    [Fact]
    public async Task A_refund_that_fails_days_later_is_in_the_wallet_once_however_often_and_in_whatever_order_Stripe_tells()
    {
        var order = await application.Buy(Shopper, OrdersApplication.Request(Card, OrdersApplication.Line(), OrdersApplication.Line(price: 10_00)));
        await GiveBack(order, order.Lines[1].Sku);
        await OrdersApplication.Eventually(async () => (await application.Find(order.Id)).Payment.Refunded.Amount == 10_00, "10.00 went back");
        var refund = Assert.Single(application.Stripe.RefundsOf(order.Id));
        await Tell(refund);
        Assert.Equal(0, await Balance());

        application.Stripe.Fail(refund);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(index => Tell(refund, index % 2 == 0 ? "refund.failed" : "charge.refund.updated")));
        await Tell(refund, "refund.created");

        var now = await application.Find(order.Id);
        Assert.Equal((10_00, 10_00, 10_00), (now.Payment.Refunded.Amount, now.Payment.GivenToWallet.Amount, Assert.Single(now.Refunds).GivenToWallet.Amount));
        Assert.Equal(10_00, await Balance());
        await application.Published<RefundWentToWallet>(one => one.OrderId == order.Id && one.Amount == new Money(10_00, "USD"));
        Assert.Equal(1, await application.InDatabase(database => database.Set<Messaging.AuditEntry>()
            .CountAsync(entry => entry.Action == "refund.toWallet" && entry.Subject == OrderStatusChange.SubjectOf(order.Id))));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task The_money_of_a_cancelled_order_that_comes_back_to_the_store_is_in_the_wallet()
    {
        var address = OrdersApplication.AnAddress();
        application.Outbound.OnGet($"http://users/api/users/me/addresses/{address.Id}", address);
        var order = await OrdersApplication.Place(Shopper, OrdersApplication.Request(Card, OrdersApplication.Line()) with { ShippingAddressId = address.Id });
        await application.Reserve(order, digital: false);
        await application.Becomes(order, OrderStatus.AwaitingShipment);
        await Shopper.PostAsJson($"/api/orders/{order.Id}/cancel", new { });
        await application.Pays(order, PaymentStatus.Refunded);
        var refund = Assert.Single(application.Stripe.RefundsOf(order.Id));

        application.Stripe.Fail(refund);
        await Tell(refund);
        await Tell(refund);

        Assert.Equal((order.Total, order.Total.Amount), ((await application.Find(order.Id)).Payment.GivenToWallet, await Balance()));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task An_event_that_is_faster_than_the_stores_own_books_settles_the_refund()
    {
        var order = await application.Buy(Shopper, OrdersApplication.Request(Card, OrdersApplication.Line()));
        application.Stripe.FailAtOnce[order.Id] = "pending";
        application.Stripe.LostOnce.Add("/refunds");
        await GiveBack(order);
        await OrdersApplication.Eventually(() => Task.FromResult(application.Stripe.RefundsOf(order.Id).Count == 1), "the refund is made");
        var refund = application.Stripe.RefundsOf(order.Id)[0];

        application.Stripe.Fail(refund);
        await Tell(refund);

        Assert.Equal((PaymentStatus.Refunded, Price), ((await application.Find(order.Id)).Payment.Status, await Balance()));
        Assert.Single(application.Stripe.RefundsOf(order.Id));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task An_event_of_which_Stripe_does_not_know_more_is_to_come_again()
    {
        using var unknown = await application.Event("refund.failed", "re_of_somebody_else");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, unknown.StatusCode);
    }

    private async Task GiveBack(OrderDocument order, params string[] skus) => await Shopper.PostAsJson(
        $"/api/orders/{order.Id}/refund", new AskRefund(skus.Length == 0 ? null : [.. skus.Select(sku => new AskedRefund(sku))]));

    private async Task Tell(string refund, string kind = "refund.failed")
    {
        using var taken = await application.Event(kind, refund);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    private async Task<long> Balance() => (await OrdersApplication.Get<WalletDocument>(Shopper, "/api/wallet")).Balance.Amount;
}
