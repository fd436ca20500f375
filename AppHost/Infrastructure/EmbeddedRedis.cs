using Microsoft.Extensions.DependencyInjection;

namespace PlayStationStore.AppHost;

/// <summary>The system's <c>redis-server</c>, run in the foreground on loopback, with its data in a folder of its own.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="folder">The absolute path of the folder.</param>
/// <param name="password">What clients must know.</param>
public sealed class EmbeddedRedisResource(string name, string folder, ParameterResource password)
    : ExecutableResource(name, "redis-server", "/"), IResourceWithConnectionString
{
    /// <summary>The absolute path of the data folder.</summary>
    public string Folder => folder;

    /// <summary>What clients must know.</summary>
    public ParameterResource Password => password;

    /// <summary>Where Redis listens.</summary>
    public EndpointReference Endpoint => field ??= new(this, "redis");

    /// <inheritdoc/>
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"{Endpoint.Property(EndpointProperty.IPV4Host)}:{Endpoint.Property(EndpointProperty.Port)},password={password}");
}

/// <summary>Adds Redis where no container engine answers.</summary>
public static class EmbeddedRedisExtensions
{
    /// <summary>Adds a Redis server that keeps its data over restarts.</summary>
    /// <param name="builder">The application that is being built.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="folder">The absolute path of a folder that no other server uses.</param>
    /// <param name="password">What clients must know.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<EmbeddedRedisResource> AddEmbeddedRedis(
        this IDistributedApplicationBuilder builder, string name, string folder, IResourceBuilder<ParameterResource> password)
    {
        var redis = new EmbeddedRedisResource(name, folder, password.Resource);
        var settings = Path.Combine(folder, "redis.conf");
        builder.Services.AddHealthChecks().AddRedis(
            _ => redis.ConnectionStringExpression.GetValueAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult()!, $"{name}-answers");

        return builder.AddResource(redis)
            .WithEndpoint(name: "redis", scheme: "tcp", isProxied: false)
            .WithArgs(settings, "--port", redis.Endpoint.Property(EndpointProperty.TargetPort))
            .OnBeforeResourceStarted(async (_, _, cancel) =>
            {
                OwnFile.MakeFolder(folder);
                // The password stands in a file, since everybody on the machine can read a process's arguments.
                OwnFile.Write(settings, $"""
                    bind 127.0.0.1
                    dir "{folder}"
                    appendonly yes
                    save ""
                    pidfile "{folder}/pid"
                    requirepass {await password.Resource.GetValueAsync(cancel)}

                    """);
            })
            .WithIconName("Database")
            .WithHealthCheck($"{name}-answers");
    }
}
