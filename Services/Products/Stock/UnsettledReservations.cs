using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

namespace PlayStationStore.Products;

/// <summary>
/// Asks Orders how the orders stand for which stock has been held for a while (<c>Messaging:AskAgainAfter</c>, a minute unless told): the news that
/// they were paid, or ended, may be lost. Several replicas may ask; the answer is the same.
/// </summary>
internal sealed class UnsettledReservations(IServiceScopeFactory scopes, IConfiguration configuration, TimeProvider clock, ILogger<UnsettledReservations> logger)
    : BackgroundService
{
    private const int BatchSize = 100;
    private readonly TimeSpan after = configuration.GetValue("Messaging:AskAgainAfter", TimeSpan.FromMinutes(1));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(after / 2, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await AskAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(exception, "Orders could not be asked for unsettled reservations; the next sweep asks.");
            }
        }
    }

    private async Task AskAsync(CancellationToken stopping)
    {
        var before = clock.GetUtcNow() - after;
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
