using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PlayStationStore.Messaging;

/// <summary>Tells the dispatcher of saved messages once their transaction is committed. One instance a context.</summary>
internal sealed class OutboxInterceptor(OutboxQueue queue, TimeProvider clock) : DbTransactionInterceptor, ISaveChangesInterceptor
{
    private readonly List<OutboxMessage> saved = [];
    private List<OutboxMessage> saving = [];

    public ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        // Anew for each save. One may fail in ways that no event tells of, such as a lost race; what it would have saved is forgotten here.
        saving = [.. eventData.Context!.ChangeTracker.Entries<OutboxMessage>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity)];
        saving.ForEach(message => message.Saving(clock.GetUtcNow()));
        return new(result);
    }

    public ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        saved.AddRange(saving);
        saving = [];
        if (eventData.Context!.Database.CurrentTransaction is null)
        {
            Release();
        }

        return new(result);
    }

    public override ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        // The transaction before was dropped without an end, which rolls it back.
        saved.Clear();
        return new(result);
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
