using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PlayStationStore.Messaging;

/// <summary>Tells the dispatcher of saved messages once their transaction is committed. One instance a context.</summary>
internal sealed class OutboxInterceptor(OutboxQueue queue, TimeProvider clock) : DbTransactionInterceptor, ISaveChangesInterceptor
{
    private readonly List<OutboxMessage> saved = [];

    public ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        foreach (var entry in eventData.Context!.ChangeTracker.Entries<OutboxMessage>().Where(entry => entry.State == EntityState.Added))
        {
            entry.Entity.Saving(clock.GetUtcNow());
            saved.Add(entry.Entity);
        }

        return new(result);
    }

    public ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context!.Database.CurrentTransaction is null)
        {
            Release();
        }

        return new(result);
    }

    public Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        saved.Clear();
        return Task.CompletedTask;
    }

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Release();
        return Task.CompletedTask;
    }

    public override Task TransactionRolledBackAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        saved.Clear();
        return Task.CompletedTask;
    }

    private void Release()
    {
        saved.ForEach(queue.Enqueue);
        saved.Clear();
    }
}
