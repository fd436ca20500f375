using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace PlayStationStore.Testing;

/// <summary>What a script of migrations leaves behind, told from its statements without a server.</summary>
internal sealed class MigrationScript
{
    private readonly Dictionary<string, CreateTableStatement> tables = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<TSqlStatement> others = [];
    private readonly List<TSqlStatement> changesOfData = [];

    /// <summary>Reads a script; <c>GO</c> separates its batches.</summary>
    /// <exception cref="InvalidOperationException">SQL Server's parser refuses it, or a statement is of a kind that is not known here.</exception>
    public MigrationScript(string script)
    {
        var parser = new TSql160Parser(initialQuotedIdentifiers: true);
        using var reader = new StringReader(script);
        var parsed = (TSqlScript)parser.Parse(reader, out var errors);
        if (errors.Count > 0)
        {
            throw new InvalidOperationException($"SQL Server cannot parse a migration: {errors[0].Message} (line {errors[0].Line}) in: {script}");
        }

        foreach (var statement in parsed.Batches.SelectMany(batch => batch.Statements).SelectMany(Flatten))
        {
            Apply(statement);
        }
    }

    /// <summary>The definitions of tables, indexes and whatever else is there at the end.</summary>
    public IEnumerable<string> Definitions => tables.Values.Concat(others).Select(Write);

    /// <summary>Statements that move data from one shape to the next.</summary>
    public IEnumerable<string> ChangesOfData => changesOfData.Select(Write);

    private void Apply(TSqlStatement statement)
    {
        switch (statement)
        {
            case CreateTableStatement table:
                tables.Add(NameOf(table.SchemaObjectName), table);
                break;
            case AlterTableAddTableElementStatement added:
                var grown = Table(added.SchemaObjectName).Definition;
                foreach (var column in added.Definition.ColumnDefinitions)
                {
                    grown.ColumnDefinitions.Add(column);
                }

                foreach (var constraint in added.Definition.TableConstraints)
                {
                    grown.TableConstraints.Add(constraint);
                }

                break;
            case AlterTableAlterColumnStatement altered:
                var changed = Table(altered.SchemaObjectName).Definition.ColumnDefinitions.Single(column => Same(column.ColumnIdentifier, altered.ColumnIdentifier));
                (changed.DataType, changed.Collation) = (altered.DataType, altered.Collation);
                break;
            case AlterTableDropTableElementStatement dropped:
                foreach (var element in dropped.AlterTableDropTableElements)
                {
                    Drop(Table(dropped.SchemaObjectName).Definition, element);
                }

                break;
            case DropTableStatement gone:
                gone.Objects.ToList().ForEach(table => tables.Remove(NameOf(table)));
                break;
            case DropIndexStatement gone:
                others.RemoveAll(other => other is CreateIndexStatement index
                    && gone.DropIndexClauses.OfType<DropIndexClause>().Any(clause => Same(clause.Index, index.Name)));
                break;
            case DataModificationStatement change:
                changesOfData.Add(change);
                break;
            case var definition when definition.GetType().Name.StartsWith("Create", StringComparison.Ordinal):
                others.Add(definition);
                break;
            case ExecuteStatement { ExecuteSpecification.ExecutableEntity: ExecutableProcedureReference { Parameters: [{ ParameterValue: StringLiteral old }, { ParameterValue: StringLiteral now }, { ParameterValue: StringLiteral kind }] } call }
                when string.Equals(call.ProcedureReference.ProcedureReference.Name.BaseIdentifier.Value, "sp_rename", StringComparison.OrdinalIgnoreCase):
                Rename(old.Value.Split('.', '[', ']').Where(part => part.Length > 0).ToList(), now.Value, kind.Value);
                break;
            case BeginTransactionStatement or CommitTransactionStatement or DeclareVariableStatement or SelectStatement or ExecuteStatement or SetVariableStatement
                or SetIdentityInsertStatement:
                // Of these, EF writes what looks up the name of a default constraint and drops it; the definitions here hold none by name. Around the
                // rows that a migration adds, it allows their keys to be set.
                break;
            default:
                throw new InvalidOperationException($"What a migration does by {statement.GetType().Name} is not known here: {Write(statement)}");
        }
    }

    /// <summary>Renames a column, wherever the definitions name it, or an index.</summary>
    private void Rename(IReadOnlyList<string> path, string now, string kind)
    {
        var (table, old) = (path[^2], path[^1]);
        var indexes = others.OfType<CreateIndexStatement>().Where(index => string.Equals(NameOf(index.OnName), table, StringComparison.OrdinalIgnoreCase)).ToList();
        if (kind is "INDEX")
        {
            indexes.Single(index => string.Equals(index.Name.Value, old, StringComparison.OrdinalIgnoreCase)).Name.Value = now;
            return;
        }

        var renaming = new Renaming(old, now);
        tables[table].Definition.Accept(renaming);
        indexes.ForEach(index => index.Accept(renaming));
        foreach (var key in tables.Values.SelectMany(other => other.Definition.TableConstraints).OfType<ForeignKeyConstraintDefinition>()
            .Where(key => string.Equals(NameOf(key.ReferenceTableName), table, StringComparison.OrdinalIgnoreCase)))
        {
            key.ReferencedTableColumns.ToList().ForEach(renaming.Visit);
        }
    }

    private static void Drop(TableDefinition table, AlterTableDropTableElement element)
    {
        foreach (var column in table.ColumnDefinitions.Where(column => Same(column.ColumnIdentifier, element.Name)).ToList())
        {
            table.ColumnDefinitions.Remove(column);
        }

        foreach (var constraint in table.TableConstraints.Where(constraint => Same(constraint.ConstraintIdentifier, element.Name)).ToList())
        {
            table.TableConstraints.Remove(constraint);
        }
    }

    private CreateTableStatement Table(SchemaObjectName name) =>
        tables.GetValueOrDefault(NameOf(name)) ?? throw new InvalidOperationException($"A migration changes the table {NameOf(name)}, which is not there.");

    private static string NameOf(SchemaObjectName name) => name.BaseIdentifier.Value;

    private static bool Same(Identifier? one, Identifier other) => string.Equals(one?.Value, other.Value, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<TSqlStatement> Flatten(TSqlStatement statement) => statement switch
    {
        IfStatement branch => Flatten(branch.ThenStatement),
        BeginEndBlockStatement block => block.StatementList.Statements.SelectMany(Flatten),
        _ => [statement],
    };

    private static string Write(TSqlStatement statement)
    {
        new Sql160ScriptGenerator().GenerateScript(statement, out var text);
        return text;
    }

    // What another table is referred to by is not this table's column.
    private sealed class Renaming(string old, string now) : TSqlFragmentVisitor
    {
        public override void Visit(Identifier node)
        {
            if (string.Equals(node.Value, old, StringComparison.OrdinalIgnoreCase))
            {
                node.Value = now;
            }
        }

        public override void ExplicitVisit(ForeignKeyConstraintDefinition node) => node.Columns.ToList().ForEach(Visit);
    }
}
