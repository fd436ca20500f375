using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Xunit;

namespace PlayStationStore.Testing;

/// <summary>A server process of the system's packages that a test has to itself: it can be stopped, started again with its data, and frozen.</summary>
public abstract class LocalServer : IAsyncLifetime
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private Process? process;

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; } = FreePort();

    /// <summary>Where the server keeps its data.</summary>
    protected string Folder { get; } = Directory.CreateTempSubdirectory("store-server-").FullName;

    /// <summary>How the process is started.</summary>
    protected abstract ProcessStartInfo Command { get; }

    /// <summary>Whether the server serves.</summary>
    protected abstract Task<bool> Answers();

    /// <summary>Starts it, with the data it had, and waits until it serves.</summary>
    public async Task Start()
    {
        var command = Command;
        command.RedirectStandardOutput = true;
        command.RedirectStandardError = true;
        try
        {
            process = Process.Start(command)!;
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException($"{command.FileName} is not installed; ./test.sh installs it.");
        }

        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Wait.Until(
            async () => process.HasExited ? throw new InvalidOperationException($"{command.FileName} ended with {process.ExitCode}.") : await Answers(),
            $"{command.FileName} serves on port {Port}", StartPatience);
    }

    /// <summary>Ends it at once, as a power failure would.</summary>
    public async Task Kill()
    {
        if (process is { HasExited: false })
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    /// <summary>Stops it from doing anything while its connections stay open.</summary>
    public void Freeze() => Signal("STOP");

    /// <summary>Lets it go on after <see cref="Freeze"/>.</summary>
    public void Thaw() => Signal("CONT");

    /// <summary>Starts the server before the first test.</summary>
    public async ValueTask InitializeAsync() => await Start();

    /// <summary>Ends the server and removes its data.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        await Kill();
        process?.Dispose();
        await Wait.UntilRemoved(Folder);
        GC.SuppressFinalize(this);
    }

    /// <summary>A port that nobody listens on.</summary>
    protected static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Whether something accepts connections on a port of 127.0.0.1.</summary>
    protected static async Task<bool> Accepts(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Signal(string signal)
    {
        foreach (var id in Descendants(process!.Id))
        {
            using var kill = Process.Start("kill", [$"-{signal}", id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }
    }

    private static IEnumerable<int> Descendants(int root)
    {
        var children = File.ReadAllText($"/proc/{root}/task/{root}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return children.SelectMany(child => Descendants(int.Parse(child, System.Globalization.CultureInfo.InvariantCulture))).Prepend(root);
    }
}

/// <summary>A Redis server that writes nothing to disk.</summary>
public sealed class RedisServer : LocalServer
{
    /// <summary>For StackExchange.Redis.</summary>
    public string ConnectionString => $"127.0.0.1:{Port}";

    /// <inheritdoc/>
    protected override ProcessStartInfo Command => new("redis-server", ["--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--dir", Folder]);

    /// <inheritdoc/>
    protected override Task<bool> Answers() => Accepts(Port);
}

/// <summary>A RabbitMQ server with a node name, ports and data of its own.</summary>
public sealed class RabbitMqServer : LocalServer
{
    private readonly int distributionPort = FreePort();
    private readonly int epmdPort = FreePort();

    /// <summary>For MassTransit and RabbitMQ.Client.</summary>
    public string ConnectionString => $"amqp://guest:guest@127.0.0.1:{Port}";

    /// <summary>Whether there is a queue of this name.</summary>
    public async Task<bool> HasQueue(string name)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(ConnectionString) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        try
        {
            await channel.QueueDeclarePassiveAsync(name);
            return true;
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    protected override ProcessStartInfo Command => new("/usr/lib/rabbitmq/bin/rabbitmq-server")
    {
        Environment =
        {
            ["HOME"] = Folder,
            ["RABBITMQ_NODENAME"] = $"test{Port}@localhost",
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = $"{Port}",
            ["RABBITMQ_DIST_PORT"] = $"{distributionPort}",
            ["RABBITMQ_MNESIA_BASE"] = $"{Folder}/data",
            ["RABBITMQ_LOG_BASE"] = $"{Folder}/log",
            ["RABBITMQ_PID_FILE"] = $"{Folder}/pid",
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = $"{Folder}/plugins",
            ["RABBITMQ_GENERATED_CONFIG_DIR"] = $"{Folder}/config",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["ERL_EPMD_PORT"] = $"{epmdPort}",
        },
    };

    /// <inheritdoc/>
    protected override Task<bool> Answers() => Accepts(Port);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await Kill();
        // Erlang's port mapper is a daemon of its own that would outlive the server.
        using var epmd = Process.Start("epmd", ["-port", $"{epmdPort}", "-kill"]);
        await epmd.WaitForExitAsync();
        await base.DisposeAsync();
    }
}
