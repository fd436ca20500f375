using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Orders;

/// <summary>Forgets answers that nobody may ask for any more.</summary>
internal sealed class IdempotencyCleanup(IServiceScopeFactory scopes, TimeProvider clock, ILogger<IdempotencyCleanup> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var before = clock.GetUtcNow() - IdempotentRequest.Kept;
                await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().IdempotentRequests
                    .Where(request => request.CreatedAt < before).ExecuteDeleteAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(exception, "Old answers could not be removed; the next hour tries again.");
            }
        }
    }
}
