using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Messaging;

/// <summary>Whether a service's trail is as it was written.</summary>
/// <param name="Ok">False where an entry was changed, removed, or put in by hand.</param>
/// <param name="Detail">What was found, in words.</param>
/// <param name="Sealed">How many entries are chained.</param>
/// <param name="Head">The last hash of the chain, in hexadecimal digits; null for an empty one.</param>
public sealed record AuditCheck(bool Ok, string Detail, long Sealed, string? Head)
{
    // Sealing takes seconds; what has waited this long is not going to be sealed.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Maps <c>/operator/audit</c>, which the service hides from all but operators.</summary>
    /// <param name="app">The service.</param>
    /// <returns>The endpoint.</returns>
    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder app) => app.MapGet(
        "/operator/audit",
        async Task<Ok<AuditCheck>> (DbContext database, TimeProvider clock, CancellationToken cancel) =>
            TypedResults.Ok(await OfAsync(database, clock.GetUtcNow(), cancel)));

    /// <summary>The same as a rule of the service's books.</summary>
    /// <param name="database">The service's context.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancel">Ends the check.</param>
    public static async Task<BooksCheck> RuleAsync(DbContext database, DateTimeOffset now, CancellationToken cancel)
    {
        var trail = await OfAsync(database, now, cancel);
        return new BooksCheck("audit", trail.Ok, trail.Detail);
    }

    /// <summary>Computes the whole chain anew.</summary>
    /// <param name="database">The service's context.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancel">Ends the check.</param>
    public static async Task<AuditCheck> OfAsync(DbContext database, DateTimeOffset now, CancellationToken cancel)
    {
        var (seals, entries) = (database.Set<AuditSeal>().AsNoTracking(), database.Set<AuditEntry>().AsNoTracking());
        AuditSeal? before = null;
        await foreach (var pair in seals.LeftJoin(entries, seal => seal.EntryId, entry => entry.Id, (seal, entry) => new { Seal = seal, Entry = entry })
            .OrderBy(pair => pair.Seal.Sequence).AsAsyncEnumerable().WithCancellation(cancel))
        {
            var (seal, entry) = (pair.Seal, pair.Entry);
            if (seal.Sequence != (before?.Sequence ?? 0) + 1)
            {
                return Broken($"The seals between {before?.Sequence ?? 0} and {seal.Sequence} are gone.");
            }

            if (entry is null)
            {
                return Broken($"Entry {seal.EntryId} is gone; its seal {seal.Sequence} is there.");
            }

            if (!entry.IsGenuine || !AuditSeal.HashOf(before?.Hash, entry).AsSpan().SequenceEqual(seal.Hash))
            {
                return Broken($"Entry {seal.EntryId}, or its seal {seal.Sequence}, is not as it was written.");
            }

            before = seal;
        }

        var due = now - Patience;
        var unsealed = entries.Where(entry => entry.At < due && !seals.Any(seal => seal.EntryId == entry.Id));
        return await unsealed.OrderBy(entry => entry.Id).Select(entry => (Guid?)entry.Id).FirstOrDefaultAsync(cancel) is { } strange
            ? Broken($"Entry {strange} was never sealed: it was put in by hand, or its seal is gone.")
            : new AuditCheck(true, $"{before?.Sequence ?? 0} entries, each as it was written.", before?.Sequence ?? 0, Head());

        AuditCheck Broken(string detail) => new(false, detail, before?.Sequence ?? 0, Head());

        string? Head() => before is null ? null : Convert.ToHexStringLower(before.Hash);
    }
}
