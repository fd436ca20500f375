using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;

namespace PlayStationStore.Orders;

/// <summary>Forgets answers that nobody may ask for any more.</summary>
internal sealed class IdempotencyCleanup(IServiceScopeFactory scopes, TimeProvider clock, ILogger<IdempotencyCleanup> logger)
    : Sweeper(TimeSpan.FromHours(1), clock, logger, "Old answers could not be removed; the next hour tries again.")
{
    protected override async Task SweepAsync(CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var before = Clock.GetUtcNow() - IdempotentRequest.Kept;
        await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().IdempotentRequests
            .Where(request => request.CreatedAt < before).ExecuteDeleteAsync(stopping);
    }
}
