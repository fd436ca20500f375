using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace PlayStationStore.Load;

/// <summary>A shopper's page of orders, the newest and an older one, while the table grows by the orders of others.</summary>
public static class OrdersPageScenario
{
    private const int PerSecond = 20;

    // Written at once; the store's own writers wait so long.
    private const int Chunk = 50_000;

    /// <summary>Buys something for some shoppers, fills up the table where that is asked for, and measures.</summary>
    /// <param name="options">Where the store is, and how long each part takes.</param>
    /// <param name="args">
    /// The whole command line: <c>--orders</c> is how many the table is filled up to, and <c>--data</c> the folder of the embedded store. What is
    /// filled in are copies of one order under other numbers, so the store is good for measuring only: its books do not hold any more.
    /// </param>
    public static async Task<int> Run(LoadOptions options, string[] args)
    {
        string? Value(string name) => args.SkipWhile(arg => arg != "--" + name).Skip(1).FirstOrDefault();
        using var store = new LoadGenerator(options.Store);
        var tokens = await OrdersScenario.ShoppersWithOrders(store, options.Seconds);
        var orders = Value("data") is { } data
            ? Fill(Path.Combine(data, "orders", "orders.db"), long.Parse(Value("orders") ?? "0", CultureInfo.InvariantCulture))
            : (long?)null;

        var first = await Read(store[0], tokens[0], "/api/orders");
        var older = new List<string>();
        foreach (var (shopper, token) in tokens.Index())
        {
            var page = JsonSerializer.Deserialize<JsonElement>(await Read(store[shopper], token, "/api/orders?pageSize=5"));
            older.Add($"/api/orders?cursor={page.GetProperty("nextCursor").GetString()}");
        }

        var bodies = Path.GetTempFileName();
        await File.WriteAllBytesAsync(bodies, JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, byte[]> { ["/orders"] = first }));
        using var kestrel = await FloorProcess.Start("floor-kestrel", "--bodies", bodies);
        using var yarp = await FloorProcess.Start("floor-yarp", "--target", kestrel.Address.ToString());
        using var bare = new LoadGenerator(yarp.Address);

        Report.Heading($"A shopper's orders{(orders is null ? "" : $", {Report.Number(orders.Value, 0)} in the table")}, {PerSecond} requests a second, {options.Seconds} s each");
        Report.Row("", "p50 ms", "p99 ms", "errors");
        Report.Rule(4);
        var failed = 0L;
        await Measure("bare YARP, the same bytes", bare, _ => new(HttpMethod.Get, "/orders"));
        await Measure("newest page", store, shopper => Request(tokens[shopper], "/api/orders"));
        await Measure("older page", store, shopper => Request(tokens[shopper], older[shopper]));
        File.Delete(bodies);
        return failed == 0 ? 0 : 1;

        async Task Measure(string name, LoadGenerator target, Func<int, HttpRequestMessage> request)
        {
            // Servers compile what is hot while they serve.
            await target.OpenLoop(PerSecond, options.Seconds, random => request(random.Next(tokens.Count)));
            var measured = await target.OpenLoop(PerSecond, options.Seconds, random => request(random.Next(tokens.Count)));
            failed += measured.Errors;
            Report.Row(name, Report.Number(measured.P50, 2), Report.Number(measured.P99, 2), $"{measured.Errors}");
        }
    }

    private static HttpRequestMessage Request(string token, string address) =>
        new(HttpMethod.Get, address) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };

    private static async Task<byte[]> Read(HttpClient client, string token, string address)
    {
        using var request = Request(token, address);
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync();
    }

    /// <returns>How many orders there are.</returns>
    private static long Fill(string file, long upTo)
    {
        using var database = new SqliteConnection($"Data Source={file};Default Timeout=60");
        database.Open();
        Run("PRAGMA synchronous = OFF; PRAGMA cache_size = -500000;");
        var count = Scalar("SELECT COUNT(*) FROM Orders");
        while (count < upTo)
        {
            var (from, to) = (count, Math.Min(upTo, count + Chunk));
            Run($"""
                BEGIN IMMEDIATE;
                {Copies("Orders", "Id", "UserId", "Number", from, to)}
                {Copies("OrderLines", "OrderId", null, null, from, to)}
                {Copies("Payments", "OrderId", "UserId", null, from, to)}
                COMMIT;
                """);
            count = to;
        }

        return count;

        // Each shopper of the copies has a hundred, all older than what was bought here; their numbers are digits, as no real one is.
        string Copies(string table, string id, string? shopper, string? number, long from, long to)
        {
            var columns = Columns(table);
            var values = columns.Select(column => column switch
            {
                _ when column == id => "printf('01A0%04X-%04X-7%03X-8000-%012X', n >> 28, (n >> 12) & 65535, n & 4095, n)",
                _ when column == shopper => "printf('01A00000-0000-7000-8000-%012X', n / 100)",
                _ when column == number => "printf('%010d', n)",
                "CreatedAt" or "UpdatedAt" or "AskedAt" => $"one.\"{column}\" - ({upTo} - n) * 30000000 - 864000000000",
                _ => $"one.\"{column}\"",
            });
            return $"""
                INSERT INTO "{table}" ({string.Join(", ", columns.Select(column => $"\"{column}\""))})
                WITH RECURSIVE counted(n) AS (SELECT {from} UNION ALL SELECT n + 1 FROM counted WHERE n < {to - 1})
                SELECT {string.Join(", ", values)} FROM counted, (SELECT * FROM "{table}" WHERE "{id}" = (SELECT "Id" FROM "Orders" WHERE "Status" = 'Completed' ORDER BY "CreatedAt" DESC LIMIT 1) LIMIT 1) one;
                """;
        }

        List<string> Columns(string table)
        {
            using var command = database.CreateCommand();
            command.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
            using var reader = command.ExecuteReader();
            var names = new List<string>();
            while (reader.Read())
            {
                names.Add(reader.GetString(0));
            }

            return names;
        }

        void Run(string text)
        {
            using var command = database.CreateCommand();
            command.CommandText = text;
            command.ExecuteNonQuery();
        }

        long Scalar(string text)
        {
            using var command = database.CreateCommand();
            command.CommandText = text;
            return (long)command.ExecuteScalar()!;
        }
    }
}
