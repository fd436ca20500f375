using System.Diagnostics;
using System.Reflection;

namespace PlayStationStore.Load;

/// <summary>How long the built stack takes from its command to healthy, and what memory it holds at rest.</summary>
public static class StartupScenario
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // The store is built as these measurements are.
    private static readonly string Configuration =
        typeof(StartupScenario).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    public static async Task<int> Run(LoadOptions options)
    {
        var times = new List<double>();
        IReadOnlyList<StoreProcesses.Sample> rest = [];
        for (var round = 0; round < options.Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            using var store = Process.Start(new ProcessStartInfo("dotnet", ["run", "-c", Configuration, "--no-build", "--project", "AppHost"]) { RedirectStandardOutput = true })!;
            store.OutputDataReceived += (_, _) => { };
            store.BeginOutputReadLine();
            try
            {
                await Healthy(options.Store, started);
                times.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
                // At rest means after what follows a start, such as reading the search index, has been done.
                await Task.Delay(TimeSpan.FromSeconds(options.Seconds));
                rest = StoreProcesses.Look();
            }
            finally
            {
                // Also one that did not become healthy: it would stand in the way of the next.
                Process.Start("kill", ["-INT", $"{store.Id}"]).WaitForExit();
                await store.WaitForExitAsync();
            }
        }

        times.Sort();
        Report.Heading($"Start of the built stack, {options.Rounds} times");
        Console.WriteLine($"From the command to a healthy gateway: median {Report.Number(times[times.Count / 2], 1)} s, slowest {Report.Number(times[^1], 1)} s.");
        Console.WriteLine($"At rest, the store's own processes: {Report.Number(rest.Where(sample => sample.IsOwn).Sum(sample => sample.Megabytes), 0)} MB.");
        Console.WriteLine();
        Report.Row("process", "memory");
        Report.Rule(2);
        foreach (var sample in rest)
        {
            Report.Row(sample.Name, $"{Report.Number(sample.Megabytes, 0)} MB");
        }

        return 0;
    }

    private static async Task Healthy(Uri store, long started)
    {
        using var http = new HttpClient { BaseAddress = store, Timeout = TimeSpan.FromSeconds(2) };
        while (Stopwatch.GetElapsedTime(started) < Patience)
        {
            try
            {
                using var answer = await http.GetAsync("/health");
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                // Nothing listens yet.
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"The store was not healthy within {Patience.TotalMinutes} minutes.");
    }
}
