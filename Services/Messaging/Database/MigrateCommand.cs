using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PlayStationStore.Messaging;

/// <summary>
/// <c>{Service} migrate</c>: brings the database up to date, adds its first data, and declares the service's queues, so that an event that
/// is published before the service has ever run finds its queue; what an earlier release has left on the broker goes. Run once before the replicas start.
/// </summary>
public static class MigrateCommand
{
    /// <summary>Whether this process was started as <c>migrate</c>.</summary>
    internal static bool IsRunning { get; } = Environment.GetCommandLineArgs() is [_, "migrate", ..];

    /// <summary>Runs the command where it was asked for.</summary>
    /// <typeparam name="TContext">The service's context.</typeparam>
    /// <param name="app">The application, built but not started.</param>
    /// <param name="seed">Adds first data; must be safe to repeat.</param>
    /// <returns>True where the command has run, and the program should end.</returns>
    public static async Task<bool> TryMigrateAsync<TContext>(this WebApplication app, Func<IServiceProvider, Task>? seed = null)
        where TContext : DbContext
    {
        if (!IsRunning)
        {
            return false;
        }

        await using var scope = app.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>();
        await database.MigrateStoreAsync();
        await (seed?.Invoke(scope.ServiceProvider) ?? Task.CompletedTask);
        app.Logger.LogInformation("The database is up to date.");

        var bus = app.Services.GetRequiredService<IBusControl>();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await bus.StartAsync(patience.Token);
        await bus.StopAsync(patience.Token);
        if (await app.Services.GetRequiredService<EarlierReleases>().ClearAsync(app.Configuration, patience.Token) is > 0 and var removed)
        {
            app.Logger.LogWarning("{Count} messages were removed from the broker, which an earlier release had handled and kept.", removed);
        }

        app.Logger.LogInformation("The queues are declared.");
        return true;
    }

    /// <summary>Applies the migrations; one that was killed half-way does not block this or the next run.</summary>
    /// <param name="database">The service's context.</param>
    public static async Task MigrateStoreAsync(this DbContext database)
    {
        if (!database.Database.IsSqlite())
        {
            await database.Database.MigrateAsync();
            return;
        }

        var file = database.Database.GetDbConnection().DataSource;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        // The operating system gives this lock back when its holder dies; EF's own, a row, would stay. With the first held, a row that
        // is there belongs to nobody.
        await using var held = await HoldAsync(file + ".migrating");
        await database.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL; DROP TABLE IF EXISTS \"__EFMigrationsLock\";");
        await database.Database.MigrateAsync();
    }

    private static async Task<FileStream> HoldAsync(string path)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < 600)
            {
                await Task.Delay(100);
            }
        }
    }
}
