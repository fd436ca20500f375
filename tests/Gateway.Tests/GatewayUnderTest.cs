using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;

namespace PlayStationStore.Gateway.Tests;

/// <summary>The gateway on a real port, in front of small services that say what reached them.</summary>
public sealed class GatewayUnderTest : IAsyncLifetime
{
    private static readonly string[] Parts = ["users", "products", "orders", "web"];
    private readonly Dictionary<string, WebApplication> services = [];
    private readonly Factory factory = new();

    /// <summary>The replicas of Products, and what they say of their catalogue.</summary>
    internal IReadOnlyList<CatalogueReplica> Catalogue { get; init; } = [new("only")];

    /// <summary>How many requests a client may send at once.</summary>
    internal int Burst { get; init; } = 100;

    /// <summary>Where the gateway listens.</summary>
    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        factory.Settings["ClientLimits:Burst"] = Burst.ToString(CultureInfo.InvariantCulture);
        foreach (var part in Parts)
        {
            var service = await StartService(part, Catalogue[0]);
            services[part] = service;
            factory.Settings[$"services:{part}:http:0"] = service.Urls.First();
        }

        foreach (var (index, replica) in Catalogue.Index().Skip(1))
        {
            var service = await StartService("products", replica);
            services[$"products {index}"] = service;
            factory.Settings[$"services:products:http:{index}"] = service.Urls.First();
        }

        factory.UseKestrel(kestrel => kestrel.Listen(IPAddress.Any, 0));
        factory.StartServer();
        Address = new UriBuilder(factory.ClientOptions.BaseAddress) { Host = "127.0.0.1" }.Uri;
    }

    /// <summary>A client whose connections come from an address of its own.</summary>
    public HttpClient ClientAt(string address) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        ConnectCallback = async (context, cancel) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = Address };

    public Task Stop(string part) => services[part].StopAsync();

    public async ValueTask DisposeAsync()
    {
        await factory.DisposeAsync();
        foreach (var service in services.Values)
        {
            await service.DisposeAsync();
        }
    }

    private static async Task<WebApplication> StartService(string part, CatalogueReplica catalogue)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var service = builder.Build();
        service.MapGet("/health/ready", () => Results.Json(new { status = "Healthy", parts = new { self = new { status = "Healthy" } } }));
        service.MapGet($"/api/admin/messages/{part}", (HttpRequest request) => request.Headers.Authorization.ToString() is "Bearer administrator"
            ? Results.Json(new { items = new[] { new { id = part, faultedAt = $"2026-06-01T12:00:0{part.Length}+00:00" } }, total = 1 })
            : Results.StatusCode(StatusCodes.Status403Forbidden));
        service.MapGet($"/api/admin/audit/{part}", (HttpRequest request, int pageSize, string? cursor, string? subject) => request.Headers.Authorization.ToString() switch
        {
            not "Bearer administrator" => Results.StatusCode(StatusCodes.Status403Forbidden),
            _ when subject is "nonsense" => Results.ValidationProblem(new Dictionary<string, string[]> { ["subject"] = ["It is no subject."] }),
            _ => Trail(part, pageSize, cursor),
        });
        service.MapPut("/api/products/{id}/image", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            return body.Length;
        });
        catalogue.Map(service);
        service.Map("/{**rest}", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            var sent = await reader.ReadToEndAsync();
            return Results.Json(new Echo(part, request.Path + request.QueryString, request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()), sent.Length));
        });
        await service.StartAsync();
        return service;
    }

    // Every service did five things, one after another with those of the others in between.
    private static IResult Trail(string part, int pageSize, string? cursor)
    {
        var all = Enumerable.Range(0, 5).Select(index => new { id = $"{part}-{index}", at = $"2026-06-01T12:00:{59 - (5 * index) - (part.Length % 5):00}+00:00" })
            .SkipWhile(one => cursor is not null && string.CompareOrdinal(one.id, cursor) <= 0).ToList();
        return Results.Json(new { items = all.Take(pageSize), nextCursor = all.Count > pageSize ? all[pageSize - 1].id : null });
    }

    private sealed class Factory : WebApplicationFactory<Program>
    {
        public Dictionary<string, string> Settings { get; } = new()
        {
            ["ClientLimits:PerSecond"] = "50",
            ["ClientLimits:CredentialsPerMinute"] = "5",
        };

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Testing");
            builder.ConfigureLogging(logging => logging.ClearProviders());
            foreach (var (key, value) in Settings)
            {
                builder.UseSetting(key, value);
            }
        }
    }
}

/// <summary>What a service saw of a request.</summary>
public sealed record Echo(string Service, string Address, Dictionary<string, string> Headers, int BodyLength);
