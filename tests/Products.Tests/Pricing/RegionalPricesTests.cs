using System.Net.Http.Json;
using System.Text.Json;
using CsCheck;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products.Tests;

/// <summary>Price lists of regions: two of them share a currency, and one's currency has no minor unit.</summary>
public sealed class RegionalPricesTests(ProductsApplication app)
{
    private static readonly string[] Codes = [.. Region.All.Select(region => region.Code)];

    [Fact]
    public void A_price_of_the_rule_is_free_only_where_it_was_and_keeps_its_place_among_others() =>
        Gen.Select(Gen.Long[0, 200_000], Gen.Long[0, 200_000], Gen.Int[0, Region.All.Count - 1].Select(index => Region.All[index])).Sample((one, other, region) =>
        {
            var (there, otherThere) = (PriceLists.Convert(one, region), PriceLists.Convert(other, region));
            Assert.Equal(one == 0, there == 0);
            Assert.True(one > other || there <= otherThere);
            Assert.True(one == 0 || region == Region.Default || there % 100 == (region.Currency == "JPY" ? 80 : 99));
        });

    [Fact]
    public void A_sale_and_a_price_for_members_are_below_the_regular_price_in_every_region() =>
        (from regular in Gen.Long[1, 200_000]
         from sale in Gen.Long[0, regular - 1]
         from member in Gen.Long[0, regular - 1]
         from region in Gen.Int[0, Region.All.Count - 1].Select(index => Region.All[index])
         select (regular, sale, member, region)).Sample(given =>
        {
            var (regular, sale, member, region) = given;
            var price = new Price("SKU", Region.Default, new PriceTag(sale, regular, LowestBefore: regular));
            price.SetForMembers(new(member, MembershipTier.Extra));

            var there = price.ConvertTo(region);

            Assert.True(there.Sale < there.Regular && there.Member < there.Regular && there.Sale >= 0 && there.Member >= 0);
            Assert.Equal((there.Regular, MembershipTier.Extra), (there.LowestBefore, there.MemberTier));
            Assert.True(there.At(DateTimeOffset.UnixEpoch).DiscountPercent >= price.At(DateTimeOffset.UnixEpoch).DiscountPercent);
        });

    [Fact]
    public async Task A_new_product_has_a_price_in_every_region_and_each_is_changed_by_itself()
    {
        var key = Guid.NewGuid().ToString("N")[..8].ToUpperInvariant();
        using var client = app.Administrator();
        var made = await (await client.PostAsJsonAsync("/api/products", new
        {
            name = $"Everywhere {key}",
            kind = "game",
            description = "A game.",
            variants = new[] { new { sku = $"EV-{key}", digital = true, price = 5_999, originalPrice = 7_999 } },
        })).Json();
        var slug = made.GetProperty("slug").GetString();

        using var set = await client.PutAsJsonAsync($"/api/products/variants/EV-{key}/price", new { price = 4_444, region = "fr" });

        var staff = (await set.Json()).GetProperty("prices").EnumerateArray().ToDictionary(
            price => price.GetProperty("region").GetString()!, price => price.GetProperty("priceSet").GetProperty("regular").GetProperty("amount").GetInt64());
        Assert.Equal(new() { ["us"] = 7_999, ["gb"] = 6_799, ["de"] = 7_999, ["fr"] = 4_444, ["jp"] = 11_980 }, staff);
        foreach (var (region, expected) in new[] { ("us", "5999 USD"), ("gb", "5099 GBP"), ("de", "5999 EUR"), ("fr", "4444 EUR"), ("jp", "8984 JPY") })
        {
            var page = await (await client.GetAsync($"/api/products/{slug}?region={region}")).Json();
            var variants = await client.GetFromJsonAsync<JsonElement>($"/api/products/variants?sku=EV-{key}&region={region}");
            var listed = await app.Listed($"search=everywhere {key}&region={region}", list => list.GetProperty("total").GetInt32() == 1 && Said(list.GetProperty("items")[0]) == expected);
            var suggested = await client.GetFromJsonAsync<JsonElement>($"/api/products/suggest?q=everywhere {key}&region={region}");
            Assert.All(
                new[] { page, page.GetProperty("variants")[0], variants.GetProperty("items")[0], listed.GetProperty("items")[0], suggested.GetProperty("items")[0] },
                shown => Assert.Equal(expected, Said(shown)));
        }

        var unasked = await (await client.GetAsync($"/api/products/{slug}")).Json();
        Assert.Equal("5999 USD", Said(unasked));
    }

    [Fact]
    public async Task Prices_that_change_at_random_in_random_regions_are_what_a_model_says_in_each()
    {
        await using var store = new ProductsApplication();
        using var client = store.Administrator();
        var skus = new[] { await store.MakeDigital("First"), await store.MakeDigital("Second") }.Select(made => made.Sku).ToArray();
        var terms = skus.ToDictionary(sku => sku, _ => new Dictionary<string, List<(long Price, long? Original)>> { ["us"] = [(1_999, null)] });
        var random = new Random(7);
        for (var change = 0; change < 40; change++)
        {
            store.Later(TimeSpan.FromHours(7));
            var (sku, region, price) = (skus[random.Next(2)], Codes[random.Next(Codes.Length)], random.Next(1, 9_000));
            long? original = random.Next(2) == 0 ? price + random.Next(1, 5_000) : null;
            using var set = await client.PutAsJsonAsync($"/api/products/variants/{sku}/price", new { price, originalPrice = original, region });
            Assert.Equal(200, (int)set.StatusCode);
            (terms[sku].TryGetValue(region, out var told) ? told : terms[sku][region] = []).Add((price, original));
        }

        foreach (var region in Region.All)
        {
            foreach (var (sku, held) in terms.Where(one => one.Value.ContainsKey(region.Code)).Select(one => (one.Key, one.Value[region.Code])))
            {
                var variant = (await client.GetFromJsonAsync<JsonElement>($"/api/products/variants?sku={sku}&region={region.Code}")).GetProperty("items")[0];
                Assert.Equal($"{held[^1].Price} {region.Currency}", Said(variant));
                Assert.Equal(held[^1].Price, await Charged(store, sku, region.Currency, region.Code));

                var past = await client.GetFromJsonAsync<JsonElement>($"/api/admin/products/variants/{sku}/prices?region={region.Code}");
                Assert.Equal(held.SkipLast(1).Reverse().Select(one => one.Original ?? one.Price), past.EnumerateArray().Select(one =>
                    one.GetProperty("price").GetProperty("regular").GetProperty("amount").GetInt64()));
                var lowest = await store.InDatabase(async database => (await database.Prices.FindAsync(sku, region))!.LowestBefore);
                // A sale that follows another goes on; before it, the lowest is what was asked in this region and in no other.
                var before = held.AsEnumerable().Reverse().SkipWhile(one => one.Original is not null).Select(one => one.Price).ToList();
                Assert.True(held[^1].Original is null ? lowest is null : before.Count == 0 ? lowest is null : lowest <= before[0] && held.Exists(one => one.Price == lowest));
            }
        }
    }

    [Fact]
    public async Task A_list_is_narrowed_ordered_and_counted_by_the_prices_of_its_region()
    {
        await using var store = new ProductsApplication();
        using var client = store.Administrator();
        var (cheap, dear) = (await store.MakeDigital("Cheap here", 1_000), await store.MakeDigital("Dear here", 7_000));
        foreach (var (sku, yen, original) in new[] { (cheap.Sku, 8_000, (long?)null), (dear.Sku, 900, 1_200) })
        {
            using var set = await client.PutAsJsonAsync($"/api/products/variants/{sku}/price", new { price = yen, originalPrice = original, region = "jp" });
        }

        var home = await store.Listed("sort=price", list => list.GetProperty("total").GetInt32() == 2);
        var japan = await store.Listed("sort=price&region=jp", list => list.GetProperty("total").GetInt32() == 2);
        var narrowed = await store.Listed("maxPrice=999&region=jp", list => list.GetProperty("total").GetInt32() == 1);
        var onSale = await store.Listed("onSale=true&region=jp", list => list.GetProperty("total").GetInt32() == 1);
        var germany = await store.Listed("region=de", list => list.GetProperty("total").GetInt32() == 0);

        Assert.Equal(["Cheap here", "Dear here"], home.Names());
        Assert.Equal(["Dear here", "Cheap here"], japan.Names());
        Assert.Equal(["Dear here"], narrowed.Names());
        Assert.Equal(["Dear here"], onSale.Names());
        Assert.Equal(["0-1999 Under $20 1", "6000- $60 and more 1"], Facet(home, "price"));
        Assert.Equal(["0-2999 Under ¥3,000 1", "6000-8999 ¥6,000 to ¥8,999 1"], Facet(japan, "price"));
        Assert.Equal((0, 1), (home.GetProperty("facets").GetProperty("onSale").GetArrayLength(), japan.GetProperty("facets").GetProperty("onSale")[0].GetProperty("count").GetInt32()));
        Assert.Empty(germany.GetProperty("facets").GetProperty("kind").EnumerateArray());

        var first = await client.GetFromJsonAsync<JsonElement>("/api/products?sort=price&region=jp&pageSize=1");
        var next = await client.GetFromJsonAsync<JsonElement>($"/api/products?sort=price&region=jp&pageSize=1&cursor={first.GetProperty("nextCursor").GetString()}");
        Assert.Equal(["Cheap here"], next.Names());
        using var elsewhere = await client.GetAsync($"/api/products?sort=price&pageSize=1&cursor={first.GetProperty("nextCursor").GetString()}");
        Assert.True((await elsewhere.IsProblem(400)).GetProperty("errors").TryGetProperty("cursor", out _));
    }

    [Fact]
    public async Task What_has_no_price_in_a_region_is_not_sold_there()
    {
        var game = await app.MakeDigital("Only at home");
        await app.Found("Only at home");
        using var client = app.Anonymous();

        using var page = await client.GetAsync($"/api/products/{game.Slug}?region=de");
        var variants = await client.GetFromJsonAsync<JsonElement>($"/api/products/variants?sku={game.Sku}&region=de");
        var order = new OrderSubmitted(Guid.CreateVersion7(), "N", Guid.NewGuid(), "EUR", [new(game.Sku, 1, 1_999)], app.Clock.GetUtcNow(), "de");
        await app.Deliver<OrderSubmittedConsumer, OrderSubmitted>(order);

        await page.IsProblem(404);
        Assert.Empty(variants.GetProperty("items").EnumerateArray());
        Assert.Equal("currency", (await app.Published<StockRejected>(answer => answer.OrderId == order.OrderId)).Lines.Single().Reason);
    }

    [Theory]
    [InlineData("USD", "jp")]
    [InlineData("EUR", "us")]
    [InlineData("CHF", null)]
    [InlineData("USD", "atlantis")]
    public async Task An_order_whose_currency_is_not_its_regions_is_refused(string currency, string? region)
    {
        var game = await app.MakeDigital("Mixed up");
        var order = new OrderSubmitted(Guid.CreateVersion7(), "N", Guid.NewGuid(), currency, [new(game.Sku, 1, 1_999)], app.Clock.GetUtcNow(), region);

        await app.Deliver<OrderSubmittedConsumer, OrderSubmitted>(order);

        Assert.Equal("currency", (await app.Published<StockRejected>(answer => answer.OrderId == order.OrderId)).Lines.Single().Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/suggest?q=a")]
    [InlineData("/variants?sku=A")]
    [InlineData("/some-game")]
    [InlineData("/monthly-games")]
    public async Task A_region_that_is_not_there_is_named(string address)
    {
        using var client = app.Anonymous();

        using var answer = await client.GetAsync($"/api/products{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}region=atlantis");

        Assert.Contains("us, gb, de, fr, jp", (await answer.IsProblem(400)).GetProperty("errors").GetProperty("region")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"price\":100,\"region\":\"atlantis\"}", "region")]
    [InlineData("{\"price\":100,\"region\":\"jp\",\"currency\":\"USD\"}", "currency")]
    [InlineData("{\"price\":100,\"currency\":\"CHF\"}", "currency")]
    public async Task A_price_of_no_region_or_of_another_currency_is_refused(string body, string field)
    {
        var game = await app.MakeDigital("Priced nowhere");
        using var client = app.Administrator();

        using var price = await client.PutAsync($"/api/products/variants/{game.Sku}/price", new StringContent(body, null, "application/json"));
        using var member = await client.PutAsync(
            $"/api/products/variants/{game.Sku}/member-price", new StringContent(body.Replace("{", "{\"tier\":\"extra\",", StringComparison.Ordinal), null, "application/json"));

        Assert.True((await price.IsProblem(400)).GetProperty("errors").TryGetProperty(field, out _));
        Assert.True((await member.IsProblem(400)).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task A_price_for_members_is_set_in_one_region()
    {
        await using var store = new ProductsApplication();
        var game = await store.MakeDigital("For members");
        using var client = store.Administrator();
        using var priced = await client.PutAsJsonAsync($"/api/products/variants/{game.Sku}/price", new { price = 3_000, currency = "JPY" });

        using var set = await client.PutAsJsonAsync($"/api/products/variants/{game.Sku}/member-price", new { price = 2_500, tier = "extra", region = "jp" });
        using var elsewhere = await client.PutAsJsonAsync($"/api/products/variants/{game.Sku}/member-price", new { price = 2_500, tier = "extra", region = "gb" });

        var japan = (await client.GetFromJsonAsync<JsonElement>($"/api/products/variants?sku={game.Sku}&region=jp")).GetProperty("items")[0];
        var home = (await client.GetFromJsonAsync<JsonElement>($"/api/products/variants?sku={game.Sku}")).GetProperty("items")[0];
        Assert.Equal("2500 JPY", Said(japan.GetProperty("memberPrice")));
        Assert.Equal(JsonValueKind.Null, home.GetProperty("memberPrice").ValueKind);
        await elsewhere.IsProblem(400);
        using var removed = await client.DeleteAsync($"/api/products/variants/{game.Sku}/member-price?region=jp");
        Assert.Equal(200, (int)removed.StatusCode);
    }

    [Fact]
    public async Task The_regions_are_told_with_the_default_first()
    {
        using var client = app.Anonymous();

        var regions = (await client.GetFromJsonAsync<JsonElement>("/api/products/regions")).GetProperty("items").EnumerateArray()
            .Select(region => $"{region.GetProperty("code").GetString()} {region.GetProperty("currency").GetString()}");

        Assert.Equal(["us USD", "gb GBP", "de EUR", "fr EUR", "jp JPY"], regions);
    }

    private static string Said(JsonElement shown) =>
        $"{shown.GetProperty("price").GetProperty("amount").GetInt64()} {shown.GetProperty("price").GetProperty("currency").GetString()}";

    private static IEnumerable<string> Facet(JsonElement list, string name) => list.GetProperty("facets").GetProperty(name).EnumerateArray()
        .Select(one => $"{one.GetProperty("value").GetString()} {one.GetProperty("label").GetString()} {one.GetProperty("count").GetInt32()}");

    private static async Task<long> Charged(ProductsApplication store, string sku, string currency, string region)
    {
        var order = new OrderSubmitted(Guid.CreateVersion7(), "PRICED", Guid.CreateVersion7(), currency, [new(sku, 1, 1)], store.Clock.GetUtcNow(), region);
        await store.Deliver<OrderSubmittedConsumer, OrderSubmitted>(order);
        return Assert.Single((await store.Published<StockReserved>(answer => answer.OrderId == order.OrderId)).Lines).UnitPrice;
    }
}
