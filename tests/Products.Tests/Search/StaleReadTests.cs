using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using PlayStationStore.Testing;

namespace PlayStationStore.Products.Tests;

/// <summary>How old an answer may be that a replica gives after another one has changed what it says.</summary>
public sealed class StaleReadTests(ProductsApplication app)
{
    private const int Changes = 40;

    // A machine that runs nobody's code for so long cannot run the store's either.
    private static readonly TimeSpan Stall = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Oldest = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Prices_and_stock_that_change_at_random_through_one_replica_are_seen_through_all_within_a_second()
    {
        await using var second = new StoreApplication<Program, ProductsDbContext>("products", ("ConnectionStrings:products", $"Data Source={app.DatabaseFile}"));
        var made = await app.MakePhysical("Ever changing kxj", stock: 5);
        await app.Found("Ever changing kxj");
        using var administrator = app.Administrator();
        var (changes, reads, stalls) = (new List<Change>(), new ConcurrentBag<Read>(), new ConcurrentBag<(TimeSpan From, TimeSpan Until)>());
        var (begun, random) = (TimeProvider.System.GetTimestamp(), new Random(20_261_126));
        TimeSpan Now() => TimeProvider.System.GetElapsedTime(begun);
        using var over = new CancellationTokenSource();

        var watchers = new List<Task> { Task.Run(() => WatchTheMachine(stalls, Now, over.Token)) };
        foreach (var replica in new StoreApplication<Program, ProductsDbContext>[] { app, second })
        {
            foreach (var address in new[] { $"/api/products/{made.Slug}", "/api/products?search=ever%20changing%20kxj", $"/api/products/variants?sku={made.Sku}" })
            {
                watchers.Add(Task.Run(() => Watch(replica.Anonymous(), address, reads, Now, over.Token)));
            }
        }

        var (price, inStock) = (4_999L, true);
        for (var change = 1; change <= Changes; change++)
        {
            if (random.Next(3) > 0)
            {
                price = 1_000 + change;
                using var answer = await administrator.PutAsJsonAsync($"/api/products/variants/{made.Sku}/price", new { price });
                answer.EnsureSuccessStatusCode();
            }
            else
            {
                inStock = !inStock;
                using var answer = await administrator.PutAsJsonAsync($"/api/products/variants/{made.Sku}/stock", new { onHand = inStock ? 5 : 0, reason = "count" });
                answer.EnsureSuccessStatusCode();
            }

            changes.Add(new(Now(), price, inStock));
            var seen = reads.Count;
            await ProductsApplication.Eventually(() => Task.FromResult(reads.Count > seen + random.Next(60)), "some have read meanwhile");
        }

        var last = Now();
        await ProductsApplication.Eventually(() => Task.FromResult(reads.Any(read => read.Asked > last + Oldest)), "the last change is old");
        await over.CancelAsync();
        await Task.WhenAll(watchers);

        var judged = 0;
        foreach (var read in reads)
        {
            var from = read.Asked - Oldest;
            if (stalls.Any(stall => stall.From < read.Asked && stall.Until > from) || changes.FindLastIndex(change => change.Seen <= from) is not (>= 0 and var known))
            {
                continue;
            }

            judged++;
            // What it says was true at some time since: of the change that was known a second before, or of one after it.
            Assert.Contains(changes[known..], change => change.Price == read.Price && change.InStock == read.InStock);
        }

        Assert.True(judged > 0, "No read could be judged: the machine stalled all the time.");
    }

    private static async Task Watch(HttpClient client, string address, ConcurrentBag<Read> reads, Func<TimeSpan> now, CancellationToken over)
    {
        using (client)
        {
            while (!over.IsCancellationRequested)
            {
                var asked = now();
                var answer = await client.GetFromJsonAsync<JsonElement>(address, CancellationToken.None);
                var product = answer.TryGetProperty("items", out var items) ? items.EnumerateArray().FirstOrDefault() : answer;
                if (product.ValueKind is JsonValueKind.Object)
                {
                    reads.Add(new(asked, product.GetProperty("price").GetProperty("amount").GetInt64(), product.GetProperty("inStock").GetBoolean()));
                }
            }
        }
    }

    private static async Task WatchTheMachine(ConcurrentBag<(TimeSpan From, TimeSpan Until)> stalls, Func<TimeSpan> now, CancellationToken over)
    {
        var before = now();
        while (!over.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None);
            var after = now();
            if (after - before > Stall)
            {
                stalls.Add((before, after));
            }

            before = after;
        }
    }

    private sealed record Change(TimeSpan Seen, long Price, bool InStock);

    private sealed record Read(TimeSpan Asked, long Price, bool InStock);
}
