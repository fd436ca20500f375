using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Orders;

/// <summary>The wallet as a payment provider.</summary>
internal sealed class WalletPayments(IServiceScopeFactory scopes, TimeProvider clock) : IPaymentProvider
{
    private const int Tries = 20;

    public PaymentMethod Method => PaymentMethod.Wallet;

    public bool Accepts(string? token) => token is null;

    public Task<PaymentAnswer> ChargeAsync(Charge charge, CancellationToken cancel) => Repeat(async database =>
    {
        if (await Find(database, ChargeKey(charge), cancel) is { } made)
        {
            return Answer(made);
        }

        var wallet = await database.Wallets.SingleOrDefaultAsync(
            wallet => wallet.UserId == charge.UserId && wallet.Currency == charge.Currency, cancel);
        var balance = wallet is null ? 0 : await database.LedgerEntries.Where(entry => entry.WalletId == wallet.Id).SumAsync(entry => entry.Amount, cancel);
        if (wallet is null || balance < charge.Amount)
        {
            return new PaymentAnswer(PaymentAnswerKind.Declined, OrderReasons.InsufficientFunds);
        }

        database.Add(wallet.Move(
            -charge.Amount, LedgerAccount.Sales, LedgerKind.Purchase, ChargeKey(charge), $"Order {charge.Number}", clock.GetUtcNow()));
        await database.SaveChangesAsync(cancel);
        return PaymentAnswer.Charged;
    });

    public Task<PaymentAnswer> AskAsync(Charge charge, CancellationToken cancel) => Repeat(async database =>
        await Find(database, ChargeKey(charge), cancel) is { } made ? Answer(made) : PaymentAnswer.NeverHeard);

    public Task<PaymentAnswer> RefundAsync(Charge charge, CancellationToken cancel) => Repeat(async database =>
    {
        if (await Find(database, ChargeKey(charge), cancel) is not { } made)
        {
            // Takes the key, so that a charge that is still on its way finds it taken.
            database.Add(new LedgerTransaction(ChargeKey(charge), LedgerKind.Voided, $"Order {charge.Number}", clock.GetUtcNow()));
            await database.SaveChangesAsync(cancel);
            return PaymentAnswer.NeverCharged;
        }

        if (made is LedgerKind.Voided)
        {
            return PaymentAnswer.NeverCharged;
        }

        if (await Find(database, RefundKey(charge), cancel) is null)
        {
            var wallet = await database.Wallets.SingleAsync(wallet => wallet.UserId == charge.UserId && wallet.Currency == charge.Currency, cancel);
            database.Add(wallet.Move(
                charge.Amount, LedgerAccount.Sales, LedgerKind.Refund, RefundKey(charge), $"Refund of order {charge.Number}", clock.GetUtcNow()));
            await database.SaveChangesAsync(cancel);
        }

        return PaymentAnswer.GivenBack;
    });

    public Task<PaymentAnswer> GiveBackAsync(Charge charge, Guid refundId, long amount, CancellationToken cancel) => Repeat(async database =>
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"part:{refundId:N}");
        if (await Find(database, key, cancel) is null)
        {
            var wallet = await database.Wallets.SingleAsync(wallet => wallet.UserId == charge.UserId && wallet.Currency == charge.Currency, cancel);
            database.Add(wallet.Move(amount, LedgerAccount.Sales, LedgerKind.Refund, key, $"Refund of order {charge.Number}", clock.GetUtcNow()));
            await database.SaveChangesAsync(cancel);
        }

        return PaymentAnswer.GivenBack;
    });

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

    private static async Task<LedgerKind?> Find(OrdersDbContext database, string key, CancellationToken cancel) =>
        await database.LedgerTransactions.Where(transaction => transaction.Key == key).Select(transaction => (LedgerKind?)transaction.Kind)
            .SingleOrDefaultAsync(cancel);

    private static PaymentAnswer Answer(LedgerKind made) =>
        made is LedgerKind.Purchase ? PaymentAnswer.Charged : new PaymentAnswer(PaymentAnswerKind.Declined, OrderReasons.Declined);

    private static string ChargeKey(Charge charge) => string.Create(CultureInfo.InvariantCulture, $"charge:{charge.OrderId:N}");

    private static string RefundKey(Charge charge) => string.Create(CultureInfo.InvariantCulture, $"refund:{charge.OrderId:N}");
}
