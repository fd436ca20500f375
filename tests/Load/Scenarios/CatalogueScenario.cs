using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Web;

namespace PlayStationStore.Load;

/// <summary>
/// Catalogue reads through the gateway beside the same bytes from a bare YARP in front of a bare Kestrel: over 5,000 addresses drawn by
/// popularity, and with every address different.
/// </summary>
public static class CatalogueScenario
{
    private const int AddressCount = 5_000;
    private static int never;

    public static async Task<int> Run(LoadOptions options)
    {
        using var http = new HttpClient { BaseAddress = options.Store };
        var addresses = await Addresses(http);
        Console.WriteLine($"{addresses.Count} addresses; their answers are fetched once for the floor.");
        using var store = new LoadGenerator(options.Store, options.Shoppers);
        var bodies = await Fetch(store, addresses);
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(bodies));

        using var kestrel = await FloorProcess.Start("floor-kestrel", "--bodies", file);
        using var yarp = await FloorProcess.Start("floor-yarp", "--target", kestrel.Address.ToString());
        using var bareKestrel = new LoadGenerator(kestrel.Address, options.Shoppers);
        using var bareYarp = new LoadGenerator(yarp.Address, options.Shoppers);
        var zipf = new Zipf(addresses.Count);
        HttpRequestMessage Popular(Random random) => new(HttpMethod.Get, addresses[zipf.Next(random)]);
        HttpRequestMessage Different(Random random) => new(HttpMethod.Get, DifferentAddress(addresses, random));

        var results = new Dictionary<string, List<Measurement>>();
        async Task Measure(string name, Task<Measurement> part) => (results.TryGetValue(name, out var rounds) ? rounds : results[name] = []).Add(await part);
        // Servers compile their hot paths while they serve; what the first seconds give is not what a store gives.
        foreach (var warmUp in new[] { bareKestrel, bareYarp, store })
        {
            await warmUp.Saturate(Math.Min(5, options.Seconds), Popular);
        }

        await store.Saturate(options.Seconds, Different);

        var processes = new ProcessTimes();
        for (var round = 0; round < options.Rounds; round++)
        {
            await Measure("bare Kestrel", bareKestrel.Saturate(options.Seconds, Popular));
            await Measure("bare YARP", bareYarp.Saturate(options.Seconds, Popular));
            using var counted = processes.Count();
            await Measure("store, popular", store.Saturate(options.Seconds, Popular));
            await Measure("store, all different", store.Saturate(options.Seconds, Different));
        }

        var capacity = Measurement.Median(results["store, popular"]).PerSecond;
        var calm = await store.OpenLoop(capacity * 2 / 3, options.Seconds, Popular);
        var floor = Measurement.Median(results["bare YARP"]).PerSecond;

        Report.Heading($"Catalogue reads, {addresses.Count} addresses by popularity (Zipf, s = 1), median of {options.Rounds} rounds of {options.Seconds} s");
        Report.Row("", "req/s", "of bare YARP", "p50 ms", "p99 ms", "errors");
        Report.Rule(6);
        foreach (var (name, rounds) in results)
        {
            var median = Measurement.Median(rounds);
            Report.Row(name, Report.Number(median.PerSecond, 0), Report.Percent(median.PerSecond / floor), Report.Number(median.P50, 2), Report.Number(median.P99, 2), $"{rounds.Sum(round => round.Errors)}");
        }

        Report.Row("store, open loop at 2/3", Report.Number(calm.PerSecond, 0), "", Report.Number(calm.P50, 2), Report.Number(calm.P99, 2), $"{calm.Errors}");
        Report.Processes(processes);
        File.Delete(file);
        return 0;
    }

    private static async Task<List<string>> Addresses(HttpClient http)
    {
        var addresses = new List<string>();
        string? cursor = null;
        while (addresses.Count < AddressCount)
        {
            var list = $"/api/products?sort=bestselling&pageSize=100{(cursor is null ? "" : $"&cursor={cursor}")}";
            var page = await http.GetFromJsonAsync<JsonElement>(list);
            addresses.Add(list);
            foreach (var item in page.GetProperty("items").EnumerateArray())
            {
                var (slug, name) = (item.GetProperty("slug").GetString()!, item.GetProperty("name").GetString()!);
                addresses.Add($"/api/products/{slug}");
                // One shopper in four searches the title, one in eight stops at a suggestion.
                switch (addresses.Count % 8)
                {
                    case 0 or 4:
                        addresses.Add($"/api/products?search={HttpUtility.UrlEncode(name)}");
                        break;
                    case 2:
                        addresses.Add($"/api/products/suggest?q={HttpUtility.UrlEncode(name[..Math.Min(5, name.Length)])}");
                        break;
                }
            }

            cursor = page.GetProperty("nextCursor").GetString();
            if (cursor is null)
            {
                break;
            }
        }

        return addresses;
    }

    // A price nobody asked for before makes a list that no cache has.
    private static string DifferentAddress(List<string> addresses, Random random)
    {
        var number = Interlocked.Increment(ref never);
        var product = addresses[random.Next(addresses.Count)].Split('?')[0];
        return number % 2 == 0 || product is "/api/products" or "/api/products/suggest"
            ? $"/api/products?minPrice={number % 4000}&maxPrice={4000 + (number / 4000)}&pageSize=24"
            : $"{product}?unique={number.ToString(CultureInfo.InvariantCulture)}";
    }

    private static async Task<Dictionary<string, byte[]>> Fetch(LoadGenerator store, List<string> addresses)
    {
        var bodies = new Dictionary<string, byte[]>();
        await Parallel.ForEachAsync(addresses.Distinct().Index(), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (address, cancel) =>
        {
            var body = await store[address.Index].GetByteArrayAsync(address.Item, cancel);
            lock (bodies)
            {
                bodies[address.Item] = body;
            }
        });
        return bodies;
    }
}
