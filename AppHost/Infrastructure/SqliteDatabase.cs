using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PlayStationStore.AppHost;

/// <summary>An SQLite database: a file that the service which owns it makes when it migrates.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="path">The absolute path of the file; it ends with <c>.db</c>.</param>
public sealed class SqliteDatabaseResource(string name, string path) : Resource(name), IResourceWithConnectionString
{
    /// <summary>The absolute path of the file.</summary>
    public string DatabasePath => path;

    /// <inheritdoc/>
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"Data Source={path}");
}

/// <summary>Adds SQLite databases.</summary>
public static class SqliteDatabaseExtensions
{
    /// <summary>Adds a database in a file.</summary>
    /// <param name="builder">The application that is being built.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="path">The absolute path of the file; it ends with <c>.db</c>.</param>
    /// <returns>The database.</returns>
    public static IResourceBuilder<SqliteDatabaseResource> AddSqlite(this IDistributedApplicationBuilder builder, string name, string path)
    {
        builder.Services.AddHealthChecks().AddCheck($"{name}-file", () => Check(path));
        return builder.AddResource(new SqliteDatabaseResource(name, path))
            .WithInitialState(new CustomResourceSnapshot
            {
                ResourceType = "SQLite",
                State = KnownResourceStates.Running,
                Properties = [new("Path", path)],
            })
            .WithIconName("Database")
            .WithHealthCheck($"{name}-file");
    }

    private static HealthCheckResult Check(string path)
    {
        try
        {
            using var file = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> header = stackalloc byte[15];
            return file.Length == 0 || (file.ReadAtLeast(header, 15, false) == 15 && header.SequenceEqual("SQLite format 3"u8))
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"{path} is not an SQLite database.");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return HealthCheckResult.Healthy("The service makes the file when it migrates.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return HealthCheckResult.Unhealthy(exception.Message);
        }
    }
}
