using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.Dac.Model;

namespace PlayStationStore.Testing;

/// <summary>What SQL Server would say to a service's migrations and queries, asked of its own parser and binder without a server.</summary>
public static class SqlServerModel
{
    /// <summary>Checks that migrations create the schema of the model, and that SQL Server's binder accepts it and the given statements.</summary>
    /// <param name="database">A context under the SQL Server provider; it is never connected.</param>
    /// <param name="queries">Statements with their parameters declared.</param>
    /// <returns>What is wrong, a line each; empty where all is right.</returns>
    public static IReadOnlyList<string> Validate(DbContext database, params IReadOnlyList<string> queries)
    {
        using var model = new TSqlModel(SqlServerVersion.Sql160, new TSqlModelOptions());
        var migrations = new MigrationScript(database.GetService<IMigrator>().GenerateScript());
        var errors = new List<string>();
        foreach (var (index, definition) in migrations.Definitions.Index())
        {
            Add(model, definition, $"migrations, definition {index + 1}", errors);
        }

        foreach (var (index, change) in migrations.ChangesOfData.Index())
        {
            Add(model, $"CREATE PROCEDURE [Migration {index}] AS BEGIN SET NOCOUNT ON;\n{change}\nEND", $"migrations, change {index + 1}", errors);
        }

        for (var index = 0; index < queries.Count; index++)
        {
            Add(model, $"CREATE PROCEDURE [Query {index}] AS BEGIN SET NOCOUNT ON;\n{queries[index]}\nEND", $"query {index}", errors);
        }

        errors.AddRange(model.Validate().Where(message => message.MessageType == Microsoft.SqlServer.Dac.DacMessageType.Error)
            .Select(message => message.ToString()));
        return [.. errors.Select(error => error + SqlOf(error, queries))];
    }

    private static string SqlOf(string error, IReadOnlyList<string> queries) =>
        Regex.Match(error, "[Qq]uery ([0-9]+)") is { Success: true } match ? $"\n{queries[int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)]}" : "";

    private static void Add(TSqlModel model, string sql, string name, List<string> errors)
    {
        try
        {
            model.AddOrUpdateObjects(sql, name, new TSqlObjectOptions());
        }
        catch (DacModelException exception)
        {
            errors.Add($"{name}: {exception.Message}");
        }
    }
}
