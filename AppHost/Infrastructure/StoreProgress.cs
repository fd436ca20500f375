using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace PlayStationStore.AppHost;

/// <summary>Tells a person at the console how far the start has come, where the store is, and later what has stopped.</summary>
internal sealed class StoreProgress(
    DistributedApplicationModel model,
    ResourceNotificationService states,
    IConfiguration configuration,
    IHostEnvironment environment,
    StoreData data) : BackgroundService
{
    private readonly long _start = Stopwatch.GetTimestamp();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(TellStatesAsync(stoppingToken), TellReadyAsync(stoppingToken));

    private async Task TellStatesAsync(CancellationToken cancel)
    {
        var processes = model.Resources.Where(resource => resource is ExecutableResource or ProjectResource or ContainerResource)
            .Select(resource => resource.Name).ToHashSet(StringComparer.Ordinal);
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var change in states.WatchAsync(cancel))
        {
            var state = change.Snapshot.State?.Text;
            if (processes.Contains(change.Resource.Name) && !change.Snapshot.IsHidden && IsNews(state)
                && told.GetValueOrDefault(change.ResourceId) != state)
            {
                told[change.ResourceId] = state!;
                Tell($"{change.Resource.Name,-20} {Describe(state!)}{ExitCode(change.Snapshot)}");
            }
        }
    }

    private async Task TellReadyAsync(CancellationToken cancel)
    {
        var gateway = model.Resources.OfType<ProjectResource>().Single(resource => resource.Name == "gateway").GetEndpoint("http");
        await states.WaitForResourceAsync("gateway", KnownResourceStates.Running, cancel);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        while (!await IsReadyAsync(http, new Uri($"{gateway.Url}/health"), cancel))
        {
            await Task.Delay(500, cancel);
        }

        Console.WriteLine();
        Console.WriteLine($"The store is ready after {Stopwatch.GetElapsedTime(_start).TotalSeconds:F0} s.");
        Console.WriteLine();
        Console.WriteLine($"  Store      {gateway.Url}");
        Console.WriteLine($"  API        {gateway.Url}/docs");
        Console.WriteLine($"  Dashboard  {configuration["ASPNETCORE_URLS"]}");
        Console.WriteLine($"  Data       {data.Root}");
        if (environment.IsDevelopment())
        {
            Console.WriteLine("  Accounts   shopper@example.com  Shopper-pass-1");
            Console.WriteLine("             staff@example.com    Staff-pass-1");
            Console.WriteLine("             admin@example.com    Admin-pass-1");
        }

        Console.WriteLine();
        Console.WriteLine("Ctrl-C stops everything and keeps the data.");
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, Uri health, CancellationToken cancel)
    {
        try
        {
            using var answer = await http.GetAsync(health, cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return false;
        }
    }

    private static bool IsNews(string? state) =>
        state == KnownResourceStates.Running || KnownResourceStates.TerminalStates.Contains(state);

    private static string Describe(string state) =>
        state == KnownResourceStates.FailedToStart ? "could not start; its log is on the dashboard" : state.ToLowerInvariant();

    private static string ExitCode(CustomResourceSnapshot snapshot) =>
        snapshot.ExitCode is > 0 and var code ? string.Create(CultureInfo.InvariantCulture, $" with exit code {code}") : "";

    private void Tell(string line) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(_start).TotalSeconds,5:F1} s  {line}"));
}
