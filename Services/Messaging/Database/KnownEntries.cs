using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace PlayStationStore.Messaging;

/// <summary>A look at what a context tracks that costs nothing.</summary>
internal static class KnownEntries
{
    /// <summary>
    /// The rows of a type that were added, or are known to have changed. Other than <c>Entries</c>, it does not compare everything that the
    /// context has loaded with what it was, which a save does once anyhow.
    /// </summary>
    public static IReadOnlyList<EntityEntry<T>> Known<T>(this ChangeTracker tracker)
        where T : class
    {
        var detects = tracker.AutoDetectChangesEnabled;
        tracker.AutoDetectChangesEnabled = false;
        try
        {
            return [.. tracker.Entries<T>()];
        }
        finally
        {
            tracker.AutoDetectChangesEnabled = detects;
        }
    }
}
