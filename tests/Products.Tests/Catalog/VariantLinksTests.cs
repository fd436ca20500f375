using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products.Tests;

public sealed class VariantLinksTests(ProductsApplication app)
{
    private static int made;

    [Fact]
    public async Task Editions_say_what_they_contain_and_what_they_replace()
    {
        var key = Key();
        using var client = app.Administrator();

        var game = await (await client.PostAsJsonAsync("/api/products", Game(key))).Json();

        var variants = game.GetProperty("variants");
        Assert.Equal([$"STD-{key}"], Skus(variants[1], "contains"));
        Assert.Equal([$"STD-{key}"], Skus(variants[1], "upgradesFrom"));
        Assert.Equal([], Skus(variants[0], "upgradesFrom"));
        Assert.Equal(new[] { $"DLX-{key}", $"STD-{key}" }, Skus(variants[2], "upgradesFrom"));
        var shown = await (await app.Anonymous().GetAsync($"/api/products/{game.GetProperty("id").GetGuid()}")).Json();
        Assert.Equal([$"STD-{key}"], Skus(shown.GetProperty("variants")[1], "contains"));
    }

    [Fact]
    public async Task A_sale_does_not_change_which_edition_is_the_higher_one()
    {
        var key = Key();
        using var client = app.Administrator();
        var game = await (await client.PostAsJsonAsync("/api/products", Game(key))).Json();

        using var priced = await client.PutAsJsonAsync($"/api/products/variants/DLX-{key}/price", new { price = 1_000, originalPrice = 7_000 });

        var shown = await (await client.GetAsync($"/api/products/{game.GetProperty("id").GetGuid()}")).Json();
        Assert.Equal([$"STD-{key}"], Skus(shown.GetProperty("variants")[1], "upgradesFrom"));
    }

    [Fact]
    public async Task Other_services_are_told_of_the_links_and_the_prices()
    {
        var key = Key();
        using var client = app.Administrator();
        await client.PostAsJsonAsync("/api/products", Game(key));
        using var addon = await client.PostAsJsonAsync("/api/products", Addon(key));

        var told = (await app.Published<OffersChanged>(changed => changed.Offers.Any(offer => offer.Sku == $"DLX-{key}"))).Offers.Single(offer => offer.Sku == $"DLX-{key}");
        var needs = (await app.Published<OffersChanged>(changed => changed.Offers.Any(offer => offer.Sku == $"ADD-{key}"))).Offers.Single(offer => offer.Sku == $"ADD-{key}");

        Assert.Equal([$"STD-{key}"], told.Contains);
        Assert.Equal([$"STD-{key}"], told.UpgradesFrom);
        Assert.Equal(
            [("us", "USD", 5_999), ("gb", "GBP", 5_099), ("de", "EUR", 5_999), ("fr", "EUR", 6_499), ("jp", "JPY", 8_980)],
            told.Prices!.Select(price => (price.Region, price.Currency, price.Regular)));
        Assert.Equal(["USD", "GBP", "EUR", "JPY"], told.Currencies);
        Assert.Equal([$"STD-{key}", $"DLX-{key}"], needs.Requires);
    }

    [Fact]
    public async Task An_order_is_told_what_of_it_may_be_owned_already_at_the_prices_of_now()
    {
        var key = Key();
        using var client = app.Administrator();
        await client.PostAsJsonAsync("/api/products", Game(key));
        await client.PostAsJsonAsync("/api/products", Addon(key));
        var order = new OrderSubmitted(
            Guid.CreateVersion7(), "N", Guid.NewGuid(), "USD", [new($"PS5-{key}", 1, 5_999), new($"ADD-{key}", 1, 500)], app.Clock.GetUtcNow());

        await app.Deliver<OrderSubmittedConsumer, OrderSubmitted>(order);

        var lines = (await app.Published<StockReserved>(reserved => reserved.OrderId == order.OrderId)).Lines;
        Assert.Equal(
            [($"DLX-{key}", 5_999, false), ($"STD-{key}", 3_999, false)],
            lines[0].Parts!.Select(part => (part.Sku, part.UnitPrice, part.Given)).OrderBy(part => part.Sku, StringComparer.Ordinal));
        Assert.Equal([$"STD-{key}"], lines[0].Parts!.Single(part => part.Sku == $"DLX-{key}").Covers);
        Assert.Null(lines[1].Parts);
        Assert.Equal([$"STD-{key}", $"DLX-{key}"], lines[1].Requires);
    }

    [Fact]
    public async Task An_editor_who_does_not_speak_of_links_leaves_them_as_they_are()
    {
        var key = Key();
        using var client = app.Administrator();
        var input = Game(key);
        var game = await (await client.PostAsJsonAsync("/api/products", input)).Json();
        input["variants"]![1]!.AsObject().Remove("contains");

        var kept = await (await client.PutAsJsonAsync($"/api/products/{game.GetProperty("id").GetGuid()}", input)).Json();
        input["variants"]![1]!["contains"] = new JsonArray();
        var emptied = await (await client.PutAsJsonAsync($"/api/products/{game.GetProperty("id").GetGuid()}", input)).Json();

        Assert.Equal([$"STD-{key}"], Skus(kept.GetProperty("variants")[1], "contains"));
        Assert.Equal([], Skus(emptied.GetProperty("variants")[1], "contains"));
    }

    [Theory]
    [InlineData("contains", "NOWHERE")]
    [InlineData("contains", "DLX")]
    [InlineData("contains", "BOX")]
    [InlineData("contains", "STD STD")]
    [InlineData("requires", "NOWHERE")]
    [InlineData("requires", "DLX")]
    [InlineData("requires", "PS5")]
    public async Task A_link_that_leads_nowhere_is_refused_and_named(string field, string targets)
    {
        var key = Key();
        using var client = app.Administrator();
        var input = Game(key);
        input["variants"]![1]![field] = new JsonArray([.. targets.Split(' ').Select(target => JsonValue.Create($"{target}-{key}"))]);

        var problem = await (await client.PostAsJsonAsync("/api/products", input)).IsProblem(400);

        Assert.StartsWith($"variants[1].{field}[", Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_variants_do_not_contain_each_other()
    {
        var key = Key();
        using var client = app.Administrator();
        var input = Game(key);
        input["variants"]![0]!["contains"] = new JsonArray($"DLX-{key}");

        await (await client.PostAsJsonAsync("/api/products", input)).IsProblem(400);
    }

    private static string Key() => $"L{Interlocked.Increment(ref made)}";

    private static string?[] Skus(JsonElement variant, string field) => [.. variant.GetProperty(field).EnumerateArray().Select(sku => sku.GetString())];

    private static JsonObject Game(string key) => JsonSerializer.SerializeToNode(new
    {
        name = $"Linked {key}",
        kind = "game",
        description = "A game.",
        variants = new object[]
        {
            new { sku = $"STD-{key}", platform = "PS4", edition = "Standard", digital = true, price = 3_999 },
            new { sku = $"DLX-{key}", platform = "PS4", edition = "Deluxe", digital = true, price = 5_999, contains = new[] { $"STD-{key}" } },
            new { sku = $"PS5-{key}", platform = "PS5", edition = "Deluxe", digital = true, price = 5_999 },
            new { sku = $"BOX-{key}", platform = "PS4", edition = "Boxed", digital = false, price = 4_999, onHand = 3 },
        },
    })!.AsObject();

    private static object Addon(string key) => new
    {
        name = $"Add-on {key}",
        kind = "addon",
        description = "An add-on.",
        variants = new[] { new { sku = $"ADD-{key}", platform = "PS4", digital = true, price = 500, requires = new[] { $"STD-{key}", $"DLX-{key}" } } },
    };
}
