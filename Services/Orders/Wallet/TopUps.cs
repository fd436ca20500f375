using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>
/// Money that a card brings into a wallet: an order of one line that is no goods, so that Products is not asked, and everything that makes
/// orders safe to pay, to repeat, to follow and to give back holds for it too.
/// </summary>
internal sealed class TopUps(OrdersDbContext database, IdempotentOrders orders, PaymentPlans plans, DuePayments payments, TimeProvider clock)
{
    /// <summary>What a line of such an order is called by.</summary>
    public const string Sku = "WALLET-FUNDS";

    /// <summary>The amounts that can be chosen, in minor units of every currency.</summary>
    public static readonly IReadOnlyList<long> Choices = [10_00, 25_00, 50_00, 100_00];

    private const int Tries = 20;

    /// <summary>A card fills a wallet no further than this, in minor units; what is on its way there counts.</summary>
    public const long MostInWallet = 500_00;

    /// <summary>The currencies that wallets are topped up in.</summary>
    public static readonly IReadOnlyList<string> Currencies = ["USD", "EUR", "GBP", "JPY"];

    /// <summary>Names the movement into the wallet, before the order's number.</summary>
    public const string Key = "topup:";

    /// <summary>Names the movement out of it.</summary>
    public const string BackKey = "topup-back:";

    // Lines name a product; nobody looks this one up.
    private static readonly Guid ProductId = new("00000000-0000-7000-8000-0000000f00d5");

    // As for downloads: nothing is held for anybody.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Places the order of a top-up.</summary>
    /// <param name="request">What the shopper asked for; its amount and currency are ones that can be chosen.</param>
    /// <param name="key">The idempotency key, of the same kind as an order's.</param>
    /// <param name="userId">Whose wallet.</param>
    /// <param name="cancel">The client is gone.</param>
    public async Task<Results<Accepted<OrderDocument>, ValidationProblem, ProblemHttpResult>> PlaceAsync(TopUp request, string key, Guid userId, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryPlaceAsync(request, key, userId, cancel);
            }
            catch (DbUpdateException exception) when (attempt < Tries && exception.IsLostRace())
            {
                // Another top-up of this wallet, or money that came or went, was faster: what is true now decides.
                database.ChangeTracker.Clear();
            }
        }
    }

    private async Task<Results<Accepted<OrderDocument>, ValidationProblem, ProblemHttpResult>> TryPlaceAsync(
        TopUp request, string key, Guid userId, CancellationToken cancel)
    {
        if (await orders.FindAsync(userId, key, request, cancel) is { } known)
        {
            return known;
        }

        // The wallet is read first: whatever is read after it and changes meanwhile changes its version, or is a top-up that held it too.
        var currency = request.Currency;
        var wallet = await database.Wallets.SingleOrDefaultAsync(wallet => wallet.UserId == userId && wallet.Currency == currency, cancel)
            ?? database.Add(ShopperWallet.Open(userId, currency, clock.GetUtcNow())).Entity;
        var balance = await database.LedgerEntries.Where(entry => entry.WalletId == wallet.Id).SumAsync(entry => entry.Amount, cancel);
        var coming = await database.Orders
            .Where(order => order.UserId == userId && order.Currency == currency && order.Status == OrderStatus.AwaitingPayment
                && order.Lines.Any(line => line.Kind == Kinds.WalletFunds))
            .SumAsync(order => order.Total, cancel);
        if (balance + coming + request.Amount > MostInWallet)
        {
            return Unprocessable.Field("amount", coming == 0
                ? $"A card fills a wallet up to {MostInWallet} at most; it holds {balance}."
                : $"A card fills a wallet up to {MostInWallet} at most; it holds {balance}, and {coming} are on their way.");
        }

        var (plan, unpayable) = await plans.MakeAsync(
            new PaymentChoice(PaymentMethod.Card, request.Payment.Token, request.Payment.SavedCardId), request.Amount, currency, userId, cancel);
        if (plan is null)
        {
            return unpayable!;
        }

        wallet.Hold();
        var (answer, placed) = await orders.PlaceAsync(userId, key, request, now => (Confirmed(Order.Place(
            userId, currency, [new OrderedLine(Sku, 1, request.Amount)], null, null, plan, now, taxed: false), now), null), cancel, alone: true);
        if (placed is not null)
        {
            payments.Enqueue(placed.Id);
        }

        return answer;
    }

    /// <summary>Puts what was paid into the wallet, under a key that can be taken once.</summary>
    public static async Task CreditAsync(OrdersDbContext database, Order order, OrderLine line, DateTimeOffset now, CancellationToken cancel)
    {
        var wallet = await FindWallet(database, order, cancel);
        if (wallet is null)
        {
            wallet = ShopperWallet.Open(order.UserId, order.Currency, now);
            database.Add(wallet);
        }

        database.Add(wallet.Move(line.UnitPrice, LedgerAccount.Cards, LedgerKind.TopUp, Key + order.Number, $"Top-up by card, order {order.Number}", now));
    }

    /// <summary>Whether the wallet no longer holds what was paid. Reads the wallet's version, so that who spends afterwards lets a refund fail.</summary>
    public static async Task<bool> IsSpentAsync(OrdersDbContext database, Order order, CancellationToken cancel)
    {
        var wallet = await FindWallet(database, order, cancel);
        return wallet is null || await database.LedgerEntries.Where(entry => entry.WalletId == wallet.Id).SumAsync(entry => entry.Amount, cancel) < order.Total;
    }

    /// <summary>Takes what was paid out of the wallet again, since it goes back to the card.</summary>
    public static async Task TakeBackAsync(OrdersDbContext database, Order order, OrderLine line, DateTimeOffset now, CancellationToken cancel)
    {
        var wallet = (await FindWallet(database, order, cancel))!;
        database.Add(wallet.Move(
            -line.UnitPrice, LedgerAccount.Cards, LedgerKind.TopUp, BackKey + order.Number, $"Top-up given back, order {order.Number}", now));
    }

    // What Products does for other orders.
    private static Order Confirmed(Order order, DateTimeOffset now)
    {
        var line = new ReservedLine(Sku, ProductId, "Wallet funds", Kinds.WalletFunds, null, null, 1, order.Lines[0].UnitPrice, Digital: true);
        if (order.Confirm(new StockReserved(order.Id, order.Currency, [line], now + Patience)) is { } reason)
        {
            throw new InvalidOperationException($"A top-up was refused: {reason}.");
        }

        order.AwaitPayment(now);
        order.Payment.Start(now + Patience, now);
        return order;
    }

    private static Task<ShopperWallet?> FindWallet(OrdersDbContext database, Order order, CancellationToken cancel) =>
        database.Wallets.SingleOrDefaultAsync(wallet => wallet.UserId == order.UserId && wallet.Currency == order.Currency, cancel);
}
