using System.Net.Http.Json;
using System.Text.Json;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products.Tests;

public sealed class AddressesTests
{
    private const string Address = "/internal/catalogue/addresses";

    [Fact]
    public async Task Every_product_that_shoppers_find_is_on_one_page_and_no_draft_or_withdrawn_one_is()
    {
        await using var store = new ProductsApplication();
        var made = new List<ProductsApplication.Made>();
        foreach (var name in new[] { "One", "Two", "Three", "Withdrawn", "Draft", "Elsewhere" })
        {
            made.Add(await store.MakeDigital($"Mapped {name}"));
        }

        var now = store.Clock.GetUtcNow();
        await store.Change(async database =>
        {
            (await database.Products.FindAsync(made[3].Id))!.Withdraw(now);
            (await database.Products.FindAsync(made[4].Id))!.Publish(now.AddDays(1), now);
            database.Remove((await database.Prices.FindAsync(made[5].Sku, Region.Default))!);
        });
        using var client = store.Anonymous();

        Assert.Equal(2, (await client.GetFromJsonAsync<JsonElement>($"{Address}?size=2")).GetProperty("pages").GetInt32());
        var (first, second) = (await Slugs(1), await Slugs(2));
        Assert.Equal((2, 1), (first.Count, second.Count));
        Assert.Equal(made.Take(3).Select(product => product.Slug).Order(StringComparer.Ordinal), first.Concat(second).Order(StringComparer.Ordinal));
        Assert.Empty(await Slugs(3));
        store.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(2, (await Slugs(2)).Count);
        foreach (var wrong in new[] { "/0", "/1?size=0", "/1?size=50001", "?size=x" })
        {
            Assert.Equal(400, (int)(await client.GetAsync(Address + wrong)).StatusCode);
        }

        async Task<List<string?>> Slugs(int page) =>
            [.. (await client.GetFromJsonAsync<JsonElement>($"{Address}/{page}?size=2")).EnumerateArray().Select(address => address.GetProperty("slug").GetString())];
    }
}
