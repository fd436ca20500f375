using System.Net.Http.Json;
using System.Text.Json;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products.Tests;

public sealed class PriceTests(ProductsApplication app)
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_sale_holds_until_the_instant_it_ends()
    {
        var price = new Price("SKU", Region.Default, new PriceTag(1_499, 1_999, Noon));

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

    [Fact]
    public async Task A_sale_that_is_set_for_later_begins_in_lists_pages_and_orders_at_its_instant()
    {
        await using var store = new ProductsApplication();
        var game = await store.MakeDigital("Beginning", price: 2_999);
        using var client = store.Administrator();
        var (start, end) = (store.Clock.GetUtcNow().AddHours(1), store.Clock.GetUtcNow().AddHours(3));

        var set = await (await client.PutAsJsonAsync(
            $"/api/products/variants/{game.Sku}/price", new { price = 999, originalPrice = 2_999, saleStartsAt = start.ToOffset(TimeSpan.FromHours(9)), saleEndsAt = end })).Json();

        Assert.Equal((2_999, 999), (set.GetProperty("price").GetProperty("amount").GetInt64(), set.GetProperty("priceSet").GetProperty("sale").GetProperty("amount").GetInt64()));
        Assert.Equal(start, set.GetProperty("priceSet").GetProperty("saleStartsAt").GetDateTimeOffset());
        await store.Listed("maxPrice=2999", list => list.GetProperty("total").GetInt32() == 1);
        await store.Listed("onSale=true", list => list.GetProperty("total").GetInt32() == 0);
        store.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.Equal(2_999, await Charged(store, game.Sku));

        store.Clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(999, await Charged(store, game.Sku));
        store.Clock.Advance(TimeSpan.FromSeconds(1));
        await store.Listed("onSale=true", list => list.GetProperty("total").GetInt32() == 1);
        var page = await (await client.GetAsync($"/api/products/{game.Slug}")).Json();
        Assert.Equal(2_999, page.GetProperty("variants")[0].GetProperty("lowestPriceBefore").GetProperty("amount").GetInt64());
        store.Clock.Advance(TimeSpan.FromHours(2));
        await store.Listed("onSale=true", list => list.GetProperty("total").GetInt32() == 0);
        Assert.Equal(2_999, await Charged(store, game.Sku));
    }

    [Fact]
    public async Task What_something_cost_before_is_kept_and_a_sale_is_measured_by_the_30_days_before_it()
    {
        await using var store = new ProductsApplication();
        var game = await store.MakeDigital("With a past", price: 4_999);
        using var client = store.Administrator();
        async Task<JsonElement> Set(long price, long? originalPrice = null) =>
            await (await client.PutAsJsonAsync($"/api/products/variants/{game.Sku}/price", new { price, originalPrice })).Json();

        store.Later(TimeSpan.FromDays(1));
        await Set(3_999);
        store.Later(TimeSpan.FromDays(10));
        await Set(5_999);
        store.Later(TimeSpan.FromDays(10));
        var early = await Set(2_999, 5_999);
        store.Later(TimeSpan.FromHours(1));
        await Set(5_999);
        store.Later(TimeSpan.FromDays(31));
        var late = await Set(2_999, 5_999);
        store.Later(TimeSpan.FromDays(5));
        var goesOn = await Set(2_499, 5_999);

        long Lowest(JsonElement variant) => variant.GetProperty("lowestPriceBefore").GetProperty("amount").GetInt64();
        Assert.Equal((3_999, 5_999, 5_999), (Lowest(early), Lowest(late), Lowest(goesOn)));
        var past = await client.GetFromJsonAsync<JsonElement>($"/api/admin/products/variants/{game.Sku}/prices");
        Assert.Equal(
            [2_999, 5_999, 2_999, 5_999, 3_999, 4_999],
            past.EnumerateArray().Select(one => one.GetProperty("price")).Select(price =>
                (price.GetProperty("sale") is { ValueKind: JsonValueKind.Object } sale ? sale : price.GetProperty("regular")).GetProperty("amount").GetInt64()));
        using var unknown = await client.GetAsync("/api/admin/products/variants/NOBODY-1/prices");
        Assert.Equal(404, (int)unknown.StatusCode);
    }

    [Fact]
    public async Task Two_who_set_one_price_do_not_overwrite_each_other()
    {
        var game = await app.MakeDigital("Priced by two", price: 4_999);
        using var client = app.Administrator();
        var (price, members) = ($"/api/products/variants/{game.Sku}/price", $"/api/products/variants/{game.Sku}/member-price");
        var read = (await client.GetFromJsonAsync<JsonElement>($"/api/admin/products?search={game.Sku}")).GetProperty("items")[0].GetProperty("variants")[0].GetProperty("prices")
            .EnumerateArray().Single(one => one.GetProperty("region").GetString() == "us").GetProperty("version").GetInt32();

        using var first = await client.SendAsync(IfMatch(HttpMethod.Put, $"\"{read}\"", price, new { price = 3_999 }));
        Assert.Equal(200, (int)first.StatusCode);
        var problem = await (await client.SendAsync(IfMatch(HttpMethod.Put, $"\"{read}\"", price, new { price = 2_999 }))).IsProblem(412);
        Assert.Equal("changed", problem.GetProperty("code").GetString());
        await (await client.SendAsync(IfMatch(HttpMethod.Put, $"\"{read}\"", members, new { price = 999, tier = "extra" }))).IsProblem(412);
        Assert.Equal(3_999, await Amount(client, game.Sku));

        // What was set already, as by a form that was sent twice, and the editor's own second save.
        using var twice = await client.SendAsync(IfMatch(HttpMethod.Put, $"\"{read}\"", price, new { price = 3_999 }));
        Assert.Equal((200, first.Headers.ETag), ((int)twice.StatusCode, twice.Headers.ETag));
        using var second = await client.SendAsync(IfMatch(HttpMethod.Put, twice.Headers.ETag!.Tag, price, new { price = 3_499 }));
        Assert.Equal(200, (int)second.StatusCode);
        using var member = await client.SendAsync(IfMatch(HttpMethod.Put, second.Headers.ETag!.Tag, members, new { price = 999, tier = "extra" }));
        Assert.Equal(200, (int)member.StatusCode);
        await (await client.SendAsync(IfMatch(HttpMethod.Delete, second.Headers.ETag!.Tag, members))).IsProblem(412);
        // Another region's price is another thing, and one that is not set yet has the version 0.
        Assert.Equal(200, (int)(await client.SendAsync(IfMatch(HttpMethod.Put, "\"0\"", price, new { price = 3_299, region = "de" }))).StatusCode);
        await (await client.SendAsync(IfMatch(HttpMethod.Put, "\"0\"", price, new { price = 3_199, region = "de" }))).IsProblem(412);
        Assert.Equal(200, (int)(await client.SendAsync(IfMatch(HttpMethod.Delete, member.Headers.ETag!.Tag, members))).StatusCode);
        Assert.Equal(3_499, await Amount(client, game.Sku));
    }

    [Fact]
    public async Task Of_two_prices_at_the_same_moment_one_is_refused_and_the_other_stands()
    {
        var game = await app.MakeDigital("Priced at once", price: 4_999);
        using var client = app.Administrator();
        var address = $"/api/products/variants/{game.Sku}/price";
        using var first = await client.PutAsJsonAsync(address, new { price = 4_499 });

        var answers = await Task.WhenAll(Enumerable.Range(1, 3).Select(dollars => client.SendAsync(IfMatch(HttpMethod.Put, first.Headers.ETag!.Tag, address, new { price = dollars * 100 }))));

        Assert.Equal([200, 412, 412], answers.Select(answer => (int)answer.StatusCode).Order());
        Assert.Equal((await answers.Single(answer => answer.IsSuccessStatusCode).Json()).GetProperty("price").GetProperty("amount").GetInt64(), await Amount(client, game.Sku));
    }

    [Fact]
    public async Task A_price_that_is_set_again_at_the_same_instant_never_held()
    {
        await using var store = new ProductsApplication();
        var game = await store.MakeDigital("At one instant", price: 4_999);
        using var client = store.Administrator();

        foreach (var price in new[] { 3_999, 2_999, 1_999 })
        {
            using var set = await client.PutAsJsonAsync($"/api/products/variants/{game.Sku}/price", new { price });
            Assert.Equal(200, (int)set.StatusCode);
        }

        var past = await client.GetFromJsonAsync<JsonElement>($"/api/admin/products/variants/{game.Sku}/prices");
        Assert.Equal(4_999, Assert.Single(past.EnumerateArray()).GetProperty("price").GetProperty("regular").GetProperty("amount").GetInt64());
    }

    [Theory]
    [InlineData("{\"price\":100,\"saleStartsAt\":\"2030-01-01T00:00:00Z\"}", "saleStartsAt")]
    [InlineData("{\"price\":100,\"originalPrice\":200,\"saleStartsAt\":\"2030-01-01T00:00:00Z\",\"saleEndsAt\":\"2030-01-01T00:00:00Z\"}", "saleEndsAt")]
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

    // What Products says that an order of now costs.
    private static async Task<long> Charged(ProductsApplication store, string sku)
    {
        var order = new OrderSubmitted(Guid.CreateVersion7(), "PRICED", Guid.CreateVersion7(), "USD", [new(sku, 1, 1)], store.Clock.GetUtcNow());
        await store.Deliver<OrderSubmittedConsumer, OrderSubmitted>(order);
        return Assert.Single((await store.Published<StockReserved>(answer => answer.OrderId == order.OrderId)).Lines).UnitPrice;
    }

    private static async Task<long> Amount(HttpClient client, string sku) =>
        (await client.GetFromJsonAsync<JsonElement>($"/api/admin/products?search={sku}")).GetProperty("items")[0].GetProperty("variants")[0].GetProperty("price").GetProperty("amount").GetInt64();

    private static HttpRequestMessage IfMatch(HttpMethod method, string tag, string address, object? input = null)
    {
        var request = new HttpRequestMessage(method, address) { Content = input is null ? null : JsonContent.Create(input) };
        request.Headers.Add("If-Match", tag);
        return request;
    }
}
