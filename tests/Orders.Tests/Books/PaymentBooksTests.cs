using Microsoft.Extensions.DependencyInjection;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

/// <summary>What payments say, beside what wallets and the test card have moved.</summary>
public sealed class PaymentBooksTests(PaymentBooksTests.Application application) : IClassFixture<PaymentBooksTests.Application>
{
    private const string MovementsOf = "WHERE TransactionId IN (SELECT Id FROM LedgerTransactions WHERE Key LIKE '";

    private readonly TestUser user = TestUser.Shopper();

    [Theory]
    [InlineData("walletCharges", "UPDATE LedgerEntries SET Amount = Amount * 2 " + MovementsOf + "charge:%')")]
    [InlineData("walletCharges", "UPDATE LedgerEntries SET Amount = Amount * 2 " + MovementsOf + "part:%')")]
    [InlineData("walletCharges", "DELETE FROM LedgerEntries " + MovementsOf + "part:%')")]
    [InlineData("walletCharges", "DELETE FROM LedgerEntries " + MovementsOf + "refund:%')")]
    [InlineData("walletCharges", "UPDATE Payments SET WalletAmount = WalletAmount - 1 WHERE WalletAmount > 0")]
    [InlineData("walletCharges", "UPDATE Payments SET Status = 'Void' WHERE Method = 'Wallet' AND Status = 'Captured'")]
    [InlineData("walletHolds", "DELETE FROM LedgerEntries " + MovementsOf + "charge:%')")]
    [InlineData("walletHolds", "UPDATE LedgerEntries SET Amount = Amount + 1 WHERE Account = 'Holds' AND Amount < 0")]
    [InlineData("walletHolds", "UPDATE Payments SET LaterKey = '01978000-0000-7000-8000-000000000001' WHERE WalletAmount > 0 AND Status = 'Captured'")]
    [InlineData("walletHolds", "UPDATE Payments SET WalletAmount = 0")]
    [InlineData("charges", "UPDATE Payments SET Amount = Amount - 1")]
    [InlineData("charges", "UPDATE Payments SET Status = 'Void'")]
    [InlineData("cardCharges", "DELETE FROM TestCardCharges")]
    [InlineData("cardCharges", "UPDATE TestCardCharges SET Amount = Amount + 1")]
    [InlineData("cardCharges", "UPDATE TestCardCharges SET Currency = 'EUR'")]
    [InlineData("cardCharges", "UPDATE TestCardCharges SET Status = 'Voided'")]
    [InlineData("cardCharges", "UPDATE TestCardCharges SET Status = 'Captured' WHERE Status = 'Refunded'")]
    [InlineData("cardCharges", "UPDATE TestCardCharges SET Refunded = Refunded - 1 WHERE Refunded > 0")]
    [InlineData("cardCharges", "UPDATE TestCardCharges SET Refunded = Refunded + 1 WHERE Refunded > 0")]
    [InlineData("cardCharges", "UPDATE Payments SET LaterKey = '01978000-0000-7000-8000-000000000001'")]
    [InlineData("cardRefunds", "DELETE FROM TestCardRefunds")]
    [InlineData("cardRefunds", "UPDATE TestCardCharges SET Refunded = Refunded - 1 WHERE Refunded > 0")]
    [InlineData("cardRefunds", "UPDATE TestCardRefunds SET Amount = Amount + 1")]
    [InlineData("cardRefunds", "UPDATE TestCardRefunds SET Id = ChargeKey")]
    [InlineData("refunds", "UPDATE Payments SET Refunded = Captured + 1")]
    [InlineData("refunds", "UPDATE Payments SET Refunded = Refunded - 1 WHERE Refunded > 0")]
    [InlineData("refunds", "UPDATE Refunds SET GivenBackAt = NULL")]
    public Task What_differs_is_found(string rule, string damage) => application.BooksFind(rule, damage);

    [Fact]
    public async Task A_step_that_is_under_way_is_no_difference()
    {
        using var shopper = application.ClientOf(user);
        await application.GiveMoney(user, 50_00);
        PlacedLine[] lines = [OrdersApplication.Line(price: 10_00), OrdersApplication.Line(price: 15_00)];
        var order = await OrdersApplication.Place(shopper, OrdersApplication.Request(lines) with { Payment = Combined(15_00) });
        var now = application.Clock.GetUtcNow();
        await application.InDatabase(async database =>
        {
            var stored = (await database.WholeOrderAsync(order.Id, CancellationToken.None))!;
            stored.Confirm(application.Reserved(order));
            stored.AwaitPayment(now);
            stored.Payment.Start(now.AddMinutes(30), now);
            await database.SaveChangesAsync();
        });

        // Both have moved the money, a step at a time, and the payment does not say so yet.
        foreach (var (provider, charge) in Charges(order))
        {
            await provider.AuthorizeAsync(charge, CancellationToken.None);
            await application.BooksAreRight();
        }

        foreach (var (provider, charge) in Charges(order))
        {
            await provider.CaptureAsync(charge, CancellationToken.None);
            await application.BooksAreRight();
        }

        await application.Services.GetRequiredService<PaymentProcessor>().ProcessAsync(order.Id, CancellationToken.None);
        await application.Becomes(order, OrderStatus.Completed);
        var refund = await Decided(order.Id);
        foreach (var (provider, charge) in Charges(order))
        {
            await application.BooksAreRight();
            await provider.RefundAsync(charge, refund, charge.Amount, CancellationToken.None);
        }

        await application.BooksAreRight();
        await application.Services.GetRequiredService<PaymentProcessor>().ProcessAsync(order.Id, CancellationToken.None);
        Assert.Equal(PaymentStatus.Refunded, (await application.Find(order.Id)).Payment.Status);
        await application.BooksAreRight();
    }

    private static PaymentChoice Combined(long fromWallet) => new(PaymentMethod.Card, TestCard.Approve, WalletAmount: fromWallet);

    private IEnumerable<(IPaymentProvider Provider, Charge Charge)> Charges(OrderDocument order) =>
        application.Services.GetServices<IPaymentProvider>().OrderByDescending(provider => provider.Method).Select(provider => (provider, new Charge(
            order.Id, order.Number, user.Id, provider.Method is PaymentMethod.Card ? TestCard.Approve : null, provider.Method is PaymentMethod.Card ? 10_00 : 15_00, order.Currency)));

    /// <summary>Decides that all of an order goes back, which nobody works on.</summary>
    private async Task<Guid> Decided(Guid id)
    {
        await using var scope = application.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        var order = (await database.WholeOrderAsync(id, CancellationToken.None))!;
        await scope.ServiceProvider.GetRequiredService<Settlement>().RefundAsync(
            order, [.. order.Lines.Select(line => (line, line.Quantity))], new RefundGrant(RefundReason.Goodwill, null, Guid.NewGuid(), ByStaff: true), application.Clock.GetUtcNow(), CancellationToken.None);
        await database.SaveChangesAsync();
        return order.Refunds[0].Id;
    }

    /// <summary>A store where both have paid, for all of an order and for parts, and have given back.</summary>
    public sealed class Application : OrdersApplication, IAsyncLifetime
    {
        public async ValueTask InitializeAsync()
        {
            var user = TestUser.Shopper();
            using var shopper = ClientOf(user);
            await GiveMoney(user, 200_00);
            await Buy(shopper, WalletRequest(Line()));
            await GiveBack(shopper, TestCard.Approve, fromWallet: 0, back: 10_00);
            await GiveBack(shopper, TestCard.ClosedAfterwards, fromWallet: 0, back: 10_00);
            // The card paid 10.00 of 25.00, so that both give back.
            await GiveBack(shopper, TestCard.Approve, fromWallet: 15_00, back: 18_00);

            var address = AnAddress();
            Outbound.OnGet($"http://users/api/users/me/addresses/{address.Id}", address);
            var cancelled = await Place(shopper, Request(Line(price: 30_00)) with { Payment = Combined(15_00), ShippingAddressId = address.Id });
            await Reserve(cancelled, digital: false);
            await Becomes(cancelled, OrderStatus.AwaitingShipment);
            await shopper.PostAsJson($"/api/orders/{cancelled.Id}/cancel", new { });
            await Pays(cancelled, PaymentStatus.Refunded);
        }

        private async Task GiveBack(HttpClient shopper, string token, long fromWallet, long back)
        {
            PlacedLine[] lines = [Line(price: back), Line(price: 25_00 - back)];
            var order = await Buy(shopper, Request(lines) with { Payment = new(PaymentMethod.Card, token, WalletAmount: fromWallet) });
            await shopper.PostAsJson($"/api/orders/{order.Id}/refund", new AskRefund([new(lines[0].Sku)]));
            await Eventually(async () => (await Find(order.Id)).Payment.Refunded.Amount == back, "the money goes back");
        }
    }
}
