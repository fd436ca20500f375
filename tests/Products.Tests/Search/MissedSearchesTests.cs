using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlayStationStore.Testing;

namespace PlayStationStore.Products.Tests;

/// <summary>Searches without result. The application is this class's own: its list is read as a whole.</summary>
public sealed class MissedSearchesTests(MissedSearchesTests.Store store) : IClassFixture<MissedSearchesTests.Store>
{
    [Fact]
    public async Task A_search_without_result_is_counted_each_time_however_it_is_written()
    {
        foreach (var text in new[] { "Zelda Qx", "zelda   qx", "ZÉLDA-QX!" })
        {
            await Search($"search={Uri.EscapeDataString(text)}");
        }

        var counted = await Counted("zelda qx", 3);
        Assert.Equal(store.Clock.GetUtcNow(), counted.LastAt);
    }

    [Theory]
    [InlineData("search=somebody%40example.com")]
    [InlineData("search=4111%201111%201111%201111")]
    [InlineData("search=%2B49%20170%201234567")]
    [InlineData("search=%21%3F")]
    [InlineData("search=nothing%20narrowed%20vq&platform=PS4")]
    [InlineData("search=nothing%20narrowed%20vq&maxPrice=100")]
    [InlineData("search=nothing%20narrowed%20vq&onSale=true")]
    public async Task What_may_be_personal_or_failed_for_another_reason_is_not_kept(string query)
    {
        await Search(query);
        // What is noted later is kept later, so that nothing of the first is still on its way.
        var marker = $"marker {string.Concat(Guid.NewGuid().ToString("N").Where(char.IsAsciiLetter))}";
        await Search($"search={marker}");
        await Counted(marker, 1);

        var texts = (await All()).Select(one => one.Text).ToList();
        Assert.DoesNotContain(texts, text => text.Contains("somebody", StringComparison.Ordinal) || text.Contains("1111", StringComparison.Ordinal)
            || text.Contains("1234567", StringComparison.Ordinal) || text.Length == 0 || text.StartsWith("nothing narrowed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Suggestions_are_not_counted_because_the_shopper_has_not_finished()
    {
        using var client = store.Anonymous();
        await client.GetAsync("/api/products/suggest?q=unfinished%20qvx");
        await Search("search=finished%20qvx");
        await Counted("finished qvx", 1);

        Assert.DoesNotContain(await All(), one => one.Text == "unfinished qvx");
    }

    [Fact]
    public async Task Staff_see_the_most_frequent_first_page_by_page()
    {
        await store.InDatabase(async database =>
        {
            database.MissedSearches.AddRange(Enumerable.Range(0, 7).Select(number => new MissedSearch($"paged {number}", 500 + (number / 2), store.Clock.GetUtcNow())));
            await database.SaveChangesAsync();
        });
        using var staff = store.ClientOf(TestUser.Staff());
        var seen = new List<(string, int)>();
        for (string? cursor = ""; cursor is not null && seen.Count < 7;)
        {
            var page = await staff.GetFromJsonAsync<JsonElement>($"/api/admin/searches?pageSize=2{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(one => (one.GetProperty("text").GetString()!, one.GetProperty("count").GetInt32())));
            cursor = page.GetProperty("nextCursor").GetString();
        }

        Assert.Equal([("paged 6", 503), ("paged 4", 502), ("paged 5", 502), ("paged 2", 501), ("paged 3", 501), ("paged 0", 500), ("paged 1", 500)], seen.Take(7));
    }

    [Theory]
    [InlineData("pageSize=0", "pageSize")]
    [InlineData("pageSize=101", "pageSize")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("cursor=e30", "cursor")]
    public async Task A_page_that_cannot_be_is_refused(string query, string field)
    {
        using var staff = store.ClientOf(TestUser.Staff());

        var problem = await (await staff.GetAsync($"/api/admin/searches?{query}")).IsProblem(400);

        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task Only_so_many_are_kept_and_none_for_ever()
    {
        await using var application = new Store();
        var searches = application.Services.GetRequiredService<MissedSearches>();
        var now = application.Clock.GetUtcNow();
        await application.InDatabase(async database =>
        {
            database.MissedSearches.AddRange(
                new("long ago", 1_000, now.AddDays(-91)), new("often", 50, now.AddDays(-80)), new("seldom and late", 1, now), new("seldom and early", 1, now.AddDays(-1)));
            await database.SaveChangesAsync();

            await searches.KeepAsync(database, most: 2);
        });

        await application.InDatabase(async database =>
            Assert.Equal(["often", "seldom and late"], await database.MissedSearches.Select(search => search.Text).Order().ToListAsync()));
    }

    [Fact]
    public void Of_a_long_text_the_beginning_is_kept() =>
        Assert.Equal(MissedSearch.LongestText, MissedSearch.TextOf(new string('a', 200))!.Length);

    private async Task Search(string query)
    {
        using var client = store.Anonymous();
        using var answer = await client.GetAsync($"/api/products?{query}");
        Assert.Equal(0, (await answer.Json()).GetProperty("total").GetInt32());
    }

    private async Task<MissedSearch> Counted(string text, int count)
    {
        MissedSearch? found = null;
        await StoreApplication<Program, ProductsDbContext>.Eventually(
            async () => (found = (await All()).Find(one => one.Text == text))?.Count == count, $"{text} is counted {count} times");
        return found!;
    }

    private async Task<List<MissedSearch>> All()
    {
        List<MissedSearch> all = [];
        await store.InDatabase(async database => all = await database.MissedSearches.AsNoTracking().ToListAsync());
        return all;
    }

    /// <summary>A store with nothing in it.</summary>
    public sealed class Store() : StoreApplication<Program, ProductsDbContext>("products");
}
