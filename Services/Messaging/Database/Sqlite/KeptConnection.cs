using Microsoft.Data.Sqlite;

namespace PlayStationStore.Messaging;

/// <summary>An open connection of <see cref="SqliteConnections"/>, and what it has run.</summary>
internal sealed class KeptConnection : SqliteConnection
{
    // SQLite's default is to fail at once where another process writes, and not to look at foreign keys. That a commit is on the disk before
    // anybody rests on it is seen to by SqliteTurn, for all commits of a moment at once.
    private const string Settings = "PRAGMA busy_timeout = 15000; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;";

    // In KiB below zero, as SQLite has it. Who only reads has to read most pages anew anyhow, and has SQLite's default of 2 MiB.
    private const string CacheOfWriter = "PRAGMA cache_size = -32768;";

    // Handlers ask in a few dozen texts. Those beyond are made up, such as one with a list of values in it, and must not stay for good.
    private const int MostStatements = 64;

    private readonly Dictionary<string, KeptStatement> statements = new(StringComparer.Ordinal);
    private readonly List<KeptStatement> passing = [];

    private KeptConnection(string connectionString, bool writes)
        : base(connectionString) => Writes = writes;

    /// <summary>Whether this is the one that writes.</summary>
    public bool Writes { get; }

    /// <summary>The transaction that is under way; null where none is.</summary>
    public SqliteTransaction? UnderWay => Transaction;

    public static KeptConnection Open(string connectionString, bool writes)
    {
        var connection = new KeptConnection(connectionString, writes);
        connection.Open();
        using var settings = connection.CreateCommand();
        settings.CommandText = writes ? Settings + CacheOfWriter : Settings;
        settings.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Whether somebody has begun to read and has not come to the end.</summary>
    public bool IsBeingRead()
    {
        foreach (var done in passing.Where(statement => !statement.IsBeingRead).ToList())
        {
            passing.Remove(done);
            done.Dispose();
        }

        return passing.Count > 0 || statements.Values.Any(statement => statement.IsBeingRead);
    }

    /// <summary>Gives the statement of a text, which is kept unless it is being read, is for once only, or is one text too many.</summary>
    /// <param name="text">The SQL.</param>
    /// <param name="once">What it is given must not stay in memory.</param>
    public SqliteCommand StatementFor(string text, bool once)
    {
        if (!once && statements.TryGetValue(text, out var known) && !known.IsBeingRead)
        {
            return known;
        }

        var statement = new KeptStatement { Connection = this, CommandText = text };
        if (once || statements.Count == MostStatements || !statements.TryAdd(text, statement))
        {
            passing.Add(statement);
        }

        return statement;
    }

    private sealed class KeptStatement : SqliteCommand
    {
        public bool IsBeingRead => DataReader is not null;
    }
}
