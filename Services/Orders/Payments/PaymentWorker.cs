using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Orders;

/// <summary>
/// Drives payments to their end: at once where this process has started them, and whenever one is due that no process has brought to its end
/// within its lease. Safe with several replicas.
/// </summary>
internal sealed class PaymentWorker(
    DuePayments queue, PaymentProcessor processor, IEnumerable<IPaymentProvider> providers, IServiceScopeFactory scopes, TimeProvider clock, ILogger<PaymentWorker> logger) : BackgroundService
{
    private const int BatchSize = 200;
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Work(stoppingToken), SweepRegularly(stoppingToken));

    private Task Work(CancellationToken stopping) => Parallel.ForEachAsync(
        queue.Reader.ReadAllAsync(stopping),
        new ParallelOptions { MaxDegreeOfParallelism = providers.Min(provider => provider.AtOnce), CancellationToken = stopping },
        async (due, cancel) => await Attempt(() => processor.ProcessAsync(due, cancel), cancel));

    private async Task SweepRegularly(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(SweepInterval, clock);
        do
        {
            await Attempt(() => Sweep(stopping), stopping);
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    /// <summary>Claims what is due and hands it to this process's queue.</summary>
    internal async Task Sweep(CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var payments = scope.ServiceProvider.GetRequiredService<OrdersDbContext>().Payments;
        var now = clock.GetUtcNow();
        var due = await payments.Where(payment => payment.DueAt <= now).OrderBy(payment => payment.DueAt)
            .Select(payment => payment.OrderId).Take(BatchSize).ToListAsync(stopping);
        if (due.Count == 0)
        {
            return;
        }

        var claim = Guid.NewGuid();
        var until = now + Payment.Lease;
        await payments.Where(payment => due.Contains(payment.OrderId) && payment.DueAt <= now).ExecuteUpdateAsync(
            set => set
                .SetProperty(payment => payment.DueAt, until)
                .SetProperty(payment => payment.ClaimedBy, claim)
                .SetProperty(payment => payment.Attempts, payment => payment.Attempts + 1)
                .SetProperty(payment => payment.Version, payment => payment.Version + 1),
            stopping);
        var claimed = await payments.Where(payment => payment.ClaimedBy == claim).Select(payment => payment.OrderId).ToListAsync(stopping);
        claimed.ForEach(queue.Enqueue);
    }

    private async Task Attempt(Func<Task> work, CancellationToken stopping)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            logger.LogError(exception, "A payment could not be worked on; it is tried again when its lease ends.");
        }
    }
}
