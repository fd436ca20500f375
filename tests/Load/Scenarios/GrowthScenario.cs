using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace PlayStationStore.Load;

/// <summary>
/// Catalogue reads while the catalogue grows: real titles first, then variations of them, sent in as a file by an administrator. No address is
/// asked for twice, so what is measured is the work, and no cache.
/// </summary>
public static class GrowthScenario
{
    // Few enough that nobody waits for anybody, and that no client asks faster than it may.
    private const int PerSecond = 20;
    private const int TitlePages = 60;

    private static readonly string[] Variations = ["Anniversary", "Chapter", "Remix", "Complete", "Legacy", "Director's Cut", "Tournament", "Academy", "Frontier", "Encore"];
    private static readonly string[] Platforms = ["PS5", "PS4", "PS3", "PS2", "PS1", "PSP", "PS Vita"];
    private static readonly string[] Sorts = ["bestselling", "newest", "price", "-price", "name", "rating"];

    // From anywhere, so that no address of an earlier run comes again.
    private static int never = Random.Shared.Next(1_000_000_000);

    /// <summary>Measures at each size, the smallest first; a store that is larger already is measured as it is.</summary>
    /// <param name="options">Where the store is, and how long each part takes.</param>
    /// <param name="args">The whole command line.</param>
    public static async Task<int> Run(LoadOptions options, string[] args)
    {
        string? Value(string name) => args.SkipWhile(arg => arg != "--" + name).Skip(1).FirstOrDefault();
        var sizes = (Value("sizes") ?? "10000,100000").Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture)).Order().ToList();
        using var http = new HttpClient { BaseAddress = options.Store, Timeout = TimeSpan.FromMinutes(30) };
        var titles = await Titles(http);
        // What earlier runs have measured, of smaller stores too.
        var kept = Value("points");
        var points = kept is not null && File.Exists(kept) ? JsonSerializer.Deserialize<List<Point>>(await File.ReadAllTextAsync(kept))! : [];
        foreach (var size in sizes.Prepend(0).Distinct())
        {
            var grown = await Grow(http, titles, size, Value("user") ?? "admin@example.com", Value("password") ?? "Admin-pass-1");
            var point = await Measure(options, titles, await Total(http), grown, Value("data"));
            points = [.. points.Append(point).OrderBy(one => one.Products)];
            if (kept is not null)
            {
                await File.WriteAllTextAsync(kept, JsonSerializer.Serialize(points));
            }

            Console.WriteLine($"{point.Products} products measured.");
        }

        Report.Heading($"Catalogue reads by size, p50 in ms, {PerSecond} requests a second, every address different, {options.Seconds} s each");
        var kinds = points[0].Kinds.Select(kind => kind.Name).ToList();
        Report.Row(["products", "bare YARP", .. kinds, "import", "index", "memory of Products"]);
        Report.Rule(kinds.Count + 5);
        foreach (var point in points)
        {
            Report.Row([
                Report.Number(point.Products, 0), Report.Number(point.Floor, 2), .. point.Kinds.Select(kind => Report.Number(kind.P50, 2) + (kind.Errors > 0 ? $" ({kind.Errors} errors)" : "")),
                point.Import is { } import ? $"{Report.Number(import.TotalSeconds, 0)} s" : "", point.IndexMegabytes is { } index ? $"{Report.Number(index, 0)} MB" : "",
                $"{Report.Number(point.MemoryMegabytes, 0)} MB",
            ]);
        }

        if (Value("plot") is { } file)
        {
            await File.WriteAllTextAsync(file, GrowthPlot.Draw([.. points.Select(point => (point.Products, (IReadOnlyList<(string, double)>)[("bare YARP", point.Floor), .. point.Kinds.Select(kind => (kind.Name, kind.P50))]))]));
        }

        return points.Exists(point => point.Kinds.Exists(kind => kind.Errors > 0)) ? 1 : 0;
    }

    private static async Task<Point> Measure(LoadOptions options, List<Title> titles, int products, TimeSpan? import, string? data)
    {
        using var store = new LoadGenerator(options.Store);
        var slugs = await Slugs(store[0]);
        var kinds = new (string Name, Func<Random, string> Address)[]
        {
            ("list", random => $"/api/products?sort={Sorts[random.Next(Sorts.Length)]}&{Never()}"),
            ("filter", random => $"/api/products?genre={Uri.EscapeDataString(titles[random.Next(titles.Count)].Genre)}&platform={Uri.EscapeDataString(Platforms[random.Next(Platforms.Length)])}&{Never()}"),
            ("facets", random => $"/api/products?pageSize=1&maxPrice={2_000 + random.Next(5_000)}&{Never()}"),
            ("search", random => $"/api/products?search={Uri.EscapeDataString(titles[random.Next(titles.Count)].Name)}&{Never()}"),
            ("suggest", random => $"/api/products/suggest?q={Uri.EscapeDataString(titles[random.Next(titles.Count)].Name[..3])}&{Never()}"),
            ("detail", random => $"/api/products/{slugs[random.Next(slugs.Count)]}?{Never()}"),
        };
        var sample = await store[0].GetByteArrayAsync("/api/products");
        var bodies = Path.GetTempFileName();
        await File.WriteAllBytesAsync(bodies, JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, byte[]> { ["/list"] = sample }));
        using var kestrel = await FloorProcess.Start("floor-kestrel", "--bodies", bodies);
        using var yarp = await FloorProcess.Start("floor-yarp", "--target", kestrel.Address.ToString());
        using var bare = new LoadGenerator(yarp.Address);

        async Task<Measurement> Of(LoadGenerator target, Func<Random, string> address)
        {
            // Servers compile what is hot while they serve.
            await target.OpenLoop(PerSecond, Math.Min(3, options.Seconds), random => new(HttpMethod.Get, address(random)));
            return await target.OpenLoop(PerSecond, options.Seconds, random => new(HttpMethod.Get, address(random)));
        }

        var floor = await Of(bare, _ => "/list");
        var measured = new List<Kind>();
        foreach (var (name, address) in kinds)
        {
            var measurement = await Of(store, address);
            measured.Add(new(name, measurement.P50, measurement.Errors));
        }

        File.Delete(bodies);
        var memory = StoreProcesses.Look().Where(process => process.Name == "Products").Sum(process => process.Megabytes);
        return new(products, floor.P50, measured, import, IndexMegabytes(data), memory);
    }

    private static string Never() => string.Create(CultureInfo.InvariantCulture, $"never={Interlocked.Increment(ref never)}");

    private static double? IndexMegabytes(string? data) => data is null
        ? null
        : Directory.GetDirectories(data, "search-index-*", SearchOption.AllDirectories).SelectMany(Directory.GetFiles).Sum(file => new FileInfo(file).Length) / 1e6;

    private static async Task<int> Total(HttpClient http) => (await http.GetFromJsonAsync<JsonElement>($"/api/products?pageSize=1&{Never()}")).GetProperty("total").GetInt32();

    private static async Task<List<Title>> Titles(HttpClient http)
    {
        var (titles, cursor) = (new List<Title>(), "");
        for (var page = 0; page < TitlePages && cursor is not null; page++)
        {
            var list = await http.GetFromJsonAsync<JsonElement>($"/api/products?kind=game&pageSize=100&sort=bestselling{cursor}");
            titles.AddRange(list.GetProperty("items").EnumerateArray().Where(item => item.GetProperty("name").GetString()!.Length > 2)
                .Select(item => new Title(item.GetProperty("name").GetString()!, item.GetProperty("genre").GetString() ?? "Action", item.GetProperty("publisher").GetString() ?? "Sony Computer Entertainment")));
            cursor = list.GetProperty("nextCursor").GetString() is { } next ? $"&cursor={next}" : null;
        }

        // Each is to be a product of its own, and has an address of its name's letters and digits.
        return [.. titles.DistinctBy(title => string.Concat(title.Name.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant())];
    }

    // Of every sort, so that they are of all parts of the catalogue.
    private static async Task<List<string>> Slugs(HttpClient http)
    {
        var slugs = new List<string>();
        foreach (var sort in Sorts)
        {
            var list = await http.GetFromJsonAsync<JsonElement>($"/api/products?pageSize=100&sort={sort}");
            slugs.AddRange(list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("slug").GetString()!));
        }

        return [.. slugs.Distinct()];
    }

    /// <summary>Sends what is missing up to a size, and waits until all of it is found.</summary>
    /// <returns>From the first byte that is sent until the last product is found; null where nothing was missing.</returns>
    private static async Task<TimeSpan?> Grow(HttpClient http, List<Title> titles, int size, string user, string password)
    {
        var had = await Total(http);
        if (had >= size)
        {
            return null;
        }

        var begun = TimeProvider.System.GetTimestamp();
        await SignIn(http, user, password);
        using var content = new ByteArrayContent(Csv(titles, had, size)) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        using var sent = await http.PostAsync("/api/admin/imports?name=growth.csv", content);
        sent.EnsureSuccessStatusCode();
        var import = await sent.Content.ReadFromJsonAsync<JsonElement>();
        while (import.GetProperty("state").GetString() is "waiting" or "running")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500));
            using var answer = await http.GetAsync($"/api/admin/imports/{import.GetProperty("id").GetString()}");
            if (answer.StatusCode is HttpStatusCode.Unauthorized)
            {
                // A large file takes longer than a token lives.
                await SignIn(http, user, password);
                continue;
            }

            answer.EnsureSuccessStatusCode();
            import = await answer.Content.ReadFromJsonAsync<JsonElement>();
        }

        http.DefaultRequestHeaders.Authorization = null;
        // The index follows within a second.
        for (var before = had; await Total(http) is var now && now != before; before = now)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        return TimeProvider.System.GetElapsedTime(begun);
    }

    private static byte[] Csv(List<Title> titles, int from, int to)
    {
        var csv = new StringBuilder("sku,name,genre,publisher,platform,releaseDate,price\n");
        for (var number = from; number < to; number++)
        {
            var title = titles[number % titles.Count];
            var variation = $"{Variations[number / titles.Count % Variations.Length]} {1 + (number / titles.Count / Variations.Length)}";
            csv.Append(CultureInfo.InvariantCulture, $"GROWTH-{number},{Quoted($"{title.Name} {variation}")},{Quoted(title.Genre)},{Quoted(title.Publisher)},")
                .Append(CultureInfo.InvariantCulture, $"{Platforms[number % Platforms.Length]},{1995 + (number % 30)}-06-01,{5 + (number * 7 % 65)}.99\n");
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static async Task SignIn(HttpClient http, string user, string password)
    {
        using var answer = await http.PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["client_id"] = "store-dev",
            ["username"] = user,
            ["password"] = password,
            ["scope"] = "openid store",
        }));
        answer.EnsureSuccessStatusCode();
        http.DefaultRequestHeaders.Authorization = new("Bearer", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString());
    }

    private sealed record Title(string Name, string Genre, string Publisher);

    private sealed record Kind(string Name, double P50, long Errors);

    private sealed record Point(int Products, double Floor, List<Kind> Kinds, TimeSpan? Import, double? IndexMegabytes, double MemoryMegabytes);
}
