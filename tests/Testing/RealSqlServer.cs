using DotNet.Testcontainers.Builders;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Testcontainers.MsSql;

namespace PlayStationStore.Testing;

/// <summary>SQL Server itself, in a container, asked wherever a container engine answers.</summary>
public static class RealSqlServer
{
    // The one that the AppHost runs.
    private const string Image = "mcr.microsoft.com/mssql/server:2022-CU26-ubuntu-22.04";

    /// <summary>Whether a container engine answers, so that the server can be started.</summary>
    public static bool IsThere { get; } = Build() is not null;

    /// <summary>Applies a service's migrations to an empty database, and makes statements on it.</summary>
    /// <typeparam name="TContext">The service's context.</typeparam>
    /// <param name="statements">SQL with its parameters declared; what each changes is taken back.</param>
    /// <returns>What the server refuses, a line each; empty where it accepts all.</returns>
    /// <exception cref="InvalidOperationException">No container engine answers.</exception>
    public static async Task<IReadOnlyList<string>> AskAsync<TContext>(params IReadOnlyCollection<string> statements)
        where TContext : DbContext
    {
        await using var server = Build() ?? throw new InvalidOperationException("No container engine answers.");
        await server.StartAsync();
        var options = new DbContextOptionsBuilder().UseSqlServer(server.GetConnectionString()).Options;
        await using var database = (TContext)Activator.CreateInstance(typeof(TContext), options)!;
        await database.Database.MigrateAsync();

        var refused = new List<string>();
        await database.Database.OpenConnectionAsync();
        foreach (var statement in statements)
        {
            await using var transaction = (SqlTransaction)await database.Database.GetDbConnection().BeginTransactionAsync();
            await using var command = new SqlCommand(statement, transaction.Connection, transaction);
            try
            {
                await command.ExecuteNonQueryAsync();
            }
            catch (SqlException exception) when (!IsAboutRows(exception))
            {
                refused.Add($"{exception.Message}\n{statement}");
            }
        }

        return refused;
    }

    // Rows made of sample values break keys and bounds, for which the server must have understood the statement.
    private static bool IsAboutRows(SqlException exception) => exception.Number is 515 or 547 or 2601 or 2627 or 2628 or 8152;

    private static MsSqlContainer? Build()
    {
        try
        {
            return new MsSqlBuilder(Image).Build();
        }
        catch (DockerUnavailableException)
        {
            return null;
        }
    }
}
