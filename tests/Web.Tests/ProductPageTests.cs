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
        Assert.Contains("Lowest price of the 30 days before: $", page.Words);
        Assert.Contains("PS2 · Standard Edition", page.Words);
        Assert.Contains("PS2 · Deluxe Edition", page.Words);
        Assert.Contains("Publisher Konami Released 2001 Platforms PS2 Genre Action", page.Words);
        Assert.Contains("ESRB M, PEGI 18", page.Words);
        Assert.Contains("You may also like", page.All("h2"));
        Assert.Contains("Bought together", page.All("h2"));
    }

    [Theory]
    [InlineData("us", "ESRB M")]
    [InlineData("gb", "PEGI 18")]
    [InlineData("jp", "ESRB M")]
    public async Task For_whom_it_is_is_told_as_the_board_of_the_shoppers_region_says_or_as_another_does(string region, string told)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/product/tekken-3") { Headers = { { "Cookie", $"store.region={region}" } } };
        using var browser = app.Browser();
        using var answer = await browser.SendAsync(request);

        Assert.Equal(told, Assert.Single(new Page(answer.StatusCode, null, await answer.Content.ReadAsStringAsync()).All("li"), fact => fact is "ESRB M" or "PEGI 18"));
    }

    [Fact]
    public async Task What_a_game_can_do_is_told_and_its_trailer_loads_nothing_until_it_is_asked_for()
    {
        var page = await app.ReadAsync("/product/god-of-war");

        Assert.Contains("Features 4K", page.Words);
        Assert.Contains("Accessibility Subtitles", page.Words);
        Assert.Contains("Watch the trailer", page.Words);
        Assert.Contains("href=\"https://www.youtube.com/watch?v=abc\" target=\"_blank\" rel=\"noopener noreferrer\"", page.Html);
        Assert.DoesNotContain("src=\"https://", page.Html);
    }

    [Fact]
    public async Task A_trailer_that_is_a_film_is_played_on_its_page_which_alone_may_load_it()
    {
        using var browser = app.Browser();
        using var answer = await browser.GetAsync("/product/minecraft");
        var html = await answer.Content.ReadAsStringAsync();
        using var other = await browser.GetAsync("/product/god-of-war");

        Assert.Contains("<video", html, StringComparison.Ordinal);
        Assert.Contains("controls preload=\"none\" src=\"https://gmedia.playstation.com/films/minecraft.MP4?quality=high\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Watch the trailer", html, StringComparison.Ordinal);
        Assert.EndsWith("; media-src https://gmedia.playstation.com", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.DoesNotContain("media-src", Assert.Single(other.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
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

        Assert.Equal(HttpStatusCode.MovedPermanently, page.Status);
        Assert.EndsWith("/product/grand-theft-auto-v", page.Location);
    }

    [Fact]
    public async Task A_name_that_a_product_had_before_leads_to_the_one_that_it_has_for_good()
    {
        using var browser = app.Browser();

        using var answer = await browser.GetAsync(new Uri("/product/grand-theft-auto-5?sku=GRAND-THEFT-AUTO-V-PS3", UriKind.Relative));

        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal("/product/grand-theft-auto-v?sku=GRAND-THEFT-AUTO-V-PS3", answer.Headers.Location?.OriginalString);
        // A product may go back to a name that it had: a browser that keeps both ways would turn in a circle.
        Assert.True(answer.Headers.CacheControl?.NoCache);
    }

    [Fact]
    public async Task Hardware_says_how_it_comes_to_the_shopper()
    {
        var page = await app.ReadAsync("/product/playstation-5-console");

        Assert.Contains("Sent to your door; you see what that costs before you pay", page.Words);
        Assert.DoesNotContain("In your library", page.Of("main"));
    }
}
