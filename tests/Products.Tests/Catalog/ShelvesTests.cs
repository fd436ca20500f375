using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Products.Tests;

public sealed class ShelvesTests(ProductsApplication app, SeededCatalogue catalogue)
{
    private static readonly DateTimeOffset At = new(2026, 6, 1, 13, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_several_shoppers_bought_with_it_is_shown_the_most_often_first()
    {
        var game = await app.MakeDigital("Together One");
        var often = await app.MakeDigital("Together Often");
        var seldom = await app.MakeDigital("Together Seldom");
        var once = await app.MakeDigital("Together Once");
        await app.Found("Together Once");
        await Buy(game, often, seldom, once);
        await Buy(game, often, seldom);
        await Buy(game, often);
        await Buy(often, once);

        Assert.Equal(["Together Often", "Together Seldom"], await Shelf(game.Id, "bought-together", 2));
    }

    [Fact]
    public async Task What_was_given_back_or_came_in_a_bundle_was_not_bought_together()
    {
        var (game, other, bundle) = (await app.MakeDigital("Apart Game"), await app.MakeDigital("Apart Other"), await app.MakeDigital("Apart Bundle"));
        var (first, second) = (await Buy(game, other), await Buy(game, other));
        await app.Change(async database => (await database.Variants.SingleAsync(variant => variant.Sku == bundle.Sku))
            .Change(new("PS4", null, true, [], Contains: [game.Sku, other.Sku])));
        await Buy(bundle);
        await Buy(bundle);
        await app.Found("Apart Bundle");
        Assert.Equal(["Apart Other"], await Shelf(game.Id, "bought-together", 1));

        await app.Deliver<PurchaseRefundedConsumer, OrderRefunded>(new(
            second.OrderId, "PS-1", second.UserId, new(1, "USD"), [new(other.Id, other.Sku, 1)], Whole: false, At.AddDays(1)));
        await Buy(game);
        Assert.Empty(await Shelf(game.Id, "bought-together", 0));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Coming_games_are_those_not_out_yet_the_first_to_come_first()
    {
        var coming = (await catalogue.Get("/api/products/coming")).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(["Ember Coast", "Quiet Orbit", "Paper Knights"], coming.Select(item => item.GetProperty("name").GetString()));
        Assert.Equal("EUR", (await catalogue.Get("/api/products/coming?region=de")).GetProperty("items")[0].GetProperty("price").GetProperty("currency").GetString());
    }

    [Fact]
    public async Task Related_begins_with_the_series_and_goes_on_with_publisher_and_genre()
    {
        var list = await catalogue.Get("/api/products?search=final+fantasy+vii&pageSize=1");
        var game = list.GetProperty("items")[0];

        var related = (await catalogue.Get($"/api/products/{game.GetProperty("id").GetString()}/related")).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(12, related.Count);
        Assert.All(related.Take(8), item => Assert.StartsWith("final fantasy", item.GetProperty("name").GetString(), StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(related, item => item.TryGetProperty("highlights", out _));
        Assert.DoesNotContain(related, item => item.GetProperty("id").GetString() == game.GetProperty("id").GetString());
        Assert.Equal(related.Count, related.Select(item => item.GetProperty("id").GetString()).Distinct().Count());
    }

    [Theory]
    [InlineData("?kind=console")]
    [InlineData("?kind=giftCard")]
    [InlineData("?kind=subscription")]
    [InlineData("?sort=name")]
    public async Task Anything_has_something_related_or_nothing(string query)
    {
        var item = (await catalogue.Get($"/api/products{query}&pageSize=1")).GetProperty("items")[0];

        Assert.InRange((await catalogue.Get($"/api/products/{item.GetProperty("id").GetString()}/related")).GetProperty("items").GetArrayLength(), 0, 12);
    }

    [Fact]
    public async Task Games_with_a_demo_are_on_a_shelf()
    {
        var demos = (await catalogue.Get("/api/products/demos")).GetProperty("items").EnumerateArray().ToList();

        Assert.NotEmpty(demos);
        foreach (var demo in demos)
        {
            Assert.Contains((await catalogue.Get($"/api/products/{demo.GetProperty("id").GetString()}")).GetProperty("variants").EnumerateArray(), variant => variant.GetProperty("demo").GetBoolean());
        }
    }

    [Fact]
    public async Task What_does_not_exist_has_no_shelf()
    {
        using var client = app.Anonymous();

        await (await client.GetAsync($"/api/products/{Guid.NewGuid()}/related")).IsProblem(404);
        await (await client.GetAsync("/api/products/not-an-id/related")).IsProblem(404);
        Assert.Equal(0, (await client.GetFromJsonAsync<JsonElement>($"/api/products/{Guid.NewGuid()}/bought-together")).GetProperty("items").GetArrayLength());
    }

    private async Task<List<string?>> Shelf(Guid id, string shelf, int length)
    {
        using var client = app.Anonymous();
        JsonElement found = default;
        // Answers are kept until the catalogue changes, which sales do within a minute.
        await StoreApplication<Program, ProductsDbContext>.Eventually(async () =>
        {
            await app.Change(database =>
            {
                database.MarkChanged(id, app.Clock.GetUtcNow());
                return Task.CompletedTask;
            });
            found = await client.GetFromJsonAsync<JsonElement>($"/api/products/{id}/{shelf}");
            return found.GetProperty("items").GetArrayLength() == length;
        }, $"{shelf} has {length} products");
        return found.Names();
    }

    // Each order comes twice, as a broker may deliver it.
    private async Task<(Guid OrderId, Guid UserId)> Buy(params ProductsApplication.Made[] goods)
    {
        var (order, user) = (Guid.CreateVersion7(), Guid.NewGuid());
        await app.Deliver<OrderCompletedConsumer, OrderCompleted>(new(order, "PS-1", user, [.. goods.Select(one => new SoldLine(one.Id, one.Sku, 1))], new(1, "USD"), At));
        return (order, user);
    }
}
