using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;

namespace PlayStationStore.Products;

/// <summary>
/// Counts searches that find nothing. They are noted in memory and kept in the database a little later, so that a search costs no write; what
/// was noted in the seconds before a crash is lost, which a count for staff can bear.
/// </summary>
internal sealed class MissedSearches(IServiceScopeFactory scopes, TimeProvider clock, ILogger<MissedSearches> logger) : BackgroundService
{
    /// <summary>How many are kept; those that were seldom and long ago make room.</summary>
    public const int Most = 10_000;

    private const int MostNoted = 1_000;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private readonly ConcurrentDictionary<string, int> noted = new(StringComparer.Ordinal);

    /// <summary>Notes a search that found nothing.</summary>
    public void Note(string typed)
    {
        if (MissedSearch.TextOf(typed) is { } text && (noted.Count < MostNoted || noted.ContainsKey(text)))
        {
            noted.AddOrUpdate(text, 1, (_, count) => count + 1);
        }
    }

    /// <summary>Moves what was noted into the database.</summary>
    /// <param name="database">The catalogue's.</param>
    /// <param name="most">How many to keep in all.</param>
    public async Task KeepAsync(ProductsDbContext database, int most)
    {
        var now = clock.GetUtcNow();
        foreach (var text in noted.Keys)
        {
            if (noted.TryRemove(text, out var count))
            {
                await AddAsync(database, text, count, now);
            }
        }

        var old = now - Kept;
        await database.MissedSearches.Where(search => search.LastAt < old).ExecuteDeleteAsync();
        if (await database.MissedSearches.CountAsync() - most is var excess and > 0)
        {
            var seldom = await database.MissedSearches.OrderBy(search => search.Count).ThenBy(search => search.LastAt).ThenBy(search => search.Text)
                .Select(search => search.Text).Take(excess).ToListAsync();
            await database.MissedSearches.Where(search => EF.Parameter(seldom).Contains(search.Text)).ExecuteDeleteAsync();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                if (!noted.IsEmpty)
                {
                    await using var scope = scopes.CreateAsyncScope();
                    await KeepAsync(scope.ServiceProvider.GetRequiredService<ProductsDbContext>(), Most);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "Searches without result could not be counted.");
            }
        }
    }

    // Two replicas may meet the same text at once: one makes the row, the other adds to it.
    private static async Task AddAsync(ProductsDbContext database, string text, int count, DateTimeOffset now)
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var changed = await database.MissedSearches.Where(search => search.Text == text).ExecuteUpdateAsync(
                set => set.SetProperty(search => search.Count, search => search.Count + count).SetProperty(search => search.LastAt, now));
            if (changed > 0)
            {
                return;
            }

            var made = database.MissedSearches.Add(new MissedSearch(text, count, now));
            try
            {
                await database.SaveChangesAsync();
                return;
            }
            catch (DbUpdateException exception) when (attempt == 0 && exception.IsUniqueViolation())
            {
                made.State = EntityState.Detached;
            }
        }
    }
}
