using System.ComponentModel;
using System.Diagnostics;

namespace PlayStationStore.AppHost;

/// <summary>
/// What the services stand on: a database each, a broker and a cache. The same five things come from containers or from embedded
/// servers, so that the topology need not know which.
/// </summary>
/// <param name="UsersDatabase">The database of Users.</param>
/// <param name="ProductsDatabase">The database of Products.</param>
/// <param name="OrdersDatabase">The database of Orders.</param>
/// <param name="Broker">RabbitMQ, as an <c>amqp://</c> address.</param>
/// <param name="Cache">Redis, as StackExchange.Redis reads it.</param>
public sealed record StoreInfrastructure(
    IResourceBuilder<IResourceWithConnectionString> UsersDatabase,
    IResourceBuilder<IResourceWithConnectionString> ProductsDatabase,
    IResourceBuilder<IResourceWithConnectionString> OrdersDatabase,
    IResourceBuilder<IResourceWithConnectionString> Broker,
    IResourceBuilder<IResourceWithConnectionString> Cache)
{
    /// <summary>Removes all data. Called while these run and nothing that uses them does; they run again when it ends.</summary>
    public required Func<ResourceCommandService, CancellationToken, Task> EmptyAsync { get; init; }
}

/// <summary>The one place that chooses between containers and embedded servers.</summary>
public static class StoreInfrastructureExtensions
{
    /// <summary>
    /// Adds databases, broker and cache: as <c>Infrastructure</c> says (<c>containers</c> or <c>embedded</c>), else containers where an
    /// engine answers and embedded servers where none does.
    /// </summary>
    /// <param name="builder">The application that is being built.</param>
    /// <param name="data">Where embedded servers keep their data.</param>
    /// <returns>What the services stand on.</returns>
    /// <exception cref="InvalidOperationException"><c>Infrastructure</c> is neither of the two.</exception>
    public static StoreInfrastructure AddStoreInfrastructure(this IDistributedApplicationBuilder builder, StoreData data) =>
        builder.Configuration["Infrastructure"] switch
        {
            "containers" => AddContainers(builder, data),
            "embedded" => AddEmbedded(builder, data),
            null or "" => ContainerEngineAnswers() ? AddContainers(builder, data) : AddEmbedded(builder, data),
            var other => throw new InvalidOperationException($"Infrastructure is '{other}'; it can be 'containers' or 'embedded'."),
        };

    /// <summary>Whether Docker or Podman is there and answers.</summary>
    public static bool ContainerEngineAnswers() => Answers("docker") || Answers("podman");

    private static StoreInfrastructure AddEmbedded(IDistributedApplicationBuilder builder, StoreData data)
    {
        var broker = builder.AddEmbeddedRabbitMq("broker", data.PathOf("broker"), data.AddSecret("broker-password"));
        var cache = builder.AddEmbeddedRedis("cache", data.PathOf("cache"), data.AddSecret("cache-password"));
        return new(
            builder.AddSqlite("users-database", data.PathOf("users/users.db")),
            builder.AddSqlite("products-database", data.PathOf("products/products.db")),
            builder.AddSqlite("orders-database", data.PathOf("orders/orders.db")),
            broker,
            cache)
        {
            EmptyAsync = async (commands, cancel) =>
            {
                await commands.RunAsync(KnownResourceCommands.StopCommand, [broker.Resource, cache.Resource], cancel);
                data.Empty();
                await commands.RunAsync(KnownResourceCommands.StartCommand, [broker.Resource, cache.Resource], cancel);
            },
        };
    }

    private static StoreInfrastructure AddContainers(IDistributedApplicationBuilder builder, StoreData data)
    {
        var databases = builder.AddSqlServer("databases", data.AddSecret("databases-password"))
            .WithDataVolume(data.VolumeOf("databases"));
        var broker = builder.AddRabbitMQ("broker", builder.AddParameter("broker-user", EmbeddedRabbitMqResource.User), data.AddSecret("broker-password"))
            .WithDataVolume(data.VolumeOf("broker"))
            .WithManagementPlugin();
        // Services and Redis talk on this machine only; a certificate of the developer's would have to be trusted by all of them.
#pragma warning disable ASPIRECERTIFICATES001 // The only way to turn it off, still marked as in evaluation.
        var cache = builder.AddRedis("cache", password: data.AddSecret("cache-password"))
            .WithDataVolume(data.VolumeOf("cache")).WithPersistence()
            .WithoutHttpsCertificate();
#pragma warning restore ASPIRECERTIFICATES001
        return new(
            databases.AddDatabase("users-database", "users"),
            databases.AddDatabase("products-database", "products"),
            databases.AddDatabase("orders-database", "orders"),
            broker,
            cache)
        {
            EmptyAsync = async (_, cancel) =>
            {
                await databases.Resource.DropAsync(["users", "products", "orders"], cancel);
                await ContainerData.EmptyAsync(broker.Resource, cancel);
                await ContainerData.EmptyAsync(cache.Resource, cancel);
                data.Empty();
            },
        };
    }

    private static bool Answers(string engine)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(engine, ["info"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (process.WaitForExit(TimeSpan.FromSeconds(5)))
            {
                return process.ExitCode == 0;
            }

            process.Kill();
            return false;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
