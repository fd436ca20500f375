using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;

namespace PlayStationStore.Orders;

/// <summary>
/// Finds orders that Products has not answered. Their event is published again, in case Products lost it, and after a day they are given up
/// with the reason. Replicas that find the same order are told apart by its version.
/// </summary>
internal sealed class StuckOrders(IServiceScopeFactory scopes, AskAgain waits, OrderMetrics metrics, TimeProvider clock, ILogger<StuckOrders> logger)
    : Sweeper(waits.Pace, clock, logger, "Orders without an answer could not be looked at; the next sweep tries again.")
{
    private const int BatchSize = 100;

    /// <summary>How long an order waits for an answer before it ends.</summary>
    public static readonly TimeSpan GivenUp = TimeSpan.FromHours(24);

    protected override async Task SweepAsync(CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var before = Clock.GetUtcNow() - waits.After;
        var stuck = await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().Orders
            .Where(order => order.Status == OrderStatus.Submitted && order.AskedAt < before)
            .OrderBy(order => order.AskedAt).Select(order => order.Id).Take(BatchSize).ToListAsync(stopping);
        foreach (var id in stuck)
        {
            await TakeUp(id, stopping);
        }
    }

    private async Task TakeUp(Guid id, CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        var order = await database.Orders.Where(order => order.Id == id).WholeAsync(stopping);
        var now = Clock.GetUtcNow();
        if (order?.Status is not OrderStatus.Submitted)
        {
            return;
        }

        if (now - order.CreatedAt >= GivenUp)
        {
            await scope.ServiceProvider.GetRequiredService<Settlement>().RejectAsync(order, OrderReasons.NoAnswer, now, stopping);
        }
        else
        {
            order.AskAgain(now);
            database.Publish(order.Submitted());
        }

        try
        {
            await database.SaveChangesAsync(stopping);
            metrics.Moved(order, OrderStatus.Submitted);
        }
        catch (DbUpdateException exception) when (exception.IsLostRace())
        {
            // Another replica, or Products' answer, was faster.
        }
    }
}
