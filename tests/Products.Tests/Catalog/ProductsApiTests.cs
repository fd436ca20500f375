using System.Text.Json;

namespace PlayStationStore.Products.Tests;

public sealed class ProductsApiTests(SeededCatalogue catalogue)
{
    [Fact]
    public async Task A_product_is_found_by_its_slug_and_by_its_id()
    {
        var bySlug = await catalogue.Get("/api/products/gran-turismo-5");
        var byId = await catalogue.Get($"/api/products/{bySlug.GetProperty("id").GetGuid()}");

        Assert.Equal(bySlug.GetRawText(), byId.GetRawText());
        Assert.Equal("Gran Turismo 5", bySlug.GetProperty("name").GetString());
        Assert.Equal("racing", bySlug.GetProperty("categories")[0].GetProperty("slug").GetString());
        Assert.Equal(4, bySlug.GetProperty("ageRatings").GetArrayLength());
        Assert.Contains("English", bySlug.GetProperty("languages").EnumerateArray().Select(language => language.GetString()));
        Assert.False(bySlug.GetProperty("withdrawn").GetBoolean());
        Assert.Equal("PS3", bySlug.GetProperty("variants")[0].GetProperty("platform").GetString());
    }

    [Fact]
    public async Task Editions_say_what_they_contain()
    {
        var deluxe = await catalogue.App.InDatabase(database => Task.FromResult(database.Variants.Where(variant => variant.Edition == "Deluxe edition")
            .OrderBy(variant => variant.Sku).Select(variant => variant.ProductId).First()));

        var variants = (await catalogue.Get($"/api/products/{deluxe}")).GetProperty("variants").EnumerateArray().ToList();

        Assert.Contains(variants, variant => variant.GetProperty("edition").GetString() == "Deluxe edition" && variant.GetProperty("includes").GetArrayLength() > 0);
        Assert.Contains(variants, variant => variant.GetProperty("edition").GetString() == "Standard edition");
    }

    [Theory]
    [InlineData("no-such-game")]
    [InlineData("01941f29-7c00-7000-8000-000000000000")]
    [InlineData("%F0%9F%8E%AE")]
    [InlineData("%ED%A0%80")]
    [InlineData("a%2Fb")]
    [InlineData("..%2F..%2Fetc")]
    public async Task What_is_not_there_is_a_404(string address)
    {
        using var client = catalogue.App.Anonymous();

        await (await client.GetAsync($"/api/products/{address}")).IsProblem(404);
    }

    [Fact]
    public async Task Variants_come_in_one_batch_without_the_unknown_ones()
    {
        var items = (await catalogue.Get("/api/products/variants?sku=GIFT-50&sku=HW-PS5-DISC&sku=NOTHING&sku=GIFT-50")).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(["GIFT-50", "HW-PS5-DISC"], items.Select(item => item.GetProperty("sku").GetString()).Order());
        var card = items.Single(item => item.GetProperty("sku").GetString() == "GIFT-50");
        Assert.Equal("PlayStation Store Gift Card", card.GetProperty("productName").GetString());
        Assert.Equal("giftCard", card.GetProperty("kind").GetString());
        Assert.Equal(5_000, card.GetProperty("price").GetProperty("amount").GetInt64());
        Assert.True(card.GetProperty("digital").GetBoolean());
    }

    [Fact]
    public async Task An_item_has_every_field_that_clients_rely_on()
    {
        var item = (await catalogue.Get("/api/products?pageSize=1")).GetProperty("items")[0];

        Assert.Equal(
            ["discountPercent", "genre", "heroUrl", "id", "imageUrl", "inStock", "kind", "memberPrice", "name", "originalPrice", "platforms", "price", "publisher", "rating",
                "ratingCount", "releaseDate", "saleEndsAt", "sku", "slug", "titleUrl"],
            item.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
        Assert.StartsWith($"/api/products/{item.GetProperty("id").GetString()}/image?v=", item.GetProperty("imageUrl").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Categories_form_a_tree_with_counts()
    {
        var categories = (await catalogue.Get("/api/categories")).EnumerateArray().ToDictionary(category => category.GetProperty("slug").GetString()!);

        Assert.Equal(categories["games"].GetProperty("id").GetGuid(), categories["racing"].GetProperty("parentId").GetGuid());
        Assert.Equal(JsonValueKind.Null, categories["games"].GetProperty("parentId").ValueKind);
        Assert.Equal((await catalogue.Get("/api/products?category=games&pageSize=1")).GetProperty("total").GetInt32(), categories["games"].GetProperty("productCount").GetInt32());
        Assert.Equal((await catalogue.Get("/api/products?category=consoles&pageSize=1")).GetProperty("total").GetInt32(), categories["consoles"].GetProperty("productCount").GetInt32());
    }
}
