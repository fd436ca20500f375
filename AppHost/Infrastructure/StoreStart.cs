using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PlayStationStore.AppHost;

/// <summary>Starts the store, or says in one line why it cannot.</summary>
public static class StoreStart
{
    /// <summary>Builds and runs the application until it is told to stop.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="data">The folder that it keeps to itself meanwhile.</param>
    /// <returns>The process's exit code: 0, or 1 where the store cannot start.</returns>
    public static int RunStore(this IDistributedApplicationBuilder builder, StoreData data)
    {
        builder.Services.AddSingleton(data);
        builder.Services.AddSingleton(_ => new Held(data.Lock()));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(12));
        if (!IsTest(builder.Configuration))
        {
            // First of all hosted services, since Aspire's own returns only when everything has started.
            builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, StoreProgress>());
            builder.Services.AddLogging(logging => logging
                .AddFilter("Aspire", LogLevel.Warning)
                .AddFilter("Aspire.Hosting.Dashboard.DashboardWebApplication", LogLevel.Error)
                .AddFilter("Microsoft", LogLevel.Warning)
                .AddFilter("System.Net.Http", LogLevel.Warning));
        }

        builder.Eventing.Subscribe<BeforeStartEvent>((start, _) =>
        {
            try
            {
                start.Services.GetRequiredService<Held>();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new CannotStartException($"The data folder {data.Root} cannot be used: {exception.Message}");
            }

            if (Ports(builder.Configuration).FirstOrDefault(port => port.Number > 0 && IsTaken(port.Number)) is { Use: { } use } taken)
            {
                throw new CannotStartException($"Port {taken.Number}, for {use}, is taken by another program.");
            }

            return Task.CompletedTask;
        });

        try
        {
            builder.Build().Run();
            return 0;
        }
        catch (CannotStartException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
    }

    private static IEnumerable<(int Number, string Use)> Ports(ConfigurationManager configuration)
    {
        yield return (configuration.GetValue("Store:Port", 8080), "the store");
        // Tests run without a dashboard, and on any free ports.
        if (!IsTest(configuration))
        {
            foreach (var (key, use) in new[]
            {
                ("ASPNETCORE_URLS", "the dashboard"),
                ("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "the dashboard's telemetry"),
            })
            {
                if (Uri.TryCreate(configuration[key], UriKind.Absolute, out var address))
                {
                    yield return (address.Port, use);
                }
            }
        }
    }

    private static bool IsTest(ConfigurationManager configuration) => configuration.GetValue("DcpPublisher:RandomizePorts", false);

    private static bool IsTaken(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private sealed record Held(IDisposable Lock) : IDisposable
    {
        public void Dispose() => Lock.Dispose();
    }

    private sealed class CannotStartException(string message) : Exception(message);
}
