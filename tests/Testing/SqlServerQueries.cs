using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Linq.Expressions;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace PlayStationStore.Testing;

/// <summary>
/// Translates every query that a test makes on SQLite for SQL Server too. A query that SQL Server's provider cannot translate fails the test
/// that made it; at the end of the run SQL Server's binder must accept all of them, and what saves, changes and removes one of everything in
/// the model; so must a real server wherever it can be started. Declare it as an assembly fixture.
/// </summary>
/// <typeparam name="TContext">The service's context; its own options are SQL Server's.</typeparam>
public sealed class SqlServerQueries<TContext> : IAsyncDisposable
    where TContext : DbContext
{
    private static readonly ConcurrentDictionary<string, string> Seen = new();
    private static readonly DbContextOptions Options = new DbContextOptionsBuilder()
        .UseSqlServer("Server=never.connected").AddInterceptors(new NoServer()).Options;

    private static bool isRecording;

    /// <summary>A context under SQL Server's provider that answers every query with nothing.</summary>
    public static TContext CreateContext() => (TContext)Activator.CreateInstance(typeof(TContext), Options)!;

    /// <summary>Makes the context of an application repeat its queries on <see cref="CreateContext"/>.</summary>
    /// <param name="services">The application's services, in which the context is registered.</param>
    public static void RecordAll(IServiceCollection services)
    {
        // The options belong to the provider's own context, which only the service knows.
        var context = services.Select(service => service.ServiceType)
            .First(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(DbContextOptions<>) && type.GenericTypeArguments[0].IsSubclassOf(typeof(TContext)))
            .GenericTypeArguments[0];
        isRecording = true;
        services.AddSingleton(typeof(IDbContextOptionsConfiguration<>).MakeGenericType(context), typeof(Recording<>).MakeGenericType(typeof(TContext), context));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (isRecording && Seen.IsEmpty)
        {
            throw new InvalidOperationException("An application has run, and none of its queries was seen.");
        }

        SqlServerSaves.Make(CreateContext);
        using var context = CreateContext();
        List<string> errors = [.. SqlServerModel.Validate(context, [.. Seen.Values])];
        if (RealSqlServer.IsThere)
        {
            errors.AddRange(await RealSqlServer.AskAsync<TContext>([.. Seen.Values]));
        }

        if (errors.Count > 0)
        {
            throw new InvalidOperationException($"SQL Server refuses:\n{string.Join('\n', errors)}");
        }
    }

    private static void Repeat<TResult>(Expression query, bool asynchronous)
    {
        using var context = CreateContext();
        var rebound = new Rebind(context).Visit(query);
        var compiler = context.GetService<IQueryCompiler>();
        try
        {
            object? result = asynchronous ? compiler.ExecuteAsync<TResult>(rebound, CancellationToken.None) : compiler.Execute<TResult>(rebound);
            Finish(result).GetAwaiter().GetResult();
        }
        catch (InvalidOperationException exception) when (exception.Message.StartsWith("Sequence contains no elements", StringComparison.Ordinal))
        {
            // No server, no rows: First and Single say so once the query is translated.
        }
    }

    private static async Task Finish(object? result)
    {
        switch (result)
        {
            case Task task:
                await task;
                break;
            case System.Collections.IEnumerable rows and not string:
                rows.GetEnumerator().MoveNext();
                break;
        }
    }

    private sealed class Recording<TSqliteContext> : IDbContextOptionsConfiguration<TSqliteContext>
        where TSqliteContext : DbContext
    {
        public void Configure(IServiceProvider serviceProvider, DbContextOptionsBuilder optionsBuilder) => optionsBuilder.ReplaceService<IQueryCompiler, Compiler>();
    }

    private sealed class Compiler(
        IQueryContextFactory queryContextFactory, ICompiledQueryCache compiledQueryCache, ICompiledQueryCacheKeyGenerator compiledQueryCacheKeyGenerator,
        Microsoft.EntityFrameworkCore.Storage.IDatabase database, IDiagnosticsLogger<DbLoggerCategory.Query> logger, ICurrentDbContext currentContext,
        IEvaluatableExpressionFilter evaluatableExpressionFilter, Microsoft.EntityFrameworkCore.Metadata.IModel model)
        : QueryCompiler(queryContextFactory, compiledQueryCache, compiledQueryCacheKeyGenerator, database, logger, currentContext, evaluatableExpressionFilter, model)
    {
        public override TResult Execute<TResult>(Expression query)
        {
            Repeat<TResult>(query, asynchronous: false);
            return base.Execute<TResult>(query);
        }

        public override TResult ExecuteAsync<TResult>(Expression query, CancellationToken cancellationToken = default)
        {
            Repeat<TResult>(query, asynchronous: true);
            return base.ExecuteAsync<TResult>(query, cancellationToken);
        }
    }

    // A query names the entity types of the context that it was written on, and may hold that context or another query of it.
    private sealed class Rebind(TContext context) : ExpressionVisitor
    {
        protected override Expression VisitExtension(Expression node) => node is EntityQueryRootExpression root
            ? new EntityQueryRootExpression((IAsyncQueryProvider)((IQueryable)Set(root.EntityType.ClrType)).Provider, context.Model.FindEntityType(root.EntityType.Name)!)
            : base.VisitExtension(node);

        protected override Expression VisitConstant(ConstantExpression node) => node.Value switch
        {
            DbContext => Expression.Constant(context),
            IQueryable { Expression: var query } when query != node => Visit(query),
            _ => node,
        };

        protected override Expression VisitMember(MemberExpression node) =>
            node.Expression is ConstantExpression captured && (node.Type.IsAssignableTo(typeof(DbContext)) || node.Type.IsAssignableTo(typeof(IQueryable)))
                ? Visit(Expression.Constant(((System.Reflection.FieldInfo)node.Member).GetValue(captured.Value), node.Type))
                : base.VisitMember(node);

        private object Set(Type entity) => typeof(DbContext).GetMethod(nameof(DbContext.Set), Type.EmptyTypes)!.MakeGenericMethod(entity).Invoke(context, null)!;
    }

    // Takes the place of the server: notes each statement, and has no rows.
    private sealed class NoServer : DbCommandInterceptor, IDbConnectionInterceptor
    {
        public InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();

        public ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) => new(InterceptionResult.Suppress());

        public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) =>
            InterceptionResult<DbDataReader>.SuppressWithResult(Note<DbDataReader>(command, NoRows()));

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
            new(InterceptionResult<DbDataReader>.SuppressWithResult(Note<DbDataReader>(command, NoRows())));

        public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result) =>
            InterceptionResult<int>.SuppressWithResult(Note(command, 0));

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            new(InterceptionResult<int>.SuppressWithResult(Note(command, 0)));

        private static DataTableReader NoRows()
        {
            using var table = new DataTable();
            // A split query counts the columns before it reads; it accepts more than it asked for.
            for (var column = 0; column < 200; column++)
            {
                table.Columns.Add();
            }

            return table.CreateDataReader();
        }

        private static T Note<T>(DbCommand command, T answer)
        {
            var sql = new StringBuilder();
            foreach (Microsoft.Data.SqlClient.SqlParameter parameter in command.Parameters)
            {
                sql.Append("DECLARE ").Append(parameter.ParameterName).Append(' ').Append(TypeName(parameter)).AppendLine(";");
            }

            sql.Append(command.CommandText);
            Seen.TryAdd(command.CommandText, sql.ToString());
            return answer;
        }

        private static string TypeName(Microsoft.Data.SqlClient.SqlParameter parameter) => parameter.SqlDbType switch
        {
            SqlDbType.NVarChar or SqlDbType.VarChar or SqlDbType.VarBinary or SqlDbType.NChar or SqlDbType.Char or SqlDbType.Binary => $"{parameter.SqlDbType}(max)".Replace("NChar(max)", "nvarchar(max)", StringComparison.Ordinal),
            _ => parameter.SqlDbType.ToString(),
        };
    }
}
