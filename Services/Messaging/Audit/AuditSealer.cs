using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PlayStationStore.Messaging;

/// <summary>
/// Chains the entries of the trail, a few seconds after their commit and many at once, so that no change waits for another's place in the
/// chain. Safe with several replicas: who finds the next place taken leaves it to the other.
/// </summary>
internal sealed class AuditSealer<TContext>(IServiceScopeFactory scopes, TimeProvider clock, ILogger<AuditSealer<TContext>> logger) : BackgroundService
    where TContext : DbContext
{
    private const int BatchSize = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // An entry is saved in the second that it tells of. Looking no further back than from the last look that saw all keeps the look cheap; the
    // first look of a process goes back to the beginning, and finds what was saved when no process was there to seal it.
    private static readonly TimeSpan Reach = TimeSpan.FromHours(1);

    private DateTimeOffset? sealedAllAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                while (await Seal(stoppingToken) == BatchSize)
                {
                }
            }
            catch (DbUpdateException exception) when (exception.IsUniqueViolation())
            {
                // Another replica has sealed the same entries.
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(exception, "The audit trail could not be sealed; the next look tries again.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Seals the oldest entries that have no seal, up to a batch.</summary>
    /// <returns>How many.</returns>
    internal async Task<int> Seal(CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>();
        var now = clock.GetUtcNow();
        var since = sealedAllAt - Reach ?? DateTimeOffset.MinValue;
        var open = await database.Set<AuditEntry>().AsNoTracking()
            .Where(entry => entry.At >= since && !database.Set<AuditSeal>().Any(seal => seal.EntryId == entry.Id))
            .OrderBy(entry => entry.At).ThenBy(entry => entry.Id).Take(BatchSize).ToListAsync(stopping);
        // What was put in by hand gets no place, and so is found by whoever checks.
        var genuine = open.Where(entry => entry.IsGenuine).ToList();
        if (genuine.Count == 0)
        {
            sealedAllAt = open.Count < BatchSize ? now : sealedAllAt;
            return 0;
        }

        var last = await database.Set<AuditSeal>().AsNoTracking().OrderByDescending(seal => seal.Sequence).FirstOrDefaultAsync(stopping);
        foreach (var entry in genuine)
        {
            database.Add(last = new AuditSeal(last, entry));
        }

        await database.SaveChangesAsync(stopping);
        sealedAllAt = open.Count < BatchSize ? now : sealedAllAt;
        // Kept outside of the database, this tells whether the end of the chain was cut off.
        logger.LogInformation("The audit trail is sealed up to {Sequence}: {Hash}.", last!.Sequence, Convert.ToHexStringLower(last.Hash));
        return genuine.Count;
    }
}
