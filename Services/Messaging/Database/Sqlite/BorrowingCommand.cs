using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace PlayStationStore.Messaging;

/// <summary>
/// What EF asks for once, with its text and parameters; the statement of the open connection that has this text does the work. It is no
/// <see cref="SqliteCommand"/>, which has two properties of the name Connection, so that telemetry could not read either.
/// </summary>
/// <param name="connection">Whose command it is.</param>
internal sealed class BorrowingCommand(BorrowedConnection connection) : DbCommand
{
    // A statement holds what it was given until it runs again: a picture would stay in memory for each connection.
    private const int LargeValue = 32 * 1024;

    private readonly Values values = new();

    [AllowNull]
    public override string CommandText { get; set; } = "";

    public override int CommandTimeout { get; set; } = 30;

    public override CommandType CommandType { get; set; } = CommandType.Text;

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection
    {
        get => connection;
        set => throw new NotSupportedException("A command stays with its connection.");
    }

    protected override DbTransaction? DbTransaction { get; set; }

    protected override DbParameterCollection DbParameterCollection => values;

    private bool HasLargeValue =>
        values.Cast<SqliteParameter>().Any(parameter => parameter.Value is string { Length: > LargeValue } or byte[] { Length: > LargeValue });

    public override int ExecuteNonQuery() => connection.Write(kept =>
    {
        var reader = Run(kept, CommandBehavior.Default);
        reader.Dispose();
        return reader.RecordsAffected;
    });

    public override object? ExecuteScalar()
    {
        using var reader = ExecuteReader();
        return reader.Read() ? reader.GetValue(0) : null;
    }

    public override void Prepare()
    {
        // A statement is prepared when it first runs.
    }

    public override void Cancel()
    {
        // As with the provider's own commands: a statement of a local file is not interrupted.
    }

    protected override DbParameter CreateDbParameter() => new SqliteParameter();

    // Only now, with the open one: EF makes a command before it opens the connection.
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Run(connection.Kept, behavior);

    private SqliteDataReader Run(KeptConnection kept, CommandBehavior behavior)
    {
        var statement = kept.StatementFor(CommandText, once: HasLargeValue);
        statement.Transaction = kept.UnderWay;
        statement.CommandTimeout = CommandTimeout;
        statement.Parameters.Clear();
        foreach (SqliteParameter parameter in values)
        {
            statement.Parameters.Add(parameter);
        }

        return statement.ExecuteReader(behavior);
    }

    private sealed class Values : SqliteParameterCollection;
}
