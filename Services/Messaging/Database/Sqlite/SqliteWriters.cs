using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PlayStationStore.Messaging;

/// <summary>
/// The queue of this process's writers for its one SQLite file, which takes one writer at a time, and the disk's confirmation that they share.
/// SQLite itself lets whoever comes second sleep and try again, in no order, for up to 100 ms at a time and on a thread of its own, and asks
/// the disk once for each commit. Here nobody sleeps, the next writer begins while the disk still works, and one answer of the disk confirms
/// all commits that came before the question. Other processes still wait as SQLite has it.
/// </summary>
/// <param name="askDisk">Returns when what was committed before the call is on the disk.</param>
internal sealed class SqliteWriters(Action askDisk) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim turn = new(1);
    private readonly Lock asking = new();
    private Task running = Task.CompletedTask;
    private Task? next;

    /// <summary>The writers of a database file that keeps a write-ahead log.</summary>
    public static SqliteWriters Of(string databaseFile) => new(() =>
    {
        // Opened anew each time, since SQLite may have made the log anew; it is there as long as who waits has a connection open. Closing it
        // gives up no lock: SQLite's are on the other two files.
        using var log = File.OpenHandle(databaseFile + "-wal", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(log);
    });

    public void Take()
    {
        if (!turn.Wait(Patience))
        {
            throw Forgotten();
        }
    }

    public async ValueTask TakeAsync(CancellationToken cancel)
    {
        if (!await turn.WaitAsync(Patience, cancel))
        {
            throw Forgotten();
        }
    }

    public void Pass() => turn.Release();

    /// <summary>Ends when what was committed before the call is on the disk.</summary>
    /// <exception cref="IOException">The disk did not confirm; what was committed may be lost if the machine fails now.</exception>
    public Task FlushAsync()
    {
        lock (asking)
        {
            // The question that is under way may have been asked before this commit.
            return next ??= AskAfterAsync(running);
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task AskAfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (asking)
        {
            (running, next) = (next!, null);
        }

        askDisk();
    }

    private static TimeoutException Forgotten() => new($"Another writer of this process has held the database for {Patience.TotalSeconds} s.");
}

/// <summary>
/// Takes a turn among <see cref="SqliteWriters"/> for each transaction, and for each statement that writes outside of one, and lets nobody
/// rest on a commit before the disk has confirmed it. It stands before whatever acts on a commit, and serves all contexts of a pool.
/// </summary>
internal sealed class SqliteTurn(SqliteWriters writers) : DbCommandInterceptor, IDbTransactionInterceptor, IDbConnectionInterceptor, ISaveChangesInterceptor
{
    private readonly ConditionalWeakTable<DbContext, Turn> turns = [];

    public ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        // Also for a single row, which EF would write without a transaction.
        eventData.Context!.Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
        return new(result);
    }

    public InterceptionResult<DbTransaction> TransactionStarting(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result)
    {
        writers.Take();
        Of(eventData).Held = true;
        return result;
    }

    public async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result,
        CancellationToken cancellationToken = default)
    {
        await writers.TakeAsync(cancellationToken);
        Of(eventData).Held = true;
        return result;
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData)
    {
        Pass(Of(eventData));
        writers.FlushAsync().GetAwaiter().GetResult();
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Pass(Of(eventData));
        return writers.FlushAsync();
    }

    public void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) => Pass(Of(eventData));

    public Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Pass(Of(eventData));
        return Task.CompletedTask;
    }

    // A transaction that could not begin, or that was dropped without an end, ends with its connection.
    public void ConnectionClosed(DbConnection connection, ConnectionEndEventData eventData) => Pass(Of(eventData));

    public Task ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData)
    {
        Pass(Of(eventData));
        return Task.CompletedTask;
    }

    public void ConnectionDisposed(DbConnection connection, ConnectionEndEventData eventData) => Pass(Of(eventData));

    public Task ConnectionDisposedAsync(DbConnection connection, ConnectionEndEventData eventData)
    {
        Pass(Of(eventData));
        return Task.CompletedTask;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.CommandSource is CommandSource.ExecuteUpdate or CommandSource.ExecuteDelete && Of(eventData) is { Held: false } turn)
        {
            await writers.TakeAsync(cancellationToken);
            turn.Held = turn.ForStatement = true;
        }

        return result;
    }

    public override async ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (PassStatement(eventData))
        {
            await writers.FlushAsync();
        }

        return result;
    }

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        PassStatement(eventData);
        return Task.CompletedTask;
    }

    public override Task CommandCanceledAsync(DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default)
    {
        PassStatement(eventData);
        return Task.CompletedTask;
    }

    private Turn Of(DbContextEventData eventData) => turns.GetOrCreateValue(eventData.Context!);

    private bool PassStatement(DbContextEventData eventData)
    {
        var turn = Of(eventData);
        var passes = turn.ForStatement;
        if (passes)
        {
            Pass(turn);
        }

        return passes;
    }

    private void Pass(Turn turn)
    {
        if (turn.Held)
        {
            turn.Held = turn.ForStatement = false;
            writers.Pass();
        }
    }

    private sealed class Turn
    {
        public bool Held { get; set; }

        public bool ForStatement { get; set; }
    }
}
