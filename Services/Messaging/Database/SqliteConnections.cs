using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
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
    private readonly Stack<KeptConnection> idle = new();
    private readonly Lock gate = new();
    private bool disposed;

    /// <inheritdoc/>
    public override InterceptionResult<DbConnection> ConnectionCreating(
        ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result) =>
        // EF looks with another string, one that only reads, whether there is a file.
        eventData.ConnectionString == connectionString ? InterceptionResult<DbConnection>.SuppressWithResult(new BorrowedConnection(this)) : result;

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            while (idle.TryPop(out var connection))
            {
                connection.Dispose();
            }
        }
    }

    private KeptConnection Borrow()
    {
        lock (gate)
        {
            if (idle.TryPop(out var connection))
            {
                return connection;
            }
        }

        return KeptConnection.Open(settings.ConnectionString);
    }

    private void GiveBack(KeptConnection connection)
    {
        if (!connection.IsBeingRead)
        {
            lock (gate)
            {
                if (!disposed && idle.Count < MostIdle)
                {
                    idle.Push(connection);
                    return;
                }
            }
        }

        connection.Dispose();
    }

    /// <summary>What a context has for its connection: one of the open ones while it says that it is open, and none while it says that it is closed.</summary>
    private sealed class BorrowedConnection(SqliteConnections connections) : DbConnection
    {
        private BorrowedTransaction? transaction;

        public KeptConnection? Kept { get; private set; }

        [AllowNull]
        public override string ConnectionString
        {
            get => connections.settings.ConnectionString;
            set => throw new NotSupportedException("Which file it is does not change.");
        }

        public override string Database => "main";

        public override string DataSource => connections.settings.DataSource;

        public override string ServerVersion => SQLitePCL.raw.sqlite3_libversion().utf8_to_string();

        public override ConnectionState State => Kept is null ? ConnectionState.Closed : ConnectionState.Open;

        public override void Open() => Kept ??= connections.Borrow();

        public override void Close()
        {
            if (Kept is null)
            {
                return;
            }

            transaction?.Dispose();
            connections.GiveBack(Kept);
            (Kept, transaction) = (null, null);
        }

        public override void ChangeDatabase(string databaseName) => throw new NotSupportedException("A file is one database.");

        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
            transaction = new BorrowedTransaction(this, Kept!.BeginTransaction(isolationLevel));

        protected override DbCommand CreateDbCommand() => new BorrowingCommand(this);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                Close();
            }

            base.Dispose(disposing);
        }
    }

    /// <summary>A transaction whose connection is the borrowed one, since EF looks at that.</summary>
    private sealed class BorrowedTransaction(BorrowedConnection connection, SqliteTransaction transaction) : DbTransaction
    {
        public override IsolationLevel IsolationLevel => transaction.IsolationLevel;

        public override bool SupportsSavepoints => true;

        protected override DbConnection DbConnection => connection;

        public override void Commit() => transaction.Commit();

        public override void Rollback() => transaction.Rollback();

        public override void Save(string savepointName) => transaction.Save(savepointName);

        public override void Rollback(string savepointName) => transaction.Rollback(savepointName);

        public override void Release(string savepointName) => transaction.Release(savepointName);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                transaction.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    /// <summary>What EF asks for once, with its text and parameters; where the text is known, the statement that is kept does the work.</summary>
    private sealed class BorrowingCommand(BorrowedConnection connection) : SqliteCommand
    {
        // A statement holds what it was given until it runs again: a picture would stay in memory for each connection.
        private const int LargeValue = 32 * 1024;

        protected override DbTransaction? DbTransaction { get; set; }

        private bool HasLargeValue =>
            Parameters.Cast<SqliteParameter>().Any(parameter => parameter.Value is string { Length: > LargeValue } or byte[] { Length: > LargeValue });

        public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
        {
            // Only now: EF makes a command before it opens the connection.
            var kept = connection.Kept ?? throw new InvalidOperationException("The connection is closed.");
            if (HasLargeValue || kept.StatementFor(CommandText) is not { } statement)
            {
                (Connection, Transaction) = (kept, kept.UnderWay);
                return base.ExecuteReader(behavior);
            }

            statement.Transaction = kept.UnderWay;
            statement.CommandTimeout = CommandTimeout;
            statement.Parameters.Clear();
            foreach (SqliteParameter parameter in Parameters)
            {
                statement.Parameters.Add(parameter);
            }

            return statement.ExecuteReader(behavior);
        }

        public override int ExecuteNonQuery()
        {
            var reader = ExecuteReader();
            reader.Dispose();
            return reader.RecordsAffected;
        }

        public override object? ExecuteScalar()
        {
            using var reader = ExecuteReader();
            return reader.Read() ? reader.GetValue(0) : null;
        }
    }

    /// <summary>An open connection, and what it has run.</summary>
    private sealed class KeptConnection : SqliteConnection
    {
        // SQLite's default is to fail at once where another process writes, and not to look at foreign keys. That a commit is on the disk before
        // anybody rests on it is seen to by SqliteTurn, for all commits of a moment at once.
        private const string Settings = "PRAGMA busy_timeout = 15000; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;";

        // Handlers ask in a few dozen texts. Those beyond are made up, such as one with a list of values in it, and must not stay for good.
        private const int MostStatements = 64;

        private readonly Dictionary<string, KeptStatement> statements = new(StringComparer.Ordinal);

        private KeptConnection(string connectionString)
            : base(connectionString)
        {
        }

        /// <summary>Somebody has begun to read and has not come to the end.</summary>
        public bool IsBeingRead => statements.Values.Any(statement => statement.IsBeingRead);

        public SqliteTransaction? UnderWay => Transaction;

        public static KeptConnection Open(string connectionString)
        {
            var connection = new KeptConnection(connectionString);
            connection.Open();
            using var settings = connection.CreateCommand();
            settings.CommandText = Settings;
            settings.ExecuteNonQuery();
            return connection;
        }

        /// <returns>The statement of a text; null where it is being read, or more texts are known than are kept.</returns>
        public KeptStatement? StatementFor(string text)
        {
            if (statements.TryGetValue(text, out var known))
            {
                return known.IsBeingRead ? null : known;
            }

            return statements.Count == MostStatements ? null : statements[text] = new KeptStatement { Connection = this, CommandText = text };
        }
    }

    /// <summary>A command that is run again and again, and taken apart once.</summary>
    private sealed class KeptStatement : SqliteCommand
    {
        public bool IsBeingRead => DataReader is not null;
    }
}
