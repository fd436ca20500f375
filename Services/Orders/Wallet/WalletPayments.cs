using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Orders;

/// <summary>
/// The wallet as a payment provider. What an order costs leaves the wallet when it is authorised, and waits in the account of holds: one
/// movement sets it aside, and one ends that, into the store's sales or back. Each has a key of its own that can be taken once.
/// </summary>
internal sealed class WalletPayments(IServiceScopeFactory scopes, TimeProvider clock) : IPaymentProvider
{
    /// <summary>Names the movement of what a card did not take back, before the order's number and the refund.</summary>
    public const string InsteadKey = "instead:";

    /// <summary>Names the movement that sets money aside, before the charge's key.</summary>
    public const string Hold = "hold:";

    /// <summary>Names the one that ends that, into the store's sales or back, before the charge's key.</summary>
    public const string End = "charge:";

    /// <summary>Names the one that gives all of it back, before the charge's key.</summary>
    public const string Back = "refund:";

    /// <summary>Names one that gives a part of it back, before the refund's key.</summary>
    public const string BackInPart = "part:";

    /// <summary>Describes a movement that sets money aside, before the order's number.</summary>
    public const string For = "Order ";

    private const int Tries = 20;

    public PaymentMethod Method => PaymentMethod.Wallet;

    public bool Accepts(string? token) => token is null;

    public Task<PaymentAnswer> AuthorizeAsync(Charge charge, CancellationToken cancel) => Repeat(async database =>
    {
        if (await Find(database, charge, cancel) is not Standing.Unknown and var known)
        {
            return Answer(known);
        }

        var wallet = await database.Wallets.SingleOrDefaultAsync(
            wallet => wallet.UserId == charge.UserId && wallet.Currency == charge.Currency, cancel);
        var balance = wallet is null ? 0 : await database.LedgerEntries.Where(entry => entry.WalletId == wallet.Id).SumAsync(entry => entry.Amount, cancel);
        if (wallet is null || balance < charge.Amount)
        {
            return new PaymentAnswer(PaymentAnswerKind.Declined, OrderReasons.InsufficientFunds);
        }

        database.Add(wallet.Move(-charge.Amount, LedgerAccount.Holds, LedgerKind.Purchase, HoldKey(charge), $"{For}{charge.Number}", clock.GetUtcNow()));
        await database.SaveChangesAsync(cancel);
        return PaymentAnswer.Authorized;
    });

    public Task<PaymentAnswer> CaptureAsync(Charge charge, CancellationToken cancel) => Repeat(async database =>
    {
        if (await Find(database, charge, cancel) is not Standing.Held and var known)
        {
            return known is Standing.Unknown ? PaymentAnswer.Declined : Answer(known);
        }

        database.Add(LedgerTransaction.Between(
            LedgerAccount.Holds, LedgerAccount.Sales, charge.Amount, charge.Currency, LedgerKind.Purchase, EndKey(charge), $"Order {charge.Number}",
            clock.GetUtcNow()));
        await database.SaveChangesAsync(cancel);
        return PaymentAnswer.Captured;
    });

    public Task<PaymentAnswer> AskAsync(Charge charge, CancellationToken cancel) =>
        Repeat(async database => Answer(await Find(database, charge, cancel)));

    public Task<PaymentAnswer> CancelAsync(Charge charge, CancellationToken cancel) => Repeat(async database =>
    {
        var now = clock.GetUtcNow();
        switch (await Find(database, charge, cancel))
        {
            case Standing.Unknown:
                // Takes the key, so that a charge that is still on its way finds it taken.
                database.Add(new LedgerTransaction(HoldKey(charge), LedgerKind.Voided, $"Order {charge.Number}", now));
                await database.SaveChangesAsync(cancel);
                return PaymentAnswer.Voided;
            case Standing.Held:
                database.Add((await Wallet(database, charge, cancel)).Move(
                    charge.Amount, LedgerAccount.Holds, LedgerKind.Released, EndKey(charge), $"Order {charge.Number} was not bought", now));
                await database.SaveChangesAsync(cancel);
                return PaymentAnswer.Voided;
            case Standing.Taken:
                await GiveBack(database, charge, RefundKey(charge), charge.Amount, cancel);
                return PaymentAnswer.Refunded;
            case Standing.GivenBack:
                return PaymentAnswer.Refunded;
            default:
                return PaymentAnswer.Voided;
        }
    });

    public Task<PaymentAnswer> RefundAsync(Charge charge, Guid refundId, long amount, CancellationToken cancel) => Repeat(async database =>
    {
        await GiveBack(database, charge, string.Create(CultureInfo.InvariantCulture, $"{BackInPart}{refundId:N}"), amount, cancel);
        return PaymentAnswer.Refunded;
    });

    /// <summary>
    /// Puts what a card does not take back into its shopper's wallet, which is opened where there is none. Adds to the unit of work, which the
    /// caller saves with everything that depends on it; of two that do so at once, one cannot be saved.
    /// </summary>
    /// <param name="database">The unit of work.</param>
    /// <param name="order">The order that was paid by the card.</param>
    /// <param name="refundId">The refund's key at the provider: the order's id where all of it goes back.</param>
    /// <param name="amount">Minor units.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancel">Ends the look.</param>
    /// <returns>False where it is in the wallet already.</returns>
    public static async Task<bool> TryGiveInsteadAsync(
        OrdersDbContext database, Order order, Guid refundId, long amount, DateTimeOffset now, CancellationToken cancel)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{InsteadKey}{order.Number}:{refundId:N}");
        if (await database.LedgerTransactions.AnyAsync(transaction => transaction.Key == key, cancel))
        {
            return false;
        }

        var wallet = await database.Wallets.SingleOrDefaultAsync(wallet => wallet.UserId == order.UserId && wallet.Currency == order.Currency, cancel);
        if (wallet is null)
        {
            wallet = ShopperWallet.Open(order.UserId, order.Currency, now);
            database.Add(wallet);
        }

        database.Add(wallet.Move(
            amount, LedgerAccount.Cards, LedgerKind.Refund, key, $"Refund of order {order.Number}, which the card did not take", now));
        return true;
    }

    private async Task GiveBack(OrdersDbContext database, Charge charge, string key, long amount, CancellationToken cancel)
    {
        if (!await database.LedgerTransactions.AnyAsync(transaction => transaction.Key == key, cancel))
        {
            database.Add((await Wallet(database, charge, cancel)).Move(
                amount, LedgerAccount.Sales, LedgerKind.Refund, key, $"Refund of order {charge.Number}", clock.GetUtcNow()));
            await database.SaveChangesAsync(cancel);
        }
    }

    // Who loses the race for a wallet's version or a key reads again and decides anew.
    private async Task<PaymentAnswer> Repeat(Func<OrdersDbContext, Task<PaymentAnswer>> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            try
            {
                return await work(scope.ServiceProvider.GetRequiredService<OrdersDbContext>());
            }
            catch (DbUpdateException exception) when (attempt < Tries && exception.IsLostRace())
            {
            }
        }
    }

    private static async Task<Standing> Find(OrdersDbContext database, Charge charge, CancellationToken cancel)
    {
        var (hold, end, refund) = (HoldKey(charge), EndKey(charge), RefundKey(charge));
        var made = await database.LedgerTransactions
            .Where(transaction => transaction.Key == hold || transaction.Key == end || transaction.Key == refund)
            .ToDictionaryAsync(transaction => transaction.Key, transaction => transaction.Kind, cancel);
        return true switch
        {
            _ when made.ContainsKey(refund) => Standing.GivenBack,
            _ when made.TryGetValue(end, out var kind) => kind is LedgerKind.Purchase ? Standing.Taken : Standing.LetGo,
            _ when made.TryGetValue(hold, out var kind) => kind is LedgerKind.Purchase ? Standing.Held : Standing.LetGo,
            _ => Standing.Unknown,
        };
    }

    private static PaymentAnswer Answer(Standing standing) => standing switch
    {
        Standing.Unknown => PaymentAnswer.NeverHeard,
        Standing.Held => PaymentAnswer.Authorized,
        Standing.Taken => PaymentAnswer.Captured,
        _ => PaymentAnswer.Declined,
    };

    private static Task<ShopperWallet> Wallet(OrdersDbContext database, Charge charge, CancellationToken cancel) =>
        database.Wallets.SingleAsync(wallet => wallet.UserId == charge.UserId && wallet.Currency == charge.Currency, cancel);

    private static string HoldKey(Charge charge) => string.Create(CultureInfo.InvariantCulture, $"{Hold}{charge.Key:N}");

    private static string EndKey(Charge charge) => string.Create(CultureInfo.InvariantCulture, $"{End}{charge.Key:N}");

    private static string RefundKey(Charge charge) => string.Create(CultureInfo.InvariantCulture, $"{Back}{charge.Key:N}");

    /// <summary>Where the money of an order stands in the ledger.</summary>
    private enum Standing
    {
        Unknown,
        Held,
        Taken,
        LetGo,
        GivenBack,
    }
}
