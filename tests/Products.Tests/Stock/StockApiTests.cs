using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Products.Tests;

public sealed class StockApiTests(ProductsApplication app)
{
    [Fact]
    public async Task A_count_is_set_with_its_reason_and_shown()
    {
        var console = await app.MakePhysical("Counted qpx", stock: 0);
        using var client = app.Administrator();

        using var answer = await client.PutAsJsonAsync($"/api/products/variants/{console.Sku}/stock", new { onHand = 50, reason = "count" });

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal(50, (await answer.Json()).GetProperty("onHand").GetInt32());
        Assert.Equal("count", (await app.InDatabase(database => database.StockAdjustments.SingleAsync(adjustment => adjustment.Sku == console.Sku))).Reason);
        await app.Listed("search=counted qpx", list => list.GetProperty("items").EnumerateArray().Any(item => item.GetProperty("inStock").GetBoolean()));
    }

    [Fact]
    public async Task A_count_below_what_is_held_for_orders_is_refused()
    {
        var console = await app.MakePhysical("Held while counted", stock: 3);
        await app.InDatabase(database => database.Stock.Where(stock => stock.Sku == console.Sku).ExecuteUpdateAsync(set => set.SetProperty(stock => stock.Reserved, 2)));
        using var client = app.Administrator();

        using var answer = await client.PutAsJsonAsync($"/api/products/variants/{console.Sku}/stock", new { onHand = 1, reason = "count" });

        Assert.Equal("reserved", (await answer.IsProblem(409)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_count_that_orders_have_changed_since_it_was_seen_is_not_written_back()
    {
        var console = await app.MakePhysical("Sold while counted", stock: 24);
        using var client = app.Administrator();
        var address = $"/api/products/variants/{console.Sku}/stock";
        await app.InDatabase(database => database.Stock.Where(stock => stock.Sku == console.Sku).ExecuteUpdateAsync(set => set.SetProperty(stock => stock.OnHand, 21)));

        using var stale = await client.PutAsJsonAsync(address, new { onHand = 30, reason = "count", seen = 24 });
        Assert.Equal("changed", (await stale.IsProblem(412)).GetProperty("code").GetString());
        Assert.Equal(21, (await app.InDatabase(database => database.Stock.SingleAsync(stock => stock.Sku == console.Sku))).OnHand);

        // Sent twice, it is counted once.
        foreach (var _ in new[] { 1, 2 })
        {
            using var answer = await client.PutAsJsonAsync(address, new { onHand = 30, reason = "count", seen = 21 });
            Assert.Equal(200, (int)answer.StatusCode);
        }

        Assert.Equal(1, await app.InDatabase(database => database.StockAdjustments.CountAsync(adjustment => adjustment.Sku == console.Sku)));
    }

    [Theory]
    [InlineData(-1, "count", "onHand")]
    [InlineData(1_000_000_000, "count", "onHand")]
    [InlineData(null, "count", "onHand")]
    [InlineData(5, "", "reason")]
    [InlineData(5, null, "reason")]
    public async Task A_count_that_makes_no_sense_is_refused(int? onHand, string? reason, string field)
    {
        var console = await app.MakePhysical("Badly counted", stock: 3);
        using var client = app.Administrator();

        using var answer = await client.PutAsJsonAsync($"/api/products/variants/{console.Sku}/stock", new { onHand, reason });

        Assert.True((await answer.IsProblem(400)).GetProperty("errors").TryGetProperty(field, out _));
        Assert.Equal(3, (await app.InDatabase(database => database.Stock.SingleAsync(stock => stock.Sku == console.Sku))).OnHand);
    }

    [Fact]
    public async Task Digital_goods_and_unknown_skus_have_no_stock()
    {
        var game = await app.MakeDigital("Not counted");
        using var client = app.Administrator();

        await (await client.PutAsJsonAsync($"/api/products/variants/{game.Sku}/stock", new { onHand = 1, reason = "count" })).IsProblem(400);
        await (await client.PutAsJsonAsync("/api/products/variants/NOTHING/stock", new { onHand = 1, reason = "count" })).IsProblem(404);
    }
}
