using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products.Tests;

public sealed class ListTests(SeededCatalogue catalogue, ProductsApplication app)
{
    [Theory]
    [InlineData("relevance")]
    [InlineData("newest")]
    [InlineData("price")]
    [InlineData("-price")]
    [InlineData("name")]
    [InlineData("rating")]
    [InlineData("bestselling")]
    public async Task Pages_of_products_that_are_equal_in_the_sort_show_each_of_them_once(string sort)
    {
        var name = $"Equal in {sort.Replace("-", "minus", StringComparison.Ordinal)} zqx";
        for (var number = 0; number < 60; number++)
        {
            await app.MakeDigital(name);
        }

        // Until the first of them is in the index, those of another sort are the next best.
        await app.Listed($"search={name}&pageSize=1", list => list.GetProperty("total").GetInt32() == 60 && list.GetProperty("items")[0].GetProperty("name").GetString() == name);

        using var client = app.Anonymous();
        var ids = new List<Guid>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = await (await client.GetAsync($"/api/products?search={name}&sort={sort}&pageSize=7{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}")).Json();
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid()));
            cursor = page.GetProperty("nextCursor").GetString();
        }

        Assert.Equal(60, ids.Count);
        Assert.Equal(60, ids.Distinct().Count());
    }

    [Theory]
    [InlineData("price")]
    [InlineData("-price")]
    [InlineData("name")]
    [InlineData("newest")]
    [InlineData("bestselling")]
    [InlineData("rating")]
    public async Task A_walk_through_a_whole_list_is_in_order_and_complete(string sort)
    {
        var items = await catalogue.Walk($"genre=Puzzle&genre=Music&pageSize=40&sort={sort}");
        var total = (await catalogue.Get("/api/products?genre=Puzzle&genre=Music&pageSize=1")).GetProperty("total").GetInt32();

        Assert.Equal(total, items.Select(item => item.GetProperty("id").GetGuid()).Distinct().Count());
        Assert.Equal(total, items.Count);
        switch (sort)
        {
            case "price":
                Assert.Equal(items.Select(Price).Order(), items.Select(Price));
                break;
            case "-price":
                Assert.Equal(items.Select(Price).OrderDescending(), items.Select(Price));
                break;
            case "name":
                Assert.Equal(items.Select(Name).Order(StringComparer.Ordinal), items.Select(Name));
                break;
            case "newest":
                Assert.Equal(items.Select(Released).OrderDescending(StringComparer.Ordinal), items.Select(Released));
                break;
        }

        static long Price(JsonElement item) => item.GetProperty("price").GetProperty("amount").GetInt64();
        static string Name(JsonElement item) => SearchText.Fold(item.GetProperty("name").GetString()!);
        static string Released(JsonElement item) => item.GetProperty("releaseDate").GetString() ?? "";
    }

    [Fact]
    public async Task A_page_stays_right_when_products_before_it_are_gone()
    {
        var made = new List<ProductsApplication.Made>();
        for (var number = 0; number < 10; number++)
        {
            made.Add(await app.MakeDigital("Vanishing qzv"));
        }

        var first = await app.Listed("search=vanishing qzv&sort=price&pageSize=5", list => list.GetProperty("total").GetInt32() == 10);
        var seen = first.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid()).ToList();
        await app.Change(async database =>
        {
            foreach (var product in await database.Products.Where(product => seen.Contains(product.Id)).ToListAsync())
            {
                product.Withdraw(app.Clock.GetUtcNow());
                database.MarkChanged(product.Id, app.Clock.GetUtcNow());
            }
        });
        await app.Listed("search=vanishing qzv&pageSize=1", list => list.GetProperty("total").GetInt32() == 5);

        var rest = await app.Listed($"search=vanishing qzv&sort=price&pageSize=5&cursor={first.GetProperty("nextCursor").GetString()}", _ => true);

        Assert.Equal(
            made.Select(product => product.Id).Except(seen).Order(), rest.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid()).Order());
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("nextCursor").ValueKind);
    }

    [Fact]
    public async Task Without_a_sort_the_best_sellers_come_first()
    {
        var list = await catalogue.Get("/api/products");

        Assert.Equal(24, list.GetProperty("items").GetArrayLength());
        Assert.Equal("Grand Theft Auto V", list.Names()[0]);
    }

    [Fact]
    public async Task Each_filter_narrows_to_what_it_names()
    {
        var items = await catalogue.Walk("platform=PS4&platform=PS%20Vita&genre=Racing&minPrice=1000&maxPrice=2999&onSale=true&kind=game&pageSize=100");

        Assert.NotEmpty(items);
        Assert.All(items, item =>
        {
            Assert.Contains(item.GetProperty("platforms").EnumerateArray(), platform => platform.GetString() is "PS4" or "PS Vita");
            Assert.Equal("Racing", item.GetProperty("genre").GetString());
            Assert.InRange(item.GetProperty("price").GetProperty("amount").GetInt64(), 1_000, 2_999);
            Assert.True(item.GetProperty("discountPercent").GetInt32() > 0);
            Assert.True(item.GetProperty("originalPrice").GetProperty("amount").GetInt64() > item.GetProperty("price").GetProperty("amount").GetInt64());
        });
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("platform=PS4", "platform")]
    [InlineData("genre=Racing&genre=Sports", "genre")]
    [InlineData("platform=PS2&genre=Puzzle&onSale=true", "platform")]
    [InlineData("platform=PS2&genre=Puzzle&onSale=true", "genre")]
    [InlineData("platform=PS2&genre=Puzzle&onSale=true", "onSale")]
    [InlineData("search=soccer&platform=PSP&maxPrice=999", "price")]
    [InlineData("category=games&kind=game&publisher=Sega", "publisher")]
    [InlineData("category=sports&publisher=Sega&search=tennis", "category")]
    [InlineData("kind=console&kind=accessory&platform=PS5", "kind")]
    [InlineData("year=2013&year=2008&genre=Sports&search=fifa", "year")]
    [InlineData("feature=4k&feature=hdr&accessibility=subtitles&genre=Action", "feature")]
    [InlineData("feature=trophies&accessibility=subtitles&accessibility=largeText", "accessibility")]
    public async Task Each_choice_of_a_facet_counts_what_choosing_it_shows(string query, string facet)
    {
        var facets = (await catalogue.Get($"/api/products?pageSize=1&{query}")).GetProperty("facets");
        Assert.Equal(["kind", "platform", "genre", "publisher", "price", "category", "onSale", "year", "rating", "feature", "accessibility"], facets.EnumerateObject().Select(one => one.Name));
        foreach (var one in facets.EnumerateObject())
        {
            // Choosing replaces this facet's own choices and keeps the others; of features and accessibility it is one more.
            var others = string.Join('&', query.Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Where(part => one.Name is "feature" or "accessibility" || !IsOf(one.Name, part)));
            foreach (var choice in one.Value.EnumerateArray().Take(facet == one.Name ? 12 : 3))
            {
                var shown = await catalogue.Get($"/api/products?pageSize=1&{others}&{Choice(one.Name, choice.GetProperty("value").GetString()!)}");
                Assert.Equal((one.Name, choice.GetProperty("value").GetString(), shown.GetProperty("total").GetInt32()),
                    (one.Name, choice.GetProperty("value").GetString(), choice.GetProperty("count").GetInt32()));
            }
        }

        static bool IsOf(string facet, string part) => facet == "price"
            ? part.StartsWith("minPrice", StringComparison.Ordinal) || part.StartsWith("maxPrice", StringComparison.Ordinal)
            : part.StartsWith(facet + "=", StringComparison.Ordinal);

        static string Choice(string facet, string value) => facet == "price"
            ? $"minPrice={value.Split('-')[0]}{(value.Split('-')[1] is { Length: > 0 } highest ? $"&maxPrice={highest}" : "")}"
            : $"{facet}={Uri.EscapeDataString(value)}";
    }

    [Fact]
    public async Task A_choice_that_shows_nothing_stays_visible()
    {
        var list = await catalogue.Get("/api/products?platform=PS5&genre=Racing");

        Assert.Equal(0, list.GetProperty("total").GetInt32());
        Assert.Contains(list.GetProperty("facets").GetProperty("platform").EnumerateArray(), choice => choice.GetProperty("value").GetString() == "PS5" && choice.GetProperty("count").GetInt32() == 0);
    }

    [Fact]
    public async Task An_answer_is_confirmed_by_its_tag_until_it_changes()
    {
        var made = await app.MakeDigital("Tagged wvx");
        await app.Found("Tagged wvx");
        using var client = app.Anonymous();
        using var first = await client.GetAsync("/api/products?search=tagged%20wvx");
        Assert.True(first.Headers.CacheControl!.Public);
        client.DefaultRequestHeaders.TryAddWithoutValidation("If-None-Match", first.Headers.ETag!.ToString());

        using var same = await client.GetAsync("/api/products?search=tagged%20wvx");
        Assert.Equal(304, (int)same.StatusCode);

        await app.Change(async database =>
        {
            var variant = await database.Variants.Include(variant => variant.Prices).SingleAsync(variant => variant.Sku == made.Sku);
            variant.SetPrice(Region.Default, new PriceTag(77));
            database.MarkChanged(made.Id, app.Clock.GetUtcNow());
        });
        await ProductsApplication.Eventually(async () => (int)(await client.GetAsync("/api/products?search=tagged%20wvx")).StatusCode == 200, "the changed price is seen");
    }
}
