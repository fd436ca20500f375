using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Products;

/// <summary>Releases what is held for orders that were not paid in time.</summary>
internal sealed class ReservationExpiry(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ReservationExpiry> logger) : BackgroundService
{
    private const int BatchSize = 100;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                await ReleaseExpiredAsync();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "Expired reservations could not be released; they are tried again.");
            }
        }
    }

    private async Task ReleaseExpiredAsync()
    {
        var now = clock.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        var expired = await scope.ServiceProvider.GetRequiredService<ProductsDbContext>().Reservations
            .Where(reservation => reservation.State == ReservationState.Held && reservation.ExpiresAt <= now)
            .OrderBy(reservation => reservation.ExpiresAt).Select(reservation => reservation.OrderId).Take(BatchSize).ToListAsync();
        foreach (var orderId in expired)
        {
            // A scope each: one that another replica, or the payment, was faster with must not spoil the rest.
            await using var one = scopes.CreateAsyncScope();
            try
            {
                await one.ServiceProvider.GetRequiredService<StockRoom>().ReleaseAsync(orderId, StockRoom.Expired, soldToo: false);
            }
            catch (DbUpdateConcurrencyException)
            {
                logger.LogInformation("The reservation of order {OrderId} changed while it expired.", orderId);
            }
        }
    }
}
