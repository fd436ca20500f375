using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace PlayStationStore.Load;

/// <summary>Orders of digital games, placed through the gateway and followed to their end, beside the floors of an order.</summary>
public static class OrdersScenario
{
    private const int ShopperCount = 64;

    // A shopper buys no game twice, and so needs more games than orders.
    private const int GamePages = 40;
    private const int WarmUpRounds = 12;

    // So many may be as slow as each other, while the runtime has not begun to compile anew what it finds used much.
    private const int SlowRounds = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<int> Run(LoadOptions options)
    {
        using var store = new LoadGenerator(options.Store, ShopperCount);
        var games = await Games(store);
        var tokens = await SignUp(store);
        var next = new NextGame(games, tokens.Count);
        Console.WriteLine($"{tokens.Count} shoppers, {games.Count} games.");

        using var broker = options.Broker is null ? await OwnBroker.Start() : null;
        var brokerAddress = options.Broker ?? broker!.ConnectionString;
        await using var floor = await OrderFloor.Connect(brokerAddress);
        using var libraries = await LibraryOrderFloor.Start(brokerAddress, ShopperCount);
        var disk = Directory.CreateTempSubdirectory("floor-disk-").FullName;

        // All sides compile their hot paths before they are measured.
        await WarmUp(store, tokens, next, options.Seconds);
        await floor.Measure(Math.Min(5, options.Seconds));
        await libraries.Measure(Math.Min(5, options.Seconds));

        var (floors, libraryAccepted, libraryCompleted) = (new List<Measurement>(), new List<Measurement>(), new List<Measurement>());
        var (accepted, completed, processes) = (new List<Measurement>(), new List<Measurement>(), new ProcessTimes());
        var (lost, libraryCpu) = (0, libraries.Cpu);
        for (var round = 0; round < options.Rounds; round++)
        {
            floors.Add(await floor.Measure(options.Seconds));
            var (libraryAnswers, libraryOrders) = await libraries.Measure(options.Seconds);
            libraryAccepted.Add(libraryAnswers);
            libraryCompleted.Add(libraryOrders);
            using var counted = processes.Count();
            var since = TimeProvider.System.GetUtcNow();
            accepted.Add(await Place(store, tokens, next, options.Seconds));
            var (measurement, unfinished) = await Follow(store, tokens, since);
            completed.Add(measurement);
            lost += unfinished;
        }

        libraryCpu = libraries.Cpu - libraryCpu;
        var (floorMedian, completedMedian) = (Measurement.Median(floors), Measurement.Median(completed));
        var calmSince = TimeProvider.System.GetUtcNow();
        await PlaceAt(store, tokens, next, completedMedian.PerSecond * 2 / 3, options.Seconds);
        var (calm, _) = await Follow(store, tokens, calmSince);

        Report.Heading($"Orders of one game each, median of {options.Rounds} rounds of {options.Seconds} s");
        Report.Row("", "orders/s", "of the floor", "p50 ms", "p99 ms", "errors");
        Report.Rule(6);
        Row("order floor", floorMedian, "0");
        Row("library floor, accepted (202)", Measurement.Median(libraryAccepted), $"{libraryAccepted.Sum(one => one.Errors)}");
        Row("library floor, completed", Measurement.Median(libraryCompleted), "0");
        Row("accepted (202), as fast as answers come", Measurement.Median(accepted), $"{accepted.Sum(one => one.Errors)}");
        Row("completed", completedMedian, $"{lost} unfinished");
        Row("completed, open loop at 2/3", calm, "");
        Console.WriteLine();
        Console.WriteLine($"On the same disk and broker: {Report.Number(DurableFile.CommitsPerSecond(disk, 3), 0)} durable commits a second, {Report.Number(await floor.PublishesPerSecond(3), 0)} confirmed publishes a second.");
        Console.WriteLine($"The library floor took {Report.Number(libraryCpu.TotalMilliseconds / libraryCompleted.Sum(one => one.Count), 1)} ms of processor an order, its proxy included.");
        Report.Processes(processes, completed.Sum(one => one.Count));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(disk, recursive: true);
        return lost == 0 ? 0 : 1;

        void Row(string name, Measurement measured, string errors) => Report.Row(
            name, Report.Number(measured.PerSecond, 0), Report.Percent(measured.PerSecond / floorMedian.PerSecond),
            Report.Number(measured.P50, 1), Report.Number(measured.P99, 1), errors);
    }

    /// <summary>Signs up shoppers who buy games for so many seconds, and waits until they have them.</summary>
    /// <returns>Their tokens.</returns>
    internal static async Task<List<string>> ShoppersWithOrders(LoadGenerator store, int seconds)
    {
        var games = await Games(store);
        var tokens = await SignUp(store);
        var since = TimeProvider.System.GetUtcNow();
        await Place(store, tokens, new NextGame(games, tokens.Count), seconds);
        await Follow(store, tokens, since);
        return tokens;
    }

    private static async Task<List<(string Sku, long Price)>> Games(LoadGenerator store)
    {
        var (games, cursor) = (new List<(string, long)>(), "");
        for (var page = 0; page < GamePages; page++)
        {
            var list = await store[0].GetFromJsonAsync<JsonElement>($"/api/products?kind=game&pageSize=100&sort=bestselling{cursor}");
            games.AddRange(list.GetProperty("items").EnumerateArray().Select(item => (item.GetProperty("sku").GetString()!, item.GetProperty("price").GetProperty("amount").GetInt64())));
            if (list.GetProperty("nextCursor").GetString() is not { } next)
            {
                break;
            }

            cursor = $"&cursor={next}";
        }

        return games;
    }

    private static async Task<List<string>> SignUp(LoadGenerator store)
    {
        var tokens = new string[ShopperCount];
        await Parallel.ForAsync(0, ShopperCount, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, cancel) =>
        {
            var email = $"load-{Guid.NewGuid():N}@example.com";
            using var registered = await store[number].PostAsJsonAsync("/api/users/register", new { email, password = "Load-pass-1", displayName = "Load" }, cancel);
            registered.EnsureSuccessStatusCode();
            using var answer = await store[number].PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "password",
                ["client_id"] = "store-dev",
                ["username"] = email,
                ["password"] = "Load-pass-1",
                ["scope"] = "openid offline_access store",
            }), cancel);
            answer.EnsureSuccessStatusCode();
            tokens[number] = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("access_token").GetString()!;
        });
        return [.. tokens];
    }

    /// <summary>
    /// Orders until two rounds in a row are no faster than those before them. The store's hot paths are in several processes, each of which compiles them twice, so
    /// that its first thousands of orders cost many times as much as the others.
    /// </summary>
    private static async Task WarmUp(LoadGenerator store, List<string> tokens, NextGame next, int seconds)
    {
        var (fastest, even) = (0.0, 0);
        for (var round = 1; round <= WarmUpRounds && even < 2; round++)
        {
            var since = TimeProvider.System.GetUtcNow();
            await Place(store, tokens, next, seconds);
            var (completed, _) = await Follow(store, tokens, since);
            Console.WriteLine($"Warm-up {round}: {Report.Number(completed.PerSecond, 0)} orders a second.");
            even = round > SlowRounds && completed.PerSecond < fastest * 1.05 ? even + 1 : 0;
            fastest = Math.Max(fastest, completed.PerSecond);
        }
    }

    private static Task<Measurement> Place(LoadGenerator store, List<string> tokens, NextGame next, int seconds) =>
        store.SaturateByShopper(seconds, (shopper, _) => Order(tokens[shopper], next.Of(shopper)));

    private static Task<Measurement> PlaceAt(LoadGenerator store, List<string> tokens, NextGame next, double perSecond, int seconds)
    {
        var count = -1;
        return store.OpenLoop(perSecond, seconds, _ =>
        {
            var shopper = Interlocked.Increment(ref count) % tokens.Count;
            return Order(tokens[shopper], next.Of(shopper));
        });
    }

    private static HttpRequestMessage Order(string token, (string Sku, long Price) game) => new(HttpMethod.Post, "/api/orders")
    {
        Headers = { { "Authorization", $"Bearer {token}" }, { "Idempotency-Key", Guid.NewGuid().ToString() } },
        Content = JsonContent.Create(new
        {
            lines = new[] { new { sku = game.Sku, quantity = 1, unitPrice = game.Price } },
            payment = new { method = "card", token = "tok_approve" },
            currency = "USD",
        }),
    };

    /// <summary>Waits until every order since a moment has ended, then reads from their own histories when they did.</summary>
    private static async Task<(Measurement Completed, int Unfinished)> Follow(LoadGenerator store, List<string> tokens, DateTimeOffset since)
    {
        var spans = new List<(DateTimeOffset Begun, DateTimeOffset Ended)>();
        var (unfinished, errors) = (0, 0);
        var begun = TimeProvider.System.GetTimestamp();
        for (var shopper = 0; shopper < tokens.Count; shopper++)
        {
            while ((await PageOf(store[shopper], tokens[shopper], "?pageSize=5")).Orders.Exists(IsUnderWay) && IsPatient())
            {
                await Task.Delay(500);
            }
        }

        // They are read once the newest of all have ended, so that the measurement costs the store nothing while it is measured.
        for (var shopper = 0; shopper < tokens.Count; shopper++)
        {
            List<JsonElement> orders;
            while ((orders = await OrdersOf(store[shopper], tokens[shopper], since)).Exists(IsUnderWay) && IsPatient())
            {
                await Task.Delay(500);
            }

            foreach (var order in orders)
            {
                switch (order.GetProperty("status").GetString())
                {
                    case "completed":
                        var end = order.GetProperty("history").EnumerateArray().Single(step => step.GetProperty("status").GetString() == "completed");
                        spans.Add((order.GetProperty("createdAt").GetDateTimeOffset(), end.GetProperty("at").GetDateTimeOffset()));
                        break;
                    case "rejected":
                        errors++;
                        break;
                    default:
                        unfinished++;
                        break;
                }
            }
        }

        return (Measurement.OfSpans(spans, errors), unfinished);

        bool IsPatient() => TimeProvider.System.GetElapsedTime(begun) < Patience;
    }

    private static bool IsUnderWay(JsonElement order) => order.GetProperty("status").GetString() is "submitted" or "awaitingPayment" or "paid";

    private static async Task<List<JsonElement>> OrdersOf(HttpClient client, string token, DateTimeOffset since)
    {
        var (orders, query) = (new List<JsonElement>(), "?pageSize=100");
        while (true)
        {
            var (page, next) = await PageOf(client, token, query);
            orders.AddRange(page.Where(IsSince));
            if (next is null || !page.TrueForAll(IsSince))
            {
                return orders;
            }

            query = $"?pageSize=100&cursor={next}";
        }

        bool IsSince(JsonElement order) => order.GetProperty("createdAt").GetDateTimeOffset() >= since;
    }

    private static async Task<(List<JsonElement> Orders, string? Next)> PageOf(HttpClient client, string token, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/orders{query}") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        var page = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return ([.. page.GetProperty("items").EnumerateArray()], page.GetProperty("nextCursor").GetString());
    }

    /// <summary>Gives each shopper a game after the other, and each another one first.</summary>
    private sealed class NextGame(List<(string Sku, long Price)> games, int shoppers)
    {
        private readonly int[] bought = new int[shoppers];

        public (string Sku, long Price) Of(int shopper) => games[((shopper * 61) + Interlocked.Increment(ref bought[shopper])) % games.Count];
    }
}
