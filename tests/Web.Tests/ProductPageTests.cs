using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class ProductPageTests(WebApp app) : IClassFixture<WebApp>
{
    [Fact]
    public async Task A_product_shows_its_price_editions_and_details()
    {
        var page = await app.ReadAsync("/product/metal-gear-solid-2-sons-of-liberty");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("Metal Gear Solid 2: Sons of Liberty", page.Of("h1"));
        Assert.Contains("Reduced by −40%", page.Words);
        Assert.Contains("instead of $39.99", page.Words);
        Assert.Contains("Ends 2 Dec 2026, 23:59 UTC", page.Words);
        Assert.Contains("PS2 · Standard Edition", page.Words);
        Assert.Contains("PS2 · Deluxe Edition", page.Words);
        Assert.Contains("Publisher Konami Released 2001 Platforms PS2 Genre Action", page.Words);
        Assert.Contains("ESRB M, PEGI 18", page.Words);
        Assert.Contains("More action games", page.All("h2"));
    }

    [Fact]
    public async Task An_edition_is_chosen_by_its_address_and_is_what_the_form_buys()
    {
        var page = await app.ReadAsync("/product/metal-gear-solid-2-sons-of-liberty?sku=METAL-GEAR-SOLID-2-SONS-OF-LIBERTY-DELUXE");

        Assert.Contains("name=\"sku\" value=\"METAL-GEAR-SOLID-2-SONS-OF-LIBERTY-DELUXE\"", page.Html);
        Assert.Contains("Digital art book", page.All("ul").Last(list => list.Contains("soundtrack", StringComparison.Ordinal)));
        Assert.DoesNotContain("−40%", page.Words);
    }

    [Fact]
    public async Task An_unknown_edition_shows_the_first()
    {
        var page = await app.ReadAsync("/product/grand-theft-auto-v?sku=%00nothing");

        Assert.Contains("name=\"sku\" value=\"GRAND-THEFT-AUTO-V-PS4\"", page.Html);
    }

    [Fact]
    public async Task What_is_sold_out_cannot_be_added_and_nothing_is_promised_that_nobody_does()
    {
        var page = await app.ReadAsync("/product/fallout-4");

        Assert.Contains("Sold out", page.Words);
        Assert.Contains("Add to wishlist", page.All("button"));
        Assert.DoesNotContain("Tell me", page.Words);
        Assert.DoesNotContain("Add to cart", page.Words);
    }

    [Theory]
    [InlineData("/product/there-is-no-such-game")]
    [InlineData("/product/..%2F..%2Foperator")]
    [InlineData("/product/%F0%9F%8E%AE")]
    public async Task A_product_that_is_not_there_is_a_true_404_that_reads_as_a_page(string address)
    {
        var page = await app.ReadAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal("Not found", page.Of("h1"));
        Assert.Contains("Browse all games", page.Words);
    }

    [Fact]
    public async Task The_address_by_identifier_leads_to_the_one_by_name()
    {
        var product = StubCatalogue.All[0];
        var page = await app.ReadAsync($"/product/{product.Id}");

        Assert.Equal(HttpStatusCode.Found, page.Status);
        Assert.EndsWith("/product/grand-theft-auto-v", page.Location);
    }

    [Fact]
    public async Task Hardware_says_how_it_comes_to_the_shopper()
    {
        var page = await app.ReadAsync("/product/playstation-5-console");

        Assert.Contains("Sent to your door; you see what that costs before you pay", page.Words);
        Assert.DoesNotContain("In your library", page.Of("main"));
    }
}
