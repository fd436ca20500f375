using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace PlayStationStore.Load;

/// <summary>A RabbitMQ for the floor, with the same program and settings as the store's.</summary>
public sealed class OwnBroker : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("floor-broker-").FullName;
    private readonly int port = FreePort();
    private readonly int epmd = FreePort();
    private readonly Process process;

    private OwnBroker() => process = Process.Start(new ProcessStartInfo("/usr/lib/rabbitmq/bin/rabbitmq-server")
    {
        RedirectStandardOutput = true,
        Environment =
        {
            ["HOME"] = folder,
            ["RABBITMQ_NODENAME"] = $"floor{port}@localhost",
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = $"{port}",
            ["RABBITMQ_DIST_PORT"] = $"{FreePort()}",
            ["RABBITMQ_MNESIA_BASE"] = $"{folder}/data",
            ["RABBITMQ_LOG_BASE"] = $"{folder}/log",
            ["RABBITMQ_PID_FILE"] = $"{folder}/pid",
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = $"{folder}/plugins",
            ["RABBITMQ_GENERATED_CONFIG_DIR"] = $"{folder}/config",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["ERL_EPMD_PORT"] = $"{epmd}",
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+B i +sbwt none +sbwtdcpu none +sbwtdio none",
        },
    })!;

    public string ConnectionString => $"amqp://guest:guest@127.0.0.1:{port}";

    public static async Task<OwnBroker> Start()
    {
        var broker = new OwnBroker();
        for (var attempt = 0; attempt < 300; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, broker.port);
                return broker;
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }

        broker.Dispose();
        throw new TimeoutException("RabbitMQ does not start.");
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        Process.Start("epmd", ["-port", $"{epmd}", "-kill"]).WaitForExit();
        Directory.Delete(folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
