using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace PlayStationStore.Messaging;

/// <summary>
/// The open connections of this process to its one SQLite file, each with the statements that it has run. EF opens a connection for every
/// query and closes it after; here it borrows one and gives it back. The provider's own pool would define EF's functions anew each time, and
/// each command would take its text apart anew, which costs more than running it.
/// </summary>
/// <param name="connectionString">Says which file.</param>
internal sealed class SqliteConnections(string connectionString) : DbConnectionInterceptor, IDisposable
{
    // What is more than this in a rush goes to the provider's pool, which forgets what nobody uses.
    private const int MostIdle = 32;

    private readonly SqliteConnectionStringBuilder settings = new(connectionString);

    // The last one given back is the first that is borrowed: it is the most likely to have seen the newest pages and all statements.
    private readonly Stack<KeptConnection> readers = new();
    private readonly Lock gate = new();

    // Who writes has a turn, so one is enough. A connection forgets the pages that it has in memory as soon as another has written; this one
    // keeps them from one transaction to the next.
    private KeptConnection? writer;
    private bool disposed;

    /// <summary>The file's path.</summary>
    public string File => settings.DataSource;

    /// <inheritdoc/>
    public override InterceptionResult<DbConnection> ConnectionCreating(
        ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result) =>
        // EF looks with another string, one that only reads, whether there is a file.
        eventData.ConnectionString == connectionString ? InterceptionResult<DbConnection>.SuppressWithResult(new BorrowedConnection(this)) : result;

    /// <summary>Lends one to read with.</summary>
    public KeptConnection BorrowReader()
    {
        lock (gate)
        {
            if (readers.TryPop(out var reader))
            {
                return reader;
            }
        }

        return KeptConnection.Open(settings.ConnectionString, writes: false);
    }

    /// <summary>Lends the one that writes; another where it is lent, which is only where somebody writes without a turn.</summary>
    public KeptConnection BorrowWriter()
    {
        lock (gate)
        {
            if (writer is { } free)
            {
                writer = null;
                return free;
            }
        }

        return KeptConnection.Open(settings.ConnectionString, writes: true);
    }

    /// <summary>Takes one back; one that is still being read, or whose transaction could not be ended, is closed.</summary>
    public void GiveBack(KeptConnection connection)
    {
        if (connection.UnderWay is null && !connection.IsBeingRead())
        {
            lock (gate)
            {
                if (!disposed && connection.Writes && writer is null)
                {
                    writer = connection;
                    return;
                }

                if (!disposed && !connection.Writes && readers.Count < MostIdle)
                {
                    readers.Push(connection);
                    return;
                }
            }
        }

        try
        {
            connection.Dispose();
        }
        catch (SqliteException)
        {
            // Its transaction is over and the provider does not know; the handle goes with the object.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            writer?.Dispose();
            writer = null;
            while (readers.TryPop(out var reader))
            {
                reader.Dispose();
            }
        }
    }
}
