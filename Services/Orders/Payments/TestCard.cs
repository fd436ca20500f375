using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;

namespace PlayStationStore.Orders;

/// <summary>
/// A card provider that moves no money. Its books are its own: a charge is written down under its key, in a transaction of its own, before
/// anything is answered, and asking again never charges twice.
/// </summary>
internal sealed class TestCard : ICardProvider
{
    public const string Approve = "tok_approve";
    public const string Decline = "tok_decline";

    /// <summary>Gives no answer; asked again after half a minute, it has approved.</summary>
    public const string NoAnswer = "tok_timeout";

    /// <summary>Approves by a callback after five seconds.</summary>
    public const string LateAnswer = "tok_late";

    /// <summary>Approves; the card is closed before anything can go back.</summary>
    public const string ClosedAfterwards = "tok_closed";

    private static readonly Dictionary<string, CardDetails> Cards = new(StringComparer.Ordinal)
    {
        [Approve] = new(Approve, "test-approve", "Test Visa", "4242", 12, 2099),
        [Decline] = new(Decline, "test-decline", "Test Visa", "0002", 12, 2099),
        [NoAnswer] = new(NoAnswer, "test-timeout", "Test Mastercard", "0044", 12, 2099),
        [LateAnswer] = new(LateAnswer, "test-late", "Test Mastercard", "0055", 12, 2099),
        [ClosedAfterwards] = new(ClosedAfterwards, "test-closed", "Test Visa", "0069", 12, 2099),
    };

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Callback = TimeSpan.FromSeconds(5);

    private readonly IServiceScopeFactory scopes;
    private readonly DuePayments callbacks;
    private readonly TimeProvider clock;
    private readonly Batcher<TestCardCharge> writings;
    private readonly Batcher<Charge> captures;

    public TestCard(IServiceScopeFactory scopes, DuePayments callbacks, TimeProvider clock)
    {
        (this.scopes, this.callbacks, this.clock) = (scopes, callbacks, clock);
        writings = new(atMost: 64, WriteDownTogether);
        captures = new(atMost: 64, CaptureTogether);
    }

    public PaymentMethod Method => PaymentMethod.Card;

    public string Name => "test";

    public bool Accepts(string? token) => token is not null && Cards.ContainsKey(token);

    public async Task<PaymentAnswer> AuthorizeAsync(Charge charge, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var (written, isNew) = await WriteDown(charge.Token switch
        {
            Decline => TestCardCharge.Declined(charge, now),
            NoAnswer => TestCardCharge.Authorized(charge, now + Silence, now),
            LateAnswer => TestCardCharge.Authorized(charge, now + Callback, now),
            _ => TestCardCharge.Authorized(charge, now, now),
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

    public async Task<PaymentAnswer> CaptureAsync(Charge charge, CancellationToken cancel) =>
        await captures.TryAsync(charge) ? PaymentAnswer.Captured : await AskAsync(charge, cancel);

    public async Task<PaymentAnswer> AskAsync(Charge charge, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        var written = await database.TestCardCharges.AsNoTracking().SingleOrDefaultAsync(written => written.Key == charge.Key, cancel);
        return written?.Answer(clock.GetUtcNow()) ?? PaymentAnswer.NeverHeard;
    }

    public async Task<PaymentAnswer> CancelAsync(Charge charge, CancellationToken cancel)
    {
        // A key that was never heard of is written down as void, so that a charge that is still on its way finds it and does nothing.
        if (await AskAsync(charge, cancel) is { Kind: PaymentAnswerKind.NeverHeard })
        {
            await WriteDown(TestCardCharge.Voided(charge, clock.GetUtcNow()));
        }

        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        while (true)
        {
            var written = await database.TestCardCharges.SingleAsync(written => written.Key == charge.Key, cancel);
            var answer = written.Cancel(clock.GetUtcNow());
            try
            {
                await database.SaveChangesAsync(CancellationToken.None);
                return answer;
            }
            catch (DbUpdateException exception) when (exception.IsLostRace())
            {
                // Another worker was faster with the same charge: what it wrote down is the answer.
                database.ChangeTracker.Clear();
            }
        }
    }

    public async Task<PaymentAnswer> RefundAsync(Charge charge, Guid refundId, long amount, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        if (!await database.TestCardRefunds.AnyAsync(refund => refund.Id == refundId, cancel))
        {
            var written = await database.TestCardCharges.SingleAsync(written => written.Key == charge.Key, cancel);
            if (written.Closed)
            {
                return PaymentAnswer.Refused;
            }

            database.Add(written.Refund(refundId, amount, clock.GetUtcNow()));
            await database.SaveChangesAsync(CancellationToken.None);
        }

        return PaymentAnswer.Refunded;
    }

    public Task<CardDetails?> ShowAsync(Guid userId, string token, CancellationToken cancel) => Task.FromResult(Cards.GetValueOrDefault(token));

    public Task<CardDetails?> KeepAsync(Guid userId, string token, CancellationToken cancel) => ShowAsync(userId, token, cancel);

    public Task ForgetAsync(string token, CancellationToken cancel) => Task.CompletedTask;

    public Task<Uri?> PageToAddAsync(Guid userId, string returnUrl, CancellationToken cancel) => Task.FromResult<Uri?>(null);

    private async Task<IReadOnlyCollection<Charge>> CaptureTogether(IReadOnlyList<Charge> charges)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow();
        var keys = charges.Select(charge => charge.Key).ToList();
        var captured = await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().TestCardCharges
            .Where(written => EF.Parameter(keys).Contains(written.Key) && written.Status == TestCardChargeStatus.Authorized && written.DecidedAt <= now)
            .ExecuteUpdateAsync(
                set => set.SetProperty(written => written.Status, TestCardChargeStatus.Captured).SetProperty(written => written.Version, written => written.Version + 1));
        // Where one was not, who asked for it has to look which.
        return captured == charges.Count ? charges : [];
    }

    private async Task<IReadOnlyCollection<TestCardCharge>> WriteDownTogether(IReadOnlyList<TestCardCharge> charges)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        // One that another worker asks for at the same moment is written down once.
        var together = charges.DistinctBy(charge => charge.Key).ToList();
        database.AddRange(together);
        try
        {
            await database.SaveChangesAsync(CancellationToken.None);
            return together;
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return [];
        }
    }

    private async Task<(TestCardCharge Written, bool IsNew)> WriteDown(TestCardCharge charge)
    {
        if (await writings.TryAsync(charge))
        {
            return (charge, true);
        }

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
            return (await database.TestCardCharges.AsNoTracking().SingleAsync(written => written.Key == charge.Key), false);
        }
    }
}
