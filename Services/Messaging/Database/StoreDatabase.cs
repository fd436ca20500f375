using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PlayStationStore.Messaging;

/// <summary>A service's database: SQL Server, or an SQLite file, by its connection string.</summary>
public static class StoreDatabase
{
    /// <summary>
    /// Adds <typeparamref name="TContext"/> for the connection string of the service's name. One whose <c>Data Source</c> is a file that ends
    /// in <c>.db</c> means SQLite; any other means SQL Server.
    /// </summary>
    /// <typeparam name="TContext">The context that handlers ask for; its migrations are SQL Server's.</typeparam>
    /// <typeparam name="TSqliteContext">The same with SQLite's conversions and migrations.</typeparam>
    /// <param name="builder">The application that is being built.</param>
    /// <param name="service">The service's name in lower case.</param>
    public static void AddStoreDatabase<TContext, TSqliteContext>(this WebApplicationBuilder builder, string service)
        where TContext : DbContext
        where TSqliteContext : TContext
    {
        var connection = builder.Configuration.GetConnectionString(service)
            ?? throw new InvalidOperationException($"The connection string {service} is missing; the AppHost gives it to every service.");
        builder.Services.AddSingleton<OutboxQueue>();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddExceptionHandler<ConflictHandler>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealthCheck<TContext>>("database");

        if (connection.EndsWith(".db", StringComparison.Ordinal))
        {
            builder.Services.AddSingleton(SqliteWriters.Of(new SqliteConnectionStringBuilder(connection).DataSource));
            builder.Services.AddSingleton(_ => new SqliteConnections(connection));
            builder.Services.AddDbContextPool<TContext, TSqliteContext>((services, options) => Configure(services, options
                .UseSqlite(connection).AddInterceptors(services.GetRequiredService<SqliteConnections>(), new SqliteTurn(services.GetRequiredService<SqliteWriters>()))));
        }
        else
        {
            builder.Services.AddDbContextPool<TContext>((services, options) => Configure(services, options.UseSqlServer(
                connection, server => server.EnableRetryOnFailure())));
        }
    }

    private static DbContextOptionsBuilder Configure(IServiceProvider services, DbContextOptionsBuilder options) => options
        .ReplaceService<DiagnosticSource, RecordedDiagnostics>()
        // Whether anybody is to be told differs from trace to trace, so it is not remembered from one statement to the next.
        .ConfigureLoggingCacheTime(TimeSpan.Zero)
        .AddInterceptors(
            new AuditInterceptor(services.GetRequiredService<IHttpContextAccessor>(), services.GetRequiredService<TimeProvider>()),
            new OutboxInterceptor(services.GetRequiredService<OutboxQueue>(), services.GetRequiredService<TimeProvider>()))
        .ConfigureWarnings(warnings => warnings
            // Reading a first page without an order would differ between the providers.
            .Throw(CoreEventId.RowLimitingOperationWithoutOrderByWarning, CoreEventId.FirstWithoutOrderByAndFilterWarning)
            // Whether a save that failed is an error, its caller knows: a race that a unique index decides is none. What nobody handles is logged by the host.
            .Log((CoreEventId.SaveChangesFailed, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug)));
}
