using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class SearchesPageTests : IAsyncLifetime
{
    private readonly WebApp app = new();

    [Fact]
    public async Task Searches_are_for_staff()
    {
        using var shopper = await Shopper.SignedInAsync(app, "shopper@example.com");

        Assert.Equal(HttpStatusCode.Forbidden, (await shopper.OpenAsync("/admin/searches")).Status);
    }

    [Fact]
    public async Task Staff_read_what_was_searched_for_in_vain_page_by_page()
    {
        app.Store.MissedSearches.AddRange([("zelda & link", 1_234), ("halo", 12), ("<b>mario</b>", 1)]);
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        var page = await staff.OpenAsync("/admin/searches");
        Assert.Contains("zelda & link", page.Words);
        Assert.Contains("1,234", page.Words);
        Assert.Contains("/browse?search=zelda%20%26%20link", page.Addresses);
        page = await staff.OpenAsync(page.Addresses.Single(address => address.Contains("cursor=", StringComparison.Ordinal)));

        Assert.Contains("<b>mario</b>", page.Words);
        Assert.DoesNotContain("halo", page.Words);
        Assert.Contains("/admin/searches", page.Addresses);
    }

    [Fact]
    public async Task Where_everything_was_found_and_where_the_catalogue_is_away_the_page_says_so()
    {
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");
        Assert.Contains("Every search has found something.", (await staff.OpenAsync("/admin/searches")).Words);

        app.Store.Down.Add("products");
        Assert.Contains("This list does not come at the moment.", (await staff.OpenAsync("/admin/searches")).Words);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
