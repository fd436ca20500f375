using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using PlayStationStore.Load;

namespace PlayStationStore.AppHost.Tests;

/// <summary>What the check between services finds, over services that answer in pages of two.</summary>
public sealed class StoreBooksTests
{
    private readonly SortedDictionary<Guid, object> orders = [];
    private readonly SortedDictionary<Guid, object> products = [];
    private readonly List<string> broken = [];

    [Theory]
    [InlineData("sold", "sold", true)]
    [InlineData("released", "released", true)]
    [InlineData("held", "held", true)]
    [InlineData("asked", "held", true)]
    [InlineData("asked", null, true)]
    [InlineData("released", null, true)]
    [InlineData("sold", "held", false)]
    [InlineData("sold", "released", false)]
    [InlineData("sold", null, false)]
    [InlineData("released", "held", false)]
    [InlineData("released", "sold", false)]
    [InlineData("held", "released", false)]
    [InlineData("held", "sold", false)]
    [InlineData("asked", "sold", false)]
    [InlineData(null, "held", false)]
    [InlineData(null, "sold", false)]
    [InlineData(null, "released", true)]
    public async Task Orders_and_Products_agree_or_the_order_is_named(string? wanted, string? found, bool agree)
    {
        for (var other = 0; other < 7; other++)
        {
            Add("sold", "sold", 1, 1);
        }

        var order = Add(wanted, found, 2, 2);
        Add("released", "released", 1, 1);

        var checks = await Check();

        Assert.Equal(agree, checks.All(check => check.Ok));
        Assert.Equal(agree, !checks.Any(check => check.Detail.Contains(order.ToString(), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_count_that_differs_is_found_and_one_of_a_download_has_none()
    {
        Add("sold", "released", 0, 0);
        var before = await Check();
        Add("sold", "sold", 2, 1);
        var after = await Check();

        Assert.All(before, check => Assert.True(check.Ok));
        Assert.Equal("sold", Assert.Single(after, check => !check.Ok).Name);
    }

    [Fact]
    public async Task What_is_put_right_within_the_patience_is_no_failure()
    {
        var order = Add("sold", "held", 1, 1);
        broken.Add("users");
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
        var checking = new StoreBooks(Read, clock).CheckAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.False(checking.IsCompleted);

        products[order] = Stock(order, "sold", 1);
        broken.Clear();
        clock.Advance(TimeSpan.FromSeconds(3));

        Assert.All(await checking, check => Assert.True(check.Ok));
    }

    private Guid Add(string? wanted, string? found, int wantedPieces, int foundPieces)
    {
        var order = Guid.CreateVersion7();
        if (wanted is not null)
        {
            orders[order] = Stock(order, wanted, wantedPieces);
        }

        if (found is not null)
        {
            products[order] = Stock(order, found, foundPieces);
        }

        return order;
    }

    private Task<IReadOnlyList<StoreCheck>> Check() => new StoreBooks(Read, TimeProvider.System).CheckAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);

    private static object Stock(Guid order, string state, int pieces) =>
        new { order, state, lines = pieces == 0 ? [] : new[] { new { sku = "CONSOLE", quantity = pieces } } };

    private Task<JsonElement> Read(string service, string address, CancellationToken cancel)
    {
        if (!address.StartsWith("stock", StringComparison.Ordinal))
        {
            return Task.FromResult(JsonSerializer.SerializeToElement(new { ok = true, checks = new[] { new { name = "rule", ok = !broken.Contains(service), detail = "Found." } } }));
        }

        var query = address.Split('?', 2) is [_, var text] ? text.Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => Guid.Parse(pair[1])) : [];
        var found = (service == "orders" ? orders : products)
            .Where(one => !query.TryGetValue("after", out var after) || one.Key.CompareTo(after) > 0)
            .Where(one => !query.TryGetValue("until", out var until) || one.Key.CompareTo(until) <= 0)
            .Where(one => !query.TryGetValue("order", out var order) || one.Key == order).ToList();
        return Task.FromResult(JsonSerializer.SerializeToElement(
            new { items = found.Take(2).Select(one => one.Value), next = found.Count > 2 ? found[1].Key : (Guid?)null }));
    }
}
