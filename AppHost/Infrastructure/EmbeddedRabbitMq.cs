using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace PlayStationStore.AppHost;

/// <summary>The system's RabbitMQ, run in the foreground on loopback as whoever starts the store, with its data in a folder of its own.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="folder">The absolute path of the folder.</param>
/// <param name="password">The password of <see cref="User"/>.</param>
public sealed class EmbeddedRabbitMqResource(string name, string folder, ParameterResource password)
    : ExecutableResource(name, "/bin/sh", "/"), IResourceWithConnectionString
{
    /// <summary>The only user; the well-known <c>guest</c> does not exist.</summary>
    public const string User = "store";

    /// <summary>The absolute path of the data folder.</summary>
    public string Folder => folder;

    /// <summary>The password of <see cref="User"/>.</summary>
    public ParameterResource Password => password;

    /// <summary>Where RabbitMQ speaks AMQP.</summary>
    public EndpointReference Endpoint => field ??= new(this, "amqp");

    /// <inheritdoc/>
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"amqp://{User}:{password:uri}@{Endpoint.Property(EndpointProperty.IPV4Host)}:{Endpoint.Property(EndpointProperty.Port)}");
}

/// <summary>Adds RabbitMQ where no container engine answers.</summary>
public static class EmbeddedRabbitMqExtensions
{
    // Erlang's name server, epmd, is a daemon that outlives every broker unless the broker finds one that already runs. This one is a child
    // of the broker's process and dies with it, even if that is killed. `sbin/rabbitmq-server` would change to the system's user; this does not.
    private const string Script = """
        setpriv --pdeathsig KILL epmd &
        until epmd -names >/dev/null 2>&1; do sleep 0.05; done
        server=/usr/lib/rabbitmq/bin/rabbitmq-server
        [ -x $server ] || server=rabbitmq-server
        exec $server
        """;

    /// <summary>Adds a broker that keeps its queues and messages over restarts.</summary>
    /// <param name="builder">The application that is being built.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="folder">The absolute path of a folder that no other broker uses.</param>
    /// <param name="password">The password of <see cref="EmbeddedRabbitMqResource.User"/>.</param>
    /// <returns>The broker.</returns>
    public static IResourceBuilder<EmbeddedRabbitMqResource> AddEmbeddedRabbitMq(
        this IDistributedApplicationBuilder builder, string name, string folder, IResourceBuilder<ParameterResource> password)
    {
        var rabbit = new EmbeddedRabbitMqResource(name, folder, password.Resource);
        builder.Services.AddHealthChecks().AddAsyncCheck($"{name}-answers", cancel => CheckAsync(rabbit, cancel));

        return builder.AddResource(rabbit)
            .WithArgs("-c", Script)
            .WithEndpoint(name: "amqp", scheme: "amqp", env: "RABBITMQ_NODE_PORT", isProxied: false)
            // Two brokers of one machine must not share these two either, so they are endpoints and get a free port each.
            .WithEndpoint(name: "distribution", scheme: "tcp", env: "RABBITMQ_DIST_PORT", isProxied: false)
            .WithEndpoint(name: "names", scheme: "tcp", env: "ERL_EPMD_PORT", isProxied: false)
            .WithUrlForEndpoint("distribution", url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly)
            .WithUrlForEndpoint("names", url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly)
            .WithEnvironment("HOME", folder)
            .WithEnvironment("RABBITMQ_NODENAME", "store@localhost")
            .WithEnvironment("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1")
            .WithEnvironment("RABBITMQ_CONFIG_FILE", Path.Combine(folder, "rabbitmq.conf"))
            .WithEnvironment("RABBITMQ_MNESIA_BASE", Path.Combine(folder, "queues"))
            .WithEnvironment("RABBITMQ_LOG_BASE", Path.Combine(folder, "log"))
            .WithEnvironment("RABBITMQ_LOGS", "-")
            .WithEnvironment("RABBITMQ_PID_FILE", Path.Combine(folder, "pid"))
            .WithEnvironment("RABBITMQ_ENABLED_PLUGINS_FILE", Path.Combine(folder, "plugins"))
            .WithEnvironment("RABBITMQ_GENERATED_CONFIG_DIR", Path.Combine(folder, "generated"))
            .WithEnvironment("ERL_EPMD_ADDRESS", "127.0.0.1")
            // The start script then becomes the broker instead of watching over it, so that a signal reaches the broker itself.
            .WithEnvironment("RUNNING_UNDER_SYSTEMD", "true")
            // Erlang's schedulers would spin while they are idle, at the cost of the services beside them.
            .WithEnvironment(
                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                "+B i +sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}")
            .OnBeforeResourceStarted(async (_, _, cancel) =>
            {
                OwnFile.MakeFolder(folder);
                OwnFile.Write(Path.Combine(folder, "rabbitmq.conf"), $"""
                    default_user = {EmbeddedRabbitMqResource.User}
                    default_pass = {await password.Resource.GetValueAsync(cancel)}

                    """);
            })
            .WithIconName("MailMultiple")
            .WithHealthCheck($"{name}-answers");
    }

    // Aspire looks at what is not healthy after 1, 2, 3, 4, 5 seconds. A check that itself waits a while lets the store go on as soon as
    // the broker answers.
    private static async Task<HealthCheckResult> CheckAsync(EmbeddedRabbitMqResource rabbit, CancellationToken cancel)
    {
        var factory = new ConnectionFactory { Uri = new Uri((await rabbit.ConnectionStringExpression.GetValueAsync(cancel))!) };
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = await factory.CreateConnectionAsync(cancel);
                return HealthCheckResult.Healthy();
            }
            catch (BrokerUnreachableException exception) when (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(10))
            {
                return HealthCheckResult.Unhealthy(exception.InnerException?.Message ?? exception.Message);
            }
            catch (BrokerUnreachableException)
            {
                await Task.Delay(100, cancel);
            }
        }
    }
}
