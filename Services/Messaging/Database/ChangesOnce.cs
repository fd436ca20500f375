using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PlayStationStore.Messaging;

/// <summary>
/// Looks once a save for what has changed. The interceptors behind it, and EF itself, would each compare everything that the context has loaded
/// with what it was.
/// </summary>
internal sealed class ChangesOnce : ISaveChangesInterceptor
{
    public ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        eventData.Context!.ChangeTracker.DetectChanges();
        Detect(eventData, again: false);
        return new(result);
    }

    public ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Detect(eventData, again: true);
        return new(result);
    }

    public Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Detect(eventData, again: true);
        return Task.CompletedTask;
    }

    public Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        Detect(eventData, again: true);
        return Task.CompletedTask;
    }

    private static void Detect(DbContextEventData eventData, bool again) => eventData.Context!.ChangeTracker.AutoDetectChangesEnabled = again;
}
