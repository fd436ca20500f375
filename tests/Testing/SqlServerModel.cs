using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

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
        var batches = database.GetService<IMigrator>().GenerateScript()
            .Split("\nGO", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var errors = new List<string>();
        foreach (var (statement, index) in batches.SelectMany(Definitions).Select((statement, index) => (statement, index)))
        {
            Add(model, statement, $"migrations, definition {index + 1}", errors);
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

    // The history table's own rows and the transactions around a migration are no definitions.
    private static IEnumerable<string> Definitions(string batch)
    {
        var parser = new TSql160Parser(initialQuotedIdentifiers: true);
        using var reader = new StringReader(batch);
        var script = (TSqlScript)parser.Parse(reader, out var errors);
        if (errors.Count > 0)
        {
            throw new InvalidOperationException($"SQL Server cannot parse a migration: {errors[0].Message} in: {batch}");
        }

        return script.Batches.SelectMany(one => one.Statements).SelectMany(Flatten)
            .Where(statement => statement.GetType().Name.StartsWith("Create", StringComparison.Ordinal))
            .Select(statement => batch.Substring(statement.StartOffset, statement.FragmentLength));
    }

    private static IEnumerable<TSqlStatement> Flatten(TSqlStatement statement) =>
        statement switch
        {
            IfStatement branch => Flatten(branch.ThenStatement),
            BeginEndBlockStatement block => block.StatementList.Statements.SelectMany(Flatten),
            _ => [statement],
        };

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
