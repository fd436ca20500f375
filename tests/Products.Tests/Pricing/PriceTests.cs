using System.Net.Http.Json;

namespace PlayStationStore.Products.Tests;

public sealed class PriceTests(ProductsApplication app)
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_sale_holds_until_the_instant_it_ends()
    {
        var price = new Price("SKU", "USD", new PriceTag(1_499, 1_999, Noon));

        Assert.Equal(new PriceTag(1_499, 1_999, Noon), price.At(Noon.AddTicks(-1)));
        Assert.Equal(new PriceTag(1_999), price.At(Noon));
    }

    [Theory]
    [InlineData(1_499, 1_999, 25)]
    [InlineData(1_999, 1_999, 0)]
    [InlineData(1, 1_999, 99)]
    [InlineData(0, 1_999, 100)]
    [InlineData(1_990, 1_999, 0)]
    public void A_discount_is_never_said_to_be_more_than_it_is(long amount, long original, int percent) =>
        Assert.Equal(percent, new PriceTag(amount, original).DiscountPercent);

    [Fact]
    public async Task A_changed_price_is_in_the_list_and_on_the_page()
    {
        var game = await app.MakeDigital("Reduced qvx", price: 2_999);
        await app.Found("Reduced qvx");
        using var client = app.Administrator();

        using var answer = await client.PutAsJsonAsync($"/api/products/variants/{game.Sku}/price", new { price = 1_499, originalPrice = 2_999 });

        Assert.Equal(200, (int)answer.StatusCode);
        var list = await app.Listed("search=reduced qvx", list => list.GetProperty("items").EnumerateArray().Any(item => item.GetProperty("price").GetProperty("amount").GetInt64() == 1_499));
        Assert.Equal(50, list.GetProperty("items")[0].GetProperty("discountPercent").GetInt32());
        var page = await (await client.GetAsync($"/api/products/{game.Slug}")).Json();
        Assert.Equal(2_999, page.GetProperty("variants")[0].GetProperty("originalPrice").GetProperty("amount").GetInt64());
    }

    [Fact]
    public async Task A_sale_that_ends_leaves_the_list_by_itself()
    {
        await using var store = new ProductsApplication();
        var game = await store.MakeDigital("Ending", price: 2_999);
        using var client = store.Administrator();
        await client.PutAsJsonAsync($"/api/products/variants/{game.Sku}/price", new { price = 999, originalPrice = 2_999, saleEndsAt = store.Clock.GetUtcNow().AddHours(1) });
        await store.Listed("onSale=true", list => list.GetProperty("total").GetInt32() == 1);

        store.Clock.Advance(TimeSpan.FromHours(1));

        await store.Listed("onSale=true", list => list.GetProperty("total").GetInt32() == 0);
        await store.Listed("minPrice=2999", list => list.GetProperty("total").GetInt32() == 1);
    }

    [Theory]
    [InlineData("{}", "price")]
    [InlineData("{\"price\":-1}", "price")]
    [InlineData("{\"price\":1000000000000}", "price")]
    [InlineData("{\"price\":100,\"originalPrice\":100}", "originalPrice")]
    [InlineData("{\"price\":100,\"originalPrice\":50}", "originalPrice")]
    [InlineData("{\"price\":100,\"saleEndsAt\":\"2030-01-01T00:00:00Z\"}", "saleEndsAt")]
    [InlineData("{\"price\":100,\"originalPrice\":200,\"saleEndsAt\":\"2020-01-01T00:00:00Z\"}", "saleEndsAt")]
    [InlineData("{\"price\":100,\"currency\":\"dollars\"}", "currency")]
    public async Task A_price_that_makes_no_sense_is_refused(string body, string field)
    {
        var game = await app.MakeDigital("Badly priced");
        using var client = app.Administrator();

        using var answer = await client.PutAsync($"/api/products/variants/{game.Sku}/price", new StringContent(body, null, "application/json"));

        Assert.True((await answer.IsProblem(400)).GetProperty("errors").TryGetProperty(field, out _));
    }
}
