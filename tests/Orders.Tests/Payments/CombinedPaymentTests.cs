using Microsoft.EntityFrameworkCore;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class CombinedPaymentTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private readonly TestUser user = TestUser.Shopper();

    private HttpClient Shopper => application.ClientOf(user);

    [Fact]
    public async Task The_wallet_pays_its_part_and_the_card_the_rest()
    {
        await application.GiveMoney(user, 20_00);

        var order = await application.Buy(Shopper, Request(fromWallet: 15_00));

        Assert.Equal((15_00, "Test card", "Wallet and Test card"), (order.Payment.FromWallet.Amount, order.Payment.Card, order.Payment.Description));
        Assert.Equal(5_00, await Balance());
        Assert.Equal(59_99 - 15_00, await application.InDatabase(database => database.TestCardCharges.Where(charge => charge.Key == order.Id).Select(charge => charge.Amount).SingleAsync()));
        await application.BooksAreRight();
    }

    [Theory]
    [InlineData(TestCard.Decline, 20_00, OrderReasons.Declined)]
    [InlineData(TestCard.Approve, 5_00, OrderReasons.InsufficientFunds)]
    public async Task Where_one_of_both_says_no_neither_has_paid(string token, long balance, string reason)
    {
        await application.GiveMoney(user, balance);
        var order = await OrdersApplication.Place(Shopper, Request(fromWallet: 15_00, token));
        await application.Reserve(order);

        Assert.Equal(reason, (await application.Becomes(order, OrderStatus.Rejected)).StatusReason);
        await application.Pass(TimeSpan.FromMinutes(1), async () => (await application.Find(order.Id)).Payment.Status == PaymentStatus.Void, "both let go");
        Assert.Equal((balance, 0), (await Balance(), await application.Charges(order.Id)));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task What_is_set_aside_in_the_wallet_cannot_be_spent_again_and_comes_back_with_the_end_of_the_order()
    {
        await application.GiveMoney(user, 20_00);
        var order = await OrdersApplication.Place(Shopper, Request(fromWallet: 15_00, TestCard.LateAnswer));
        await application.Reserve(order);
        await OrdersApplication.Eventually(async () => await Balance() == 5_00, "the wallet's part is set aside");

        using var cancelled = await Shopper.PostAsync($"/api/orders/{order.Id}/cancel", null);
        await application.Pass(TimeSpan.FromMinutes(2), async () => (await application.Find(order.Id)).Payment.Status == PaymentStatus.Void, "both let go");

        Assert.Equal((20_00, 0), (await Balance(), await application.Charges(order.Id)));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_refund_goes_to_the_card_until_that_has_everything_back_and_then_to_the_wallet()
    {
        await application.GiveMoney(user, 20_00);
        PlacedLine[] lines = [OrdersApplication.Line(price: 10_00), OrdersApplication.Line(price: 12_00), OrdersApplication.Line(price: 3_00)];
        var order = await application.Buy(Shopper, OrdersApplication.Request(lines) with { Payment = new(PaymentMethod.Card, TestCard.Approve, WalletAmount: 15_00) });

        // The card paid 10.00 of 25.00.
        foreach (var (line, balance, card) in new[] { (lines[2], 5_00, 3_00), (lines[1], 10_00, 10_00), (lines[0], 20_00, 10_00) })
        {
            var before = (await application.Find(order.Id)).Payment.Refunded.Amount;
            await Shopper.PostAsJson($"/api/orders/{order.Id}/refund", new AskRefund([new(line.Sku)]));
            await OrdersApplication.Eventually(
                async () => (await application.Find(order.Id)).Payment.Refunded.Amount == before + line.UnitPrice!.Value, "the money goes back");

            Assert.Equal(balance, await Balance());
            Assert.Equal(card, await application.InDatabase(database => database.TestCardRefunds.Where(refund => refund.ChargeKey == order.Id).SumAsync(refund => refund.Amount)));
        }

        Assert.Equal(OrderStatus.Refunded, (await application.Find(order.Id)).Status);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task An_order_with_both_that_is_cancelled_before_it_is_sent_gives_both_back()
    {
        await application.GiveMoney(user, 20_00);
        var address = OrdersApplication.AnAddress();
        application.Outbound.OnGet($"http://users/api/users/me/addresses/{address.Id}", address);
        var order = await OrdersApplication.Place(Shopper, Request(fromWallet: 15_00) with { ShippingAddressId = address.Id });
        await application.Reserve(order, digital: false);
        await application.Becomes(order, OrderStatus.AwaitingShipment);

        using var cancelled = await Shopper.PostAsync($"/api/orders/{order.Id}/cancel", null);

        Assert.Equal(order.Total, (await application.Pays(order, PaymentStatus.Refunded)).Payment.Refunded);
        Assert.Equal((20_00, 0), (await Balance(), await application.Charges(order.Id)));
        await application.BooksAreRight();
    }

    [Theory]
    [InlineData(59_99, "payment.walletAmount")]
    [InlineData(60_00, "payment.walletAmount")]
    public async Task The_wallet_pays_less_than_the_total_where_a_card_pays_the_rest(long fromWallet, string field)
    {
        using var refused = await OrdersApplication.Send(Shopper, Request(fromWallet));

        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(field, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_token_is_kept_once_it_is_charged_and_none_is_kept_in_clear()
    {
        var waiting = await OrdersApplication.Place(Shopper, Request(fromWallet: 0));
        var kept = await application.InDatabase(database => database.Payments.Where(payment => payment.OrderId == waiting.Id).Select(payment => payment.SealedToken).SingleAsync());
        Assert.DoesNotContain(TestCard.Approve, Assert.IsType<string>(kept), StringComparison.Ordinal);

        await application.Reserve(waiting);
        await application.Becomes(waiting, OrderStatus.Completed);
        Assert.Null(await application.InDatabase(database => database.Payments.Where(payment => payment.OrderId == waiting.Id).Select(payment => payment.SealedToken).SingleAsync()));
    }

    private static PlaceOrder Request(long fromWallet, string token = TestCard.Approve) =>
        OrdersApplication.Request(OrdersApplication.Line()) with { Payment = new(PaymentMethod.Card, token, WalletAmount: fromWallet) };

    private async Task<long> Balance() => (await OrdersApplication.Get<WalletDocument>(Shopper, "/api/wallet")).Balance.Amount;
}
