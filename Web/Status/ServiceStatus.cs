using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>How the services are, as asked a few seconds ago, so that no page waits for the answer.</summary>
public sealed class ServiceStatus(IHttpClientFactory clients, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly (string Service, string Title, string Gives)[] Parts =
    [
        ("products", "Catalogue", "Search, product pages and prices"),
        ("orders", "Cart and orders", "Cart, checkout, orders, library and wallet"),
        ("users", "Accounts", "Sign-in, addresses, wishlist and notifications"),
    ];

    /// <summary>The last answers; empty until the first round is done.</summary>
    public IReadOnlyList<ServicePart> Now { get; private set; } = [];

    /// <summary>When they were asked for.</summary>
    public DateTimeOffset AskedAt { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            Now = await Task.WhenAll(Parts.Select(part => AskAsync(part.Service, part.Title, part.Gives, stoppingToken)));
            AskedAt = time.GetUtcNow();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<ServicePart> AskAsync(string service, string title, string gives, CancellationToken stopping)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
            using var response = await clients.CreateClient(nameof(ServiceStatus)).GetAsync($"http://{service}/health/ready", either.Token);
            var health = await response.Content.ReadFromJsonAsync<HealthDocument>(either.Token);
            return new(title, gives, health?.Status switch { "Healthy" => PartState.Running, "Degraded" => PartState.Limited, _ => PartState.Down });
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException or OperationCanceledException)
        {
            stopping.ThrowIfCancellationRequested();
            return new(title, gives, PartState.Down);
        }
    }
}

/// <summary>A part of the store as shoppers know it.</summary>
/// <param name="Title">What it is called, such as <c>Cart and orders</c>.</param>
/// <param name="Gives">What works while it does.</param>
/// <param name="State">How it is.</param>
public sealed record ServicePart(string Title, string Gives, PartState State);

/// <summary>How a part of the store is.</summary>
public enum PartState
{
    /// <summary>All of it works.</summary>
    Running,

    /// <summary>It works with less: the cache is away, and carts wait.</summary>
    Limited,

    /// <summary>It does not answer.</summary>
    Down,
}

internal static class ServiceStatusSetup
{
    public static void AddServiceStatus(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ServiceStatus>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ServiceStatus>());
    }

    /// <summary>Maps the footer's line alone, which <c>js/status.js</c> asks for while a page is open.</summary>
    public static void MapServiceStatus(this WebApplication app) =>
        app.MapGet("/status/line", () => new RazorComponentResult<StatusLine>());
}
