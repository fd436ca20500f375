using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products.Tests;

public sealed class ReleaseTests(ProductsApplication app)
{
    private static int made;

    private DateOnly Today => DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime);

    [Fact]
    public async Task What_is_not_day0yet_is_a_pre_order_and_its_stock_is_held_until_long_after_its_day()
    {
        var (key, day) = (Key(), Today.AddDays(30));
        using var client = app.Administrator();
        var product = await (await client.PostAsJsonAsync("/api/products", Game(key, day))).Json();
        var variant = (await (await app.Anonymous().GetAsync($"/api/products/{product.GetProperty("id").GetGuid()}")).Json()).GetProperty("variants")[0];
        var order = new OrderSubmitted(Guid.CreateVersion7(), "N", Guid.NewGuid(), "USD", [new($"BOX-{key}", 1, 6_999)], app.Clock.GetUtcNow());

        await app.Deliver<OrderSubmittedConsumer, OrderSubmitted>(order);

        var release = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        Assert.True(variant.GetProperty("preorder").GetBoolean());
        Assert.Equal(release, variant.GetProperty("releaseAt").GetDateTimeOffset());
        var reserved = await app.Published<StockReserved>(reserved => reserved.OrderId == order.OrderId);
        Assert.Equal(release, Assert.Single(reserved.Lines).PreorderUntil);
        Assert.Equal(release + Reservation.AfterRelease, reserved.ExpiresAt);
        Assert.Equal(release, (await app.Published<OffersChanged>(told => told.Offers.Any(offer => offer.Sku == $"STD-{key}"))).Offers.Single(offer => offer.Sku == $"STD-{key}").ReleaseAt);
    }

    [Fact]
    public async Task What_came_day0today_is_no_pre_order()
    {
        var key = Key();
        using var client = app.Administrator();

        var product = await (await client.PostAsJsonAsync("/api/products", Game(key, Today))).Json();

        Assert.False(product.GetProperty("variants")[0].GetProperty("preorder").GetBoolean());
    }

    [Fact]
    public async Task A_demo_is_free_stands_for_nothing_and_is_no_edition()
    {
        var key = Key();
        using var client = app.Administrator();
        var input = Game(key, Today);
        input["variants"]!.AsArray().Insert(0, Demo(key));

        var product = await (await client.PostAsJsonAsync("/api/products", input)).Json();
        using var priced = await client.PutAsJsonAsync($"/api/products/variants/DEMO-{key}/price", new { price = 100 });
        var told = (await app.Published<OffersChanged>(changed => changed.Offers.Any(offer => offer.Sku == $"DEMO-{key}"))).Offers;

        Assert.Equal(($"STD-{key}", 6_999), (product.GetProperty("sku").GetString(), product.GetProperty("price").GetProperty("amount").GetInt64()));
        Assert.Equal((true, 0), (product.GetProperty("variants")[0].GetProperty("demo").GetBoolean(), product.GetProperty("variants")[0].GetProperty("price").GetProperty("amount").GetInt64()));
        Assert.Equal(0, product.GetProperty("variants")[1].GetProperty("upgradesFrom").GetArrayLength());
        await priced.IsProblem(400);
        Assert.Equal("demo", told.Single(offer => offer.Sku == $"DEMO-{key}").Kind);
    }

    [Theory]
    [InlineData("price")]
    [InlineData("physical")]
    [InlineData("alone")]
    [InlineData("required")]
    [InlineData("contained")]
    public async Task A_demo_that_makes_no_sense_is_refused(string oddity)
    {
        var key = Key();
        using var client = app.Administrator();
        var input = Game(key, Today);
        var demo = Demo(key);
        switch (oddity)
        {
            case "price":
                demo["price"] = 100;
                break;
            case "physical":
                demo["digital"] = false;
                break;
            case "required":
            case "contained":
                input["variants"]![0]![oddity == "required" ? "requires" : "contains"] = new JsonArray($"DEMO-{key}");
                break;
        }

        input["variants"] = oddity == "alone" ? new JsonArray(demo) : new JsonArray([.. input["variants"]!.AsArray().Select(one => one!.DeepClone()), demo]);

        await (await client.PostAsJsonAsync("/api/products", input)).IsProblem(400);
        Assert.False(await app.InDatabase(database => database.Variants.AnyAsync(variant => variant.Sku == $"DEMO-{key}")));
    }

    private static string Key() => $"R{Interlocked.Increment(ref made)}";

    private static JsonObject Demo(string key) => new() { ["sku"] = $"DEMO-{key}", ["platform"] = "PS5", ["edition"] = "Demo", ["digital"] = true, ["demo"] = true };

    private static JsonObject Game(string key, DateOnly day) => JsonSerializer.SerializeToNode(new
    {
        name = $"Released {key}",
        kind = "game",
        description = "A game.",
        releaseDate = day,
        variants = new object[]
        {
            new { sku = $"STD-{key}", platform = "PS5", edition = "Standard", digital = true, price = 6_999 },
            new { sku = $"BOX-{key}", platform = "PS5", edition = "Boxed", digital = false, price = 6_999, onHand = 3 },
        },
    })!.AsObject();
}
