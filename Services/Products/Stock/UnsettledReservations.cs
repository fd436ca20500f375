using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

namespace PlayStationStore.Products;

/// <summary>
/// Asks Orders how the orders stand for which stock has been held for a while: the news that they
/// were paid, or ended, may be lost. Several replicas may ask; the answer is the same.
/// </summary>
internal sealed class UnsettledReservations(IServiceScopeFactory scopes, AskAgain waits, TimeProvider clock, ILogger<UnsettledReservations> logger)
    : Sweeper(waits.Pace, clock, logger, "Orders could not be asked for unsettled reservations; the next sweep asks.")
{
    private const int BatchSize = 100;

    protected override async Task SweepAsync(CancellationToken stopping)
    {
        var before = Clock.GetUtcNow() - waits.After;
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<ProductsDbContext>();
        var last = Guid.Empty;
        List<Guid> unsettled;
        do
        {
            unsettled = await database.Reservations
                .Where(reservation => reservation.State == ReservationState.Held && reservation.ChangedAt < before && reservation.OrderId.CompareTo(last) > 0)
                .OrderBy(reservation => reservation.OrderId).Select(reservation => reservation.OrderId).Take(BatchSize).ToListAsync(stopping);
            if (unsettled.Count > 0)
            {
                last = unsettled[^1];
                database.Publish(new OrdersQuestioned(unsettled));
                await database.SaveChangesAsync(stopping);
            }
        }
        while (unsettled.Count == BatchSize);
    }
}
