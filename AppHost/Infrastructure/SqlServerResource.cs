using Microsoft.Data.SqlClient;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PlayStationStore.AppHost;

/// <summary>
/// SQL Server in a container. Names and methods are those of Aspire.Hosting.SqlServer, so that this file can give way to that package
/// wherever it can be had.
/// </summary>
/// <param name="name">The resource's name.</param>
/// <param name="password">The password of <c>sa</c>.</param>
public sealed class SqlServerServerResource(string name, ParameterResource password) : ContainerResource(name), IResourceWithConnectionString
{
    /// <summary>Where SQL Server listens.</summary>
    public EndpointReference PrimaryEndpoint => field ??= new(this, "tcp");

    /// <summary>The password of <c>sa</c>.</summary>
    public ParameterResource PasswordParameter => password;

    /// <inheritdoc/>
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"Server={PrimaryEndpoint.Property(EndpointProperty.IPV4Host)},{PrimaryEndpoint.Property(EndpointProperty.Port)};User ID=sa;Password={password};TrustServerCertificate=true");

    /// <summary>Removes databases and ends whatever uses them. One that does not exist is no error.</summary>
    /// <param name="names">The databases' names on the server.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task DropAsync(IEnumerable<string> names, CancellationToken cancel)
    {
        await using var connection = new SqlConnection(await ConnectionStringExpression.GetValueAsync(cancel));
        await connection.OpenAsync(cancel);
        foreach (var database in names)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"""
                IF DB_ID(@name) IS NOT NULL
                    EXEC('ALTER DATABASE [' + @name + '] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [' + @name + ']')
                """;
            command.Parameters.AddWithValue("@name", database);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }
}

/// <summary>A database of a SQL Server. The service that owns it makes it when it migrates.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="databaseName">The database's name on the server.</param>
/// <param name="parent">The server.</param>
public sealed class SqlServerDatabaseResource(string name, string databaseName, SqlServerServerResource parent)
    : Resource(name), IResourceWithParent<SqlServerServerResource>, IResourceWithConnectionString
{
    /// <summary>The server.</summary>
    public SqlServerServerResource Parent => parent;

    /// <summary>The database's name on the server.</summary>
    public string DatabaseName => databaseName;

    /// <inheritdoc/>
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{parent};Initial Catalog={databaseName}");
}

/// <summary>Adds SQL Server.</summary>
public static class SqlServerBuilderExtensions
{
    /// <summary>Adds a SQL Server.</summary>
    /// <param name="builder">The application that is being built.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="password">The password of <c>sa</c>, of three kinds of characters.</param>
    /// <param name="port">The port on this machine, or null for any free one.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<SqlServerServerResource> AddSqlServer(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource> password, int? port = null)
    {
        var server = new SqlServerServerResource(name, password.Resource);
        builder.AddLoginCheck($"{name}-answers", server);
        return builder.AddResource(server)
            .WithImage("mssql/server", "2022-CU26-ubuntu-22.04")
            .WithImageRegistry("mcr.microsoft.com")
            .WithEndpoint(name: "tcp", port: port, targetPort: 1433)
            .WithEnvironment("ACCEPT_EULA", "Y")
            .WithEnvironment("MSSQL_SA_PASSWORD", password)
            .WithIconName("DatabaseMultiple")
            .WithHealthCheck($"{name}-answers");
    }

    /// <summary>Adds a database.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="databaseName">The database's name on the server; the resource's name if null.</param>
    /// <returns>The database.</returns>
    public static IResourceBuilder<SqlServerDatabaseResource> AddDatabase(
        this IResourceBuilder<SqlServerServerResource> builder, string name, string? databaseName = null) =>
        builder.ApplicationBuilder.AddResource(new SqlServerDatabaseResource(name, databaseName ?? name, builder.Resource))
            .WithIconName("Database")
            .WithHealthCheck($"{builder.Resource.Name}-answers");

    /// <summary>Keeps the databases in a volume, so that they outlive the container.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The volume's name.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<SqlServerServerResource> WithDataVolume(this IResourceBuilder<SqlServerServerResource> builder, string name) =>
        builder.WithVolume(name, "/var/opt/mssql");

    // The server listens well before it lets anyone in.
    private static void AddLoginCheck(this IDistributedApplicationBuilder builder, string name, SqlServerServerResource server) =>
        builder.Services.AddHealthChecks().AddAsyncCheck(name, async cancel =>
        {
            try
            {
                await using var connection = new SqlConnection(await server.ConnectionStringExpression.GetValueAsync(cancel));
                await connection.OpenAsync(cancel);
                return HealthCheckResult.Healthy();
            }
            catch (SqlException exception)
            {
                return HealthCheckResult.Unhealthy(exception.Message);
            }
        });
}
