using System.Net.Http.Json;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products.Tests;

public sealed class OffersTests(ProductsApplication app)
{
    [Fact]
    public async Task Other_services_are_told_what_a_product_is_after_each_change()
    {
        var game = await app.MakeDigital("Told of");
        using var client = app.Administrator();

        using var priced = await client.PutAsJsonAsync(
            $"/api/products/variants/{game.Sku}/price", new { price = 1_499, currency = "EUR" }, TestContext.Current.CancellationToken);
        var offer = await Told(game.Sku, offer => offer.Currencies.Contains("EUR"));
        using var withdrawn = await client.DeleteAsync($"/api/products/{game.Id}", TestContext.Current.CancellationToken);
        await Told(game.Sku, offer => !offer.Sold);

        Assert.Equal((game.Id, "game", true, true), (offer.ProductId, offer.Kind, offer.Digital, offer.Sold));
        Assert.Equal(["EUR", "USD"], offer.Currencies.Order());
    }

    [Fact]
    public async Task A_product_is_filed_under_its_categories_and_all_above_them()
    {
        using var client = app.Administrator();
        var above = await Category(client, null);
        var below = await Category(client, above);
        var product = new
        {
            name = "Filed away",
            kind = "console",
            description = "A console.",
            categoryIds = new[] { below },
            variants = new[] { new { sku = "FILED-AWAY", digital = false, price = 100, onHand = 1 } },
        };

        using var created = await client.PostAsJsonAsync("/api/products", product, TestContext.Current.CancellationToken);
        Assert.Equal(201, (int)created.StatusCode);
        // The first words of it may come from a look that began before the categories were there; later ones put that right.
        var offer = await Told("FILED-AWAY", offer => offer.CategoryIds.Count == 2);

        Assert.Equal(("console", false), (offer.Kind, offer.Digital));
        Assert.Equal(new[] { above, below }.Order(), offer.CategoryIds.Order());
    }

    [Fact]
    public async Task Who_asks_for_everything_gets_every_variant_in_parts()
    {
        await using var store = new ProductsApplication();
        await store.Change(database =>
        {
            database.AddRange(Enumerable.Range(0, 1_100).Select(number =>
            {
                var product = Product.Create(Guid.CreateVersion7(), $"many-{number}", ProductsApplication.Details($"Many {number}"), store.Clock.GetUtcNow());
                product.AddVariant($"MANY-{number}", new(null, null, true, [])).SetPrice(Region.Default, new PriceTag(100));
                return product;
            }));
            return Task.CompletedTask;
        });

        await store.Deliver<OffersRequestedConsumer, OffersRequested>(new());

        var skus = new HashSet<string>();
        await ProductsApplication.Eventually(
            () =>
            {
                skus.UnionWith(store.Broker.Published.Select<OffersChanged>().SelectMany(told => told.Context.Message.Offers).Select(offer => offer.Sku));
                return Task.FromResult(skus.Count == 1_100);
            },
            "all 1,100 variants are told of");
    }

    [Fact]
    public async Task A_gift_card_has_no_sale()
    {
        using var client = app.Administrator();
        var product = new
        {
            name = "Card",
            kind = "giftCard",
            description = "Money.",
            variants = new[] { new { sku = "CARD-20", digital = true, price = 2_000 } },
        };
        using var created = await client.PostAsJsonAsync("/api/products", product, TestContext.Current.CancellationToken);

        using var sale = await client.PutAsJsonAsync(
            "/api/products/variants/CARD-20/price", new { price = 1_500, originalPrice = 2_000 }, TestContext.Current.CancellationToken);

        Assert.True((await sale.IsProblem(400)).GetProperty("errors").TryGetProperty("originalPrice", out _));
    }

    private async Task<OfferedVariant> Told(string sku, Func<OfferedVariant, bool> matches) =>
        (await app.Published<OffersChanged>(told => told.Offers.Any(offer => offer.Sku == sku && matches(offer)))).Offers.Single(offer => offer.Sku == sku);

    private static async Task<Guid> Category(HttpClient client, Guid? parent)
    {
        var category = new { name = "Shelf", slug = $"shelf-{Guid.NewGuid():N}", parentId = parent, position = 0 };
        using var created = await client.PostAsJsonAsync("/api/categories", category, TestContext.Current.CancellationToken);
        return (await created.Json()).GetProperty("id").GetGuid();
    }
}
