using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PlayStationStore.Messaging;

/// <summary>Forgets messages that no broker would deliver again.</summary>
internal sealed class InboxCleanup<TContext>(IServiceScopeFactory scopes, TimeProvider clock, ILogger<InboxCleanup<TContext>> logger)
    : Sweeper(TimeSpan.FromHours(1), clock, logger, "Old inbox rows could not be removed; the next hour tries again.")
    where TContext : DbContext
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    protected override async Task SweepAsync(CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var before = Clock.GetUtcNow() - Kept;
        await scope.ServiceProvider.GetRequiredService<TContext>().Set<InboxMessage>()
            .Where(message => message.HandledAt < before).ExecuteDeleteAsync(stopping);
    }
}
