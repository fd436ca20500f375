using System.Net;
using System.Text.RegularExpressions;

namespace PlayStationStore.Web.Tests;

public sealed class HomePageTests(WebApp app) : IClassFixture<WebApp>
{
    [Fact]
    public async Task The_home_page_shows_a_featured_title_its_shelves_and_what_is_for_sale()
    {
        var page = await app.ReadAsync("/");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("PlayStation Store", page.Of("h1"));
        Assert.Contains("Deal of the week", page.Words);
        foreach (var shelf in (string[])["New in the store", "Coming soon", "Best sellers", "Deals", "Monthly games", "Under $20", "Demos to try", "Consoles, gift cards and membership"])
        {
            Assert.Contains(page.All("h2"), heading => heading == shelf);
        }

        Assert.Equal(2, Regex.Count(page.Html[page.Html.IndexOf("id=\"shelf-coming", StringComparison.Ordinal)..page.Html.IndexOf("id=\"shelf-best", StringComparison.Ordinal)], "<h3"));
        Assert.Contains("Grand Theft Auto V", page.All("h3"));
        Assert.Contains("$29.99", page.Words);
        Assert.Contains("PlayStation 5 Console", page.All("h3"));
    }

    [Fact]
    public async Task A_shelf_shows_one_title_of_a_series()
    {
        var page = await app.ReadAsync("/");
        var bestSellers = page.Html[page.Html.IndexOf("id=\"shelf-bestsellers\"", StringComparison.Ordinal)..page.Html.IndexOf("id=\"shelf-deals\"", StringComparison.Ordinal)];

        Assert.Contains("FIFA 18", bestSellers);
        Assert.DoesNotContain("FIFA 17", bestSellers);
    }

    [Fact]
    public async Task A_deal_says_by_how_much_instead_of_what_and_until_when()
    {
        var page = await app.ReadAsync("/");

        Assert.Contains("Reduced by −20%", page.Words);
        Assert.Contains("instead of $29.99", page.Words);
        Assert.Contains("Ends 2 Dec", page.Words);
    }

    [Fact]
    public async Task Another_featured_title_is_shown_by_its_address()
    {
        var first = await app.ReadAsync("/");
        var second = await app.ReadAsync("/?spot=2");

        Assert.NotEqual(FeaturedIn(first), FeaturedIn(second));
        Assert.Equal(FeaturedIn(first), FeaturedIn(await app.ReadAsync("/?spot=none")));
        Assert.Equal(FeaturedIn(first), FeaturedIn(await app.ReadAsync("/?spot=99999999999")));
    }

    [Fact]
    public async Task A_featured_title_for_several_platforms_leads_to_the_choice_and_one_in_a_single_edition_goes_into_the_cart()
    {
        var pages = await Task.WhenAll(Enumerable.Range(1, 4).Select(spot => app.ReadAsync($"/?spot={spot}")));

        foreach (var page in pages)
        {
            var product = StubCatalogue.All.Single(product => FeaturedIn(page).Contains(product.Id.ToString(), StringComparison.Ordinal));
            Assert.Equal(product.Variants.Count == 1, page.Html.Contains("<form method=\"post\" action=\"/cart/items\"", StringComparison.Ordinal));
            Assert.Equal(product.Variants.Count > 1, page.Words.Contains("Choose ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_footer_tells_that_all_services_run()
    {
        await app.UntilAsync("/", page => page.Words.Contains("All services running", StringComparison.Ordinal));
    }

    private static string FeaturedIn(Page page) => page.Addresses.First(address => address.Contains("/hero?", StringComparison.Ordinal));
}
