using System.Text.Json;

namespace PlayStationStore.Load;

/// <summary>One thing that must hold in the running store.</summary>
/// <param name="Service">Whose rule it is; several names where it is one between services.</param>
/// <param name="Detail">What was found, in words.</param>
public sealed record StoreCheck(string Service, string Name, bool Ok, string Detail);

/// <summary>
/// Checks the books of a running store: those of each service, and whether Orders and Products agree on every order. It reads both listings
/// side by side, a part at a time, and keeps only what differs.
/// </summary>
/// <param name="read">Reads an address below a service's books, such as <c>stock?after=…</c>, from a service.</param>
/// <param name="clock">The time.</param>
public sealed class StoreBooks(Func<string, string, CancellationToken, Task<JsonElement>> read, TimeProvider clock)
{
    // What differs more often than this needs no more examples.
    private const int MostDifferences = 1_000;
    private static readonly string[] Services = ["users", "products", "orders"];
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    /// <summary>Checks everything. What fails is looked at again until the patience ends, since events may be on their way.</summary>
    /// <param name="patience">How long events may take.</param>
    /// <param name="cancel">Ends the check.</param>
    /// <returns>Every rule with what was found.</returns>
    public async Task<IReadOnlyList<StoreCheck>> CheckAsync(TimeSpan patience, CancellationToken cancel)
    {
        var books = new Dictionary<string, IReadOnlyList<StoreCheck>>(StringComparer.Ordinal);
        foreach (var service in Services)
        {
            books[service] = await ReadBooks(service, cancel);
        }

        var (compared, different) = await CompareAll(cancel);
        var started = clock.GetTimestamp();
        while ((different.Count > 0 || books.Values.Any(checks => checks.Any(check => !check.Ok))) && clock.GetElapsedTime(started) < patience)
        {
            await Task.Delay(Pace, clock, cancel);
            foreach (var service in Services.Where(service => books[service].Any(check => !check.Ok)))
            {
                books[service] = await ReadBooks(service, cancel);
            }

            different = await CompareAgain(different.Keys, cancel);
        }

        return [.. Services.SelectMany(service => books[service]), .. Differences(compared, different)];
    }

    private static IEnumerable<StoreCheck> Differences(long compared, Dictionary<Guid, Difference> different)
    {
        foreach (var (kind, name, what) in new[]
        {
            (DifferenceKind.Sold, "sold", "orders for which Products has not sold exactly what was paid"),
            (DifferenceKind.Held, "held", "orders for which Products does not hold what waits for payment, or still holds what does not"),
            (DifferenceKind.Unknown, "known", "orders for which Products holds or has sold goods, and that Orders does not know"),
        })
        {
            var broken = different.Where(one => one.Value.Kind == kind).OrderBy(one => one.Key).ToList();
            yield return broken.Count == 0
                ? new("orders and products", name, true, $"No {what}, among {compared}.")
                : new("orders and products", name, false, $"{broken.Count}{(different.Count >= MostDifferences ? " or more" : "")} {what}, such as {broken[0].Key}: {broken[0].Value.Words}.");
        }
    }

    private async Task<IReadOnlyList<StoreCheck>> ReadBooks(string service, CancellationToken cancel) =>
        [.. (await read(service, "", cancel)).GetProperty("checks").EnumerateArray().Select(check => new StoreCheck(
            service, check.GetProperty("name").GetString()!, check.GetProperty("ok").GetBoolean(), check.GetProperty("detail").GetString()!))];

    // Each part of the one listing gives the bounds of the part of the other, so that nobody but the database needs to know how keys are sorted.
    private async Task<(long Compared, Dictionary<Guid, Difference> Different)> CompareAll(CancellationToken cancel)
    {
        var (compared, different) = (0L, new Dictionary<Guid, Difference>());
        for (string? after = null, until = ""; until is not null && different.Count < MostDifferences; after = until)
        {
            (var orders, until) = await ReadStock("orders", after, null, null, cancel);
            var bound = until;
            var products = new Dictionary<Guid, Stock>();
            for (string? from = after, next = ""; next is not null; from = next)
            {
                (var part, next) = await ReadStock("products", from, bound, null, cancel);
                part.ForEach(one => products[one.Order] = one);
            }

            foreach (var order in orders)
            {
                products.Remove(order.Order, out var stock);
                Note(order.Order, Difference.Between(order, stock));
            }

            foreach (var stock in products.Values)
            {
                Note(stock.Order, Difference.Between(null, stock));
            }

            compared += orders.Count;
        }

        return (compared, different);

        void Note(Guid order, Difference? difference)
        {
            if (difference is not null)
            {
                different[order] = difference;
            }
        }
    }

    private async Task<Dictionary<Guid, Difference>> CompareAgain(IEnumerable<Guid> orders, CancellationToken cancel)
    {
        var still = new Dictionary<Guid, Difference>();
        foreach (var id in orders)
        {
            var (order, _) = await ReadStock("orders", null, null, id, cancel);
            var (stock, _) = await ReadStock("products", null, null, id, cancel);
            if (Difference.Between(order.SingleOrDefault(), stock.SingleOrDefault()) is { } difference)
            {
                still[id] = difference;
            }
        }

        return still;
    }

    private async Task<(List<Stock> Items, string? Next)> ReadStock(string service, string? after, string? until, Guid? order, CancellationToken cancel)
    {
        var query = string.Join('&', new[] { ("after", after), ("until", until), ("order", order?.ToString()) }
            .Where(pair => !string.IsNullOrEmpty(pair.Item2)).Select(pair => $"{pair.Item1}={pair.Item2}"));
        var page = await read(service, query.Length == 0 ? "stock" : $"stock?{query}", cancel);
        return (page.GetProperty("items").Deserialize<List<Stock>>(JsonSerializerOptions.Web)!, page.GetProperty("next").GetString());
    }

    private enum DifferenceKind
    {
        Sold,
        Held,
        Unknown,
    }

    private sealed record StockLine(string Sku, int Quantity);

    private sealed record Stock(Guid Order, string State, IReadOnlyList<StockLine> Lines)
    {
        public string Words => Lines.Count == 0 ? State : $"{State} {string.Join(", ", Lines.Select(line => $"{line.Quantity} {line.Sku}"))}";

        public List<StockLine> In(string state) => State == state ? [.. Lines.OrderBy(line => line.Sku, StringComparer.Ordinal)] : [];
    }

    private sealed record Difference(DifferenceKind Kind, string Words)
    {
        /// <summary>What Orders wants and Products has not, or the other way round.</summary>
        public static Difference? Between(Stock? wanted, Stock? found)
        {
            var words = $"Orders says {wanted?.Words ?? "nothing"}, Products says {found?.Words ?? "nothing"}";
            var (sold, held) = (found?.In("sold") ?? [], found?.In("held") ?? []);
            return wanted switch
            {
                null => sold.Count + held.Count > 0 ? new(DifferenceKind.Unknown, words) : null,
                _ when !sold.SequenceEqual(wanted.In("sold")) => new(DifferenceKind.Sold, words),
                { State: "asked" } => null,
                _ when !held.SequenceEqual(wanted.In("held")) => new(DifferenceKind.Held, words),
                _ => null,
            };
        }
    }
}
