using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace PlayStationStore.Load;

/// <summary>An SQLite file as the store keeps its own: write-ahead log, synced at every commit.</summary>
public sealed class DurableFile : IDisposable
{
    private readonly Lock writer = new();
    private readonly SqliteConnection connection;
    private readonly SqliteCommand insert;

    public DurableFile(string path)
    {
        connection = new SqliteConnection($"Data Source={path}");
        connection.Open();
        Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE Rows (Id BLOB PRIMARY KEY, Step INTEGER, Body TEXT) WITHOUT ROWID;");
        insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO Rows VALUES ($id, $step, $body)";
        insert.Parameters.Add("$id", SqliteType.Blob);
        insert.Parameters.Add("$step", SqliteType.Integer);
        insert.Parameters.Add("$body", SqliteType.Text);
    }

    /// <summary>Commits one row.</summary>
    public void Commit(Guid id, int step, string body)
    {
        lock (writer)
        {
            insert.Parameters[0].Value = id.ToByteArray().Append((byte)step).ToArray();
            insert.Parameters[1].Value = step;
            insert.Parameters[2].Value = body;
            insert.ExecuteNonQuery();
        }
    }

    /// <summary>How many durable commits a second this disk takes from one writer.</summary>
    public static double CommitsPerSecond(string folder, int seconds)
    {
        using var file = new DurableFile(Path.Combine(folder, "commits.db"));
        var (count, started) = (0, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
        {
            file.Commit(Guid.NewGuid(), 0, "{}");
            count++;
        }

        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public void Dispose()
    {
        insert.Dispose();
        connection.Dispose();
    }

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
