using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PlayStationStore.Messaging;

/// <summary>Tells the dispatcher of saved messages once their transaction is committed. It serves all contexts of a pool.</summary>
internal sealed class OutboxInterceptor(OutboxQueue queue, TimeProvider clock) : DbTransactionInterceptor, ISaveChangesInterceptor
{
    private readonly ConditionalWeakTable<DbContext, Unsent> contexts = [];

    public ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var unsent = Of(eventData);
        if (eventData.Context!.Database.CurrentTransaction is null)
        {
            // Saved in a transaction that was dropped, perhaps by whoever had the context before.
            unsent.Saved.Clear();
        }

        // Anew for each save. One may fail in ways that no event tells of, such as a lost race; what it would have saved is forgotten here.
        unsent.Saving = [.. eventData.Context.ChangeTracker.Known<OutboxMessage>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity)];
        unsent.Saving.ForEach(message => message.Saving(clock.GetUtcNow()));
        return new(result);
    }

    public ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        var unsent = Of(eventData);
        unsent.Saved.AddRange(unsent.Saving);
        unsent.Saving = [];
        if (eventData.Context!.Database.CurrentTransaction is null)
        {
            Release(unsent);
        }

        return new(result);
    }

    public override ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        // The transaction before was dropped without an end, which rolls it back.
        Of(eventData).Saved.Clear();
        return new(result);
    }

    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Release(Of(eventData));
        return Task.CompletedTask;
    }

    public override Task TransactionRolledBackAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Of(eventData).Saved.Clear();
        return Task.CompletedTask;
    }

    private Unsent Of(DbContextEventData eventData) => contexts.GetOrCreateValue(eventData.Context!);

    private void Release(Unsent unsent)
    {
        unsent.Saved.ForEach(queue.Enqueue);
        unsent.Saved.Clear();
    }

    private sealed class Unsent
    {
        public List<OutboxMessage> Saved { get; } = [];

        public List<OutboxMessage> Saving { get; set; } = [];
    }
}
