using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;

namespace PlayStationStore.Orders;

/// <summary>
/// A card provider that moves no money. Its books are its own: a charge is written down under its key, in a transaction of its own, before
/// anything is answered, and asking again never charges twice.
/// </summary>
internal sealed class TestCard(IServiceScopeFactory scopes, DuePayments callbacks, TimeProvider clock) : IPaymentProvider
{
    public const string Approve = "tok_approve";
    public const string Decline = "tok_decline";

    /// <summary>Gives no answer; asked again after half a minute, it has approved.</summary>
    public const string NoAnswer = "tok_timeout";

    /// <summary>Approves by a callback after five seconds.</summary>
    public const string LateAnswer = "tok_late";

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Callback = TimeSpan.FromSeconds(5);

    public PaymentMethod Method => PaymentMethod.Card;

    public bool Accepts(string? token) => token is Approve or Decline or NoAnswer or LateAnswer;

    public async Task<PaymentAnswer> ChargeAsync(Charge charge, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var (written, isNew) = await WriteDown(charge.Token switch
        {
            Decline => TestCardCharge.Declined(charge, now),
            NoAnswer => TestCardCharge.Approved(charge, now + Silence, now),
            LateAnswer => TestCardCharge.Approved(charge, now + Callback, now),
            _ => TestCardCharge.Approved(charge, now, now),
        });
        if (isNew && charge.Token is NoAnswer)
        {
            await Task.Delay(Silence, clock, cancel);
            throw new TimeoutException("The card provider has not answered.");
        }

        if (isNew && charge.Token is LateAnswer)
        {
            // Should the process end before, the charge is found by asking.
            _ = Task.Delay(Callback, clock, CancellationToken.None)
                .ContinueWith(_ => callbacks.Enqueue(charge.OrderId), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        return written.Answer(clock.GetUtcNow());
    }

    public async Task<PaymentAnswer> AskAsync(Charge charge, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        var written = await database.TestCardCharges.AsNoTracking().SingleOrDefaultAsync(written => written.OrderId == charge.OrderId, cancel);
        return written?.Answer(clock.GetUtcNow()) ?? PaymentAnswer.NeverHeard;
    }

    public async Task<PaymentAnswer> RefundAsync(Charge charge, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        // A key that was never heard of is written down as void, so that a charge that is still on its way finds it and does nothing.
        if (await AskAsync(charge, cancel) is { Kind: PaymentAnswerKind.NeverHeard })
        {
            await WriteDown(TestCardCharge.Voided(charge, now));
        }

        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        var written = await database.TestCardCharges.SingleAsync(written => written.OrderId == charge.OrderId, cancel);
        var answer = written.GiveBack(now);
        await database.SaveChangesAsync(cancel);
        return answer;
    }

    public async Task<PaymentAnswer> GiveBackAsync(Charge charge, Guid refundId, long amount, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        if (!await database.TestCardRefunds.AnyAsync(refund => refund.Id == refundId, cancel))
        {
            var written = await database.TestCardCharges.SingleAsync(written => written.OrderId == charge.OrderId, cancel);
            database.Add(written.GiveBackPart(refundId, amount, clock.GetUtcNow()));
            await database.SaveChangesAsync(CancellationToken.None);
        }

        return PaymentAnswer.GivenBack;
    }

    private async Task<(TestCardCharge Written, bool IsNew)> WriteDown(TestCardCharge charge)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        database.Add(charge);
        try
        {
            await database.SaveChangesAsync(CancellationToken.None);
            return (charge, true);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            database.ChangeTracker.Clear();
            return (await database.TestCardCharges.AsNoTracking().SingleAsync(written => written.OrderId == charge.OrderId), false);
        }
    }
}
