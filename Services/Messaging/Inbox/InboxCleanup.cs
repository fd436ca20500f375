using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PlayStationStore.Messaging;

/// <summary>Forgets messages that no broker would deliver again.</summary>
internal sealed class InboxCleanup<TContext>(IServiceScopeFactory scopes, TimeProvider clock, ILogger<InboxCleanup<TContext>> logger) : BackgroundService
    where TContext : DbContext
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var before = clock.GetUtcNow() - Kept;
                await scope.ServiceProvider.GetRequiredService<TContext>().Set<InboxMessage>()
                    .Where(message => message.HandledAt < before).ExecuteDeleteAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(exception, "Old inbox rows could not be removed; the next hour tries again.");
            }
        }
    }
}
