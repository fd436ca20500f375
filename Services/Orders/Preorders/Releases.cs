using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;

namespace PlayStationStore.Orders;

/// <summary>
/// Finds pre-orders whose day has come: those that are paid are delivered, the others are charged, which delivers them. A charge that was
/// declined is tried again a day later, and ends its order when the days to pay are over. Replicas that find the same order are told apart by
/// its version.
/// </summary>
internal sealed class Releases(IServiceScopeFactory scopes, DuePayments payments, OrderMetrics metrics, TimeProvider clock, ILogger<Releases> logger)
    : Sweeper(Interval, clock, logger, "Pre-orders that are out could not be looked at; they are tried again.")
{
    private const int BatchSize = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    // A provider that is away on the day of a great release is asked for days.
    private static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    protected override async Task SweepAsync(CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = Clock.GetUtcNow();
        var due = await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().Orders
            .Where(order => order.ReleaseAt <= now && (order.Status == OrderStatus.Paid
                || (order.Status == OrderStatus.AwaitingPayment && (order.Payment.Status == PaymentStatus.Waiting
                    || (order.Payment.Status == PaymentStatus.Declined && (order.Payment.TryAgainAt <= now || order.Payment.PayUntil <= now))))))
            .OrderBy(order => order.ReleaseAt).Select(order => order.Id).Take(BatchSize).ToListAsync(stopping);
        foreach (var id in due)
        {
            await Release(id, stopping);
        }
    }

    private async Task Release(Guid id, CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        var now = Clock.GetUtcNow();
        if (await database.Orders.Where(order => order.Id == id && order.ReleaseAt <= now).WholeAsync(stopping) is not { } order)
        {
            return;
        }

        var before = order.Status;
        if (before is OrderStatus.Paid)
        {
            await scope.ServiceProvider.GetRequiredService<Settlement>().ReleaseAsync(order, now, stopping);
        }
        else if (before is OrderStatus.AwaitingPayment && order.Payment.Status is PaymentStatus.Waiting)
        {
            order.Payment.Start(now + Patience, now);
        }
        else if (before is OrderStatus.AwaitingPayment && order.Payment is { Status: PaymentStatus.Declined } declined)
        {
            if (declined.PayUntil <= now)
            {
                await scope.ServiceProvider.GetRequiredService<Settlement>().FailAsync(order, declined.Refusal!, now, stopping);
            }
            else if (declined.TryAgainAt <= now)
            {
                order.TryPaymentAgain(now);
            }
        }

        try
        {
            await database.SaveChangesAsync(stopping);
        }
        catch (DbUpdateException exception) when (exception.IsLostRace())
        {
            // Another replica was faster, or the shopper has cancelled.
            return;
        }

        metrics.Moved(order, before);
        if (order.Payment.Status is PaymentStatus.Pending)
        {
            payments.Enqueue(order.Id);
        }
    }
}
