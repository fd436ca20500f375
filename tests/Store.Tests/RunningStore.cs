using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PlayStationStore.Store.Tests;

/// <summary>The whole store, started once for all tests, with data of its own, on free ports.</summary>
public sealed class RunningStore : IAsyncLifetime
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly string folder = Directory.CreateTempSubdirectory("store-tests-").FullName;
    private DistributedApplication application = null!;
    private int clients;

    /// <summary>The gateway's address, the only one that shoppers know.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What all services report, from their start on.</summary>
    public Telemetry Telemetry { get; } = new();

    /// <summary>What all parts write into their logs, from their start on.</summary>
    public ResourceLogs Logs { get; } = new();

    /// <summary>Where all of the store's data is.</summary>
    public string Folder => folder;

    /// <summary>A client of the gateway that nobody is signed in with, at an address of its own: the gateway limits what one address may do.</summary>
    public HttpClient Anonymous()
    {
        var number = Interlocked.Increment(ref clients);
        return new(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancel) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(new IPAddress([127, 2, (byte)(number / 250), (byte)(1 + (number % 250))]), 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        { BaseAddress = Address, Timeout = Patience };
    }

    /// <summary>A client that is signed in as one of the seeded people.</summary>
    /// <param name="person"><c>admin</c>, <c>staff</c> or <c>shopper</c>.</param>
    public Task<HttpClient> SignedInAs(string person) =>
        SignIn($"{person}@example.com", $"{char.ToUpperInvariant(person[0])}{person[1..]}-pass-1");

    /// <summary>A client of a shopper who has just registered.</summary>
    /// <param name="email">What they sign in with, where that matters; the password is <c>Good-pass-1</c>.</param>
    public async Task<HttpClient> NewShopper(string? email = null)
    {
        using var anonymous = Anonymous();
        email ??= $"shopper-{Guid.NewGuid():N}@example.com";
        using var registered = await anonymous.PostAsJsonAsync("/api/users/register", new { email, password = "Good-pass-1", displayName = "New Shopper" });
        registered.EnsureSuccessStatusCode();
        return await SignIn(email, "Good-pass-1");
    }

    /// <summary>Stops a part of the store, as an operator does on the dashboard, and waits until it is gone.</summary>
    /// <param name="resource">The resource's name.</param>
    public async Task Stop(string resource)
    {
        await Command(resource, KnownResourceCommands.StopCommand);
        using var patience = new CancellationTokenSource(Patience);
        await application.ResourceNotifications.WaitForResourceAsync(resource, KnownResourceStates.TerminalStates, patience.Token);
    }

    /// <summary>Starts a part again and waits until it is healthy.</summary>
    /// <param name="resource">The resource's name.</param>
    public async Task Start(string resource)
    {
        await Command(resource, KnownResourceCommands.StartCommand);
        await Healthy(resource);
    }

    /// <summary>The process of a part that runs.</summary>
    /// <param name="resource">The resource's name.</param>
    public async Task<int> ProcessOf(string resource)
    {
        using var patience = new CancellationTokenSource(Patience);
        var running = await application.ResourceNotifications.WaitForResourceAsync(resource, found => IdOf(found) is not null, patience.Token);
        return IdOf(running)!.Value;

        static int? IdOf(ResourceEvent found) => found.Snapshot.State?.Text == KnownResourceStates.Running
            && found.Snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value is { } id
                ? Convert.ToInt32(id, CultureInfo.InvariantCulture)
                : null;
    }

    /// <summary>Kills a part without a warning, and waits until it is seen to be gone.</summary>
    /// <param name="resource">The resource's name.</param>
    public async Task Kill(string resource)
    {
        using var process = Process.GetProcessById(await ProcessOf(resource));
        process.Kill();
        using var patience = new CancellationTokenSource(Patience);
        await application.ResourceNotifications.WaitForResourceAsync(resource, KnownResourceStates.TerminalStates, patience.Token);
    }

    /// <summary>Waits until a part does its work; on a busy machine one that starts may take minutes.</summary>
    /// <param name="resource">The resource's name.</param>
    public async Task Healthy(string resource)
    {
        using var patience = new CancellationTokenSource(StartPatience);
        // The news that it has ended may come after the command that starts it again: only the bound gives it up.
        await application.ResourceNotifications.WaitForResourceHealthyAsync(resource, WaitBehavior.WaitOnResourceUnavailable, patience.Token);
    }

    /// <summary>Where the broker is, with its password.</summary>
    public async Task<Uri> Broker() => new((await application.GetConnectionStringAsync("broker"))!);

    /// <summary>Where the cache is, for a client of it.</summary>
    public async Task<string> Cache() => (await application.GetConnectionStringAsync("cache"))!;

    /// <summary>Runs an operator's command.</summary>
    /// <param name="resource">The resource's name.</param>
    /// <param name="command">The command's name.</param>
    /// <returns>What it answered.</returns>
    public async Task<ExecuteCommandResult> Command(string resource, string command)
    {
        using var patience = new CancellationTokenSource(Patience);
        var result = await application.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(resource, command, patience.Token);
        Assert.True(result.Success, $"{command} on {resource}: {result.Message}");
        return result;
    }

    /// <summary>Waits for a condition with a bound.</summary>
    /// <param name="condition">What must become true.</param>
    /// <param name="expectation">The same in words, for the failure.</param>
    /// <param name="patience">How long to wait; a minute unless told.</param>
    public static async Task Eventually(Func<Task<bool>> condition, string expectation, TimeSpan? patience = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < (patience ?? Patience), $"Waited in vain until {expectation}.");
            await Task.Delay(100);
        }
    }

    public async ValueTask InitializeAsync()
    {
        using var patience = new CancellationTokenSource(StartPatience);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--environment=Development", $"--Store:Data={folder}", "--Store:Port=0", "--Infrastructure=embedded"], patience.Token);
        // A part that starts, or that a test has stopped, is unhealthy for a while; said in full a second, it hides what a failed test says.
        builder.Services.AddLogging(logging => logging.AddProvider(Logs).AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
        // What was lost is asked for again before anybody who waits for a test loses patience.
        foreach (var service in builder.Resources.OfType<ProjectResource>().Where(service => service.Name is "products" or "orders"))
        {
            builder.CreateResourceBuilder(service).WithEnvironment("Messaging__AskAgainAfter", "00:00:06");
        }

        // And what Users cannot handle is shown to staff before then.
        string[] pauses = ["100", "500", "2000", "5000"];
        foreach (var (index, pause) in pauses.Index())
        {
            builder.CreateResourceBuilder(builder.Resources.OfType<ProjectResource>().Single(service => service.Name is "users"))
                .WithEnvironment("Messaging__RetryAfterMilliseconds__" + index.ToString(CultureInfo.InvariantCulture), pause);
        }

        foreach (var service in builder.Resources.OfType<ProjectResource>())
        {
            builder.CreateResourceBuilder(service).WithEnvironment("OTEL_EXPORTER_OTLP_ENDPOINT", Telemetry.Address.ToString())
                .WithEnvironment("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
                // What a test waits for in a trace is kept in a rush too.
                .WithEnvironment("Telemetry__TracesPerSecond", "50");
        }

        // All browsers of the journeys share one address, and on a fast machine more than a minute's twenty of them sign in or register.
        builder.CreateResourceBuilder(builder.Resources.OfType<ProjectResource>().Single(service => service.Name is "gateway"))
            .WithEnvironment("ClientLimits__CredentialsPerMinute", "1000");

        application = await builder.BuildAsync(patience.Token);
        await application.StartAsync(patience.Token);
        await application.ResourceNotifications.WaitForResourceHealthyAsync("gateway", patience.Token);
        Address = application.GetEndpoint("gateway");
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await application.StopAsync(patience.Token);
        await application.DisposeAsync();
        await Telemetry.DisposeAsync();
        // Servers that are just ending still close their files.
        await Eventually(() =>
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return Task.FromResult(true);
            }
            catch (IOException)
            {
                return Task.FromResult(!Directory.Exists(folder));
            }
        }, $"nobody writes to {folder}");
    }

    private async Task<HttpClient> SignIn(string email, string password)
    {
        var client = Anonymous();
        await SignIn(client, email, password);
        return client;
    }

    /// <summary>Signs a client in, again where its token has run out.</summary>
    /// <param name="client">A client of the gateway.</param>
    /// <param name="email">Of an account.</param>
    /// <param name="password">Of the account.</param>
    public static async Task SignIn(HttpClient client, string email, string password)
    {
        using var answer = await client.PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["client_id"] = "store-dev",
            ["username"] = email,
            ["password"] = password,
            ["scope"] = "openid offline_access store",
        }));
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }
}
