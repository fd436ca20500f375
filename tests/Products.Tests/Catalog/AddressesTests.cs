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

        var starts = await Starts();
        Assert.Equal(2, starts.Count);
        var (first, second) = (await Slugs(starts[0]), await Slugs(starts[1]));
        Assert.Equal((2, 1), (first.Count, second.Count));
        Assert.Equal(made.Take(3).Select(product => product.Slug).Order(StringComparer.Ordinal), first.Concat(second).Order(StringComparer.Ordinal));
        Assert.Empty(await Slugs(Guid.AllBitsSet));
        store.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(4, (await Task.WhenAll((await Starts()).Select(Slugs))).Sum(page => page.Count));
        // The product that a page began with may be gone until the page is asked for.
        await store.Change(async database => (await database.Products.FindAsync(starts[0]))!.Withdraw(store.Clock.GetUtcNow()));
        Assert.Equal(2, (await Slugs(starts[0])).Count);
        foreach (var wrong in new[] { $"/{starts[0]}?size=0", $"/{starts[0]}?size=50001", "?size=x" })
        {
            Assert.Equal(400, (int)(await client.GetAsync(Address + wrong)).StatusCode);
        }

        async Task<List<Guid>> Starts() =>
            [.. (await client.GetFromJsonAsync<JsonElement>($"{Address}?size=2")).GetProperty("starts").EnumerateArray().Select(start => start.GetGuid())];

        async Task<List<string?>> Slugs(Guid from) =>
            [.. (await client.GetFromJsonAsync<JsonElement>($"{Address}/{from}?size=2")).EnumerateArray().Select(address => address.GetProperty("slug").GetString())];
    }
}
