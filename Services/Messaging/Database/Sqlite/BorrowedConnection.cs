using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace PlayStationStore.Messaging;

/// <summary>
/// What a context has for its connection: while it is open, it borrows one to read with when it first asks for something, and the one that
/// writes from the beginning of a transaction to its end.
/// </summary>
/// <param name="connections">Lends them.</param>
internal sealed class BorrowedConnection(SqliteConnections connections) : DbConnection
{
    private bool isOpen;
    private KeptConnection? kept;
    private BorrowedTransaction? transaction;

    [AllowNull]
    public override string ConnectionString
    {
        get => $"Data Source={connections.File}";
        set => throw new NotSupportedException("Which file it is does not change.");
    }

    public override string Database => "main";

    public override string DataSource => connections.File;

    public override string ServerVersion => SQLitePCL.raw.sqlite3_libversion().utf8_to_string();

    public override ConnectionState State => isOpen ? ConnectionState.Open : ConnectionState.Closed;

    /// <summary>The open one, for now.</summary>
    public KeptConnection Kept => isOpen ? kept ??= connections.BorrowReader() : throw new InvalidOperationException("The connection is closed.");

    public override void Open() => isOpen = true;

    public override void Close()
    {
        transaction?.Dispose();
        GiveBack();
        isOpen = false;
    }

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException("A file is one database.");

    /// <summary>Does with the one that writes what changes something outside of a transaction.</summary>
    public T Write<T>(Func<KeptConnection, T> write)
    {
        if (transaction is not null || !TakeWriter())
        {
            return write(Kept);
        }

        try
        {
            return write(Kept);
        }
        finally
        {
            GiveBack();
        }
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
    {
        TakeWriter();
        return transaction = new BorrowedTransaction(this, Kept.BeginTransaction(isolationLevel));
    }

    protected override DbCommand CreateDbCommand() => new BorrowingCommand(this);

    protected override void Dispose(bool disposing)
    {
        // One that is collected gives nothing back: what it has may be collected too.
        if (disposing)
        {
            Close();
        }

        base.Dispose(disposing);
    }

    /// <returns>False where somebody is in the middle of reading, who goes on with what they have.</returns>
    private bool TakeWriter()
    {
        if (!isOpen || kept?.IsBeingRead() == true)
        {
            return false;
        }

        GiveBack();
        kept = connections.BorrowWriter();
        return true;
    }

    private void GiveBack()
    {
        if (kept is { } back)
        {
            kept = null;
            connections.GiveBack(back);
        }
    }

    // The next writer may have its turn before this connection is closed.
    private void TransactionEnded()
    {
        transaction = null;
        if (kept?.IsBeingRead() == false)
        {
            GiveBack();
        }
    }

    /// <summary>A transaction whose connection is the borrowed one, since EF looks at that.</summary>
    private sealed class BorrowedTransaction(BorrowedConnection connection, DbTransaction transaction) : DbTransaction
    {
        private bool ended;

        public override IsolationLevel IsolationLevel => transaction.IsolationLevel;

        public override bool SupportsSavepoints => true;

        protected override DbConnection DbConnection => connection;

        public override void Commit()
        {
            transaction.Commit();
            End();
        }

        public override void Rollback()
        {
            transaction.Rollback();
            End();
        }

        public override void Save(string savepointName) => transaction.Save(savepointName);

        public override void Rollback(string savepointName) => transaction.Rollback(savepointName);

        public override void Release(string savepointName) => transaction.Release(savepointName);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                End();
            }

            base.Dispose(disposing);
        }

        // Where it was neither committed nor rolled back, disposing of it rolls it back.
        private void End()
        {
            if (!ended)
            {
                ended = true;
                try
                {
                    transaction.Dispose();
                }
                catch (SqliteException)
                {
                    // A commit that failed for want of space has been rolled back by SQLite itself. The provider does not know, and its connection is
                    // not lent again.
                }

                connection.TransactionEnded();
            }
        }
    }
}
