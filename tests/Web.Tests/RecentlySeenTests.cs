namespace PlayStationStore.Web.Tests;

public sealed class RecentlySeenTests(WebApp app) : IClassFixture<WebApp>
{
    [Fact]
    public async Task What_was_looked_at_is_shown_again_the_latest_first_and_not_on_its_own_page()
    {
        using var shopper = new Shopper(app);
        Assert.DoesNotContain("Recently seen", (await shopper.OpenAsync("/")).Words);

        await shopper.OpenAsync("/product/god-of-war");
        await shopper.OpenAsync("/product/kingdom-hearts");
        await shopper.OpenAsync("/product/god-of-war");
        var page = await shopper.OpenAsync("/product/" + StubCatalogue.All.First(product => product.Name.StartsWith("Uncharted 4", StringComparison.Ordinal)).Slug);
        var home = await shopper.OpenAsync("/");

        Assert.Equal(["God of War", "Kingdom Hearts"], Shown(page));
        Assert.Equal(["Uncharted 4: A Thief's End", "God of War", "Kingdom Hearts"], Shown(home));
        Assert.Contains(shopper.CookiesSet, cookie => cookie.StartsWith("store.seen=", StringComparison.Ordinal)
            && cookie.Contains("httponly", StringComparison.OrdinalIgnoreCase) && cookie.Contains("samesite=lax", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Who_signs_out_leaves_nothing_of_it_to_the_next_at_the_browser()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        await shopper.OpenAsync("/product/god-of-war");
        Assert.Contains("store.seen", shopper.Cookies.Keys);

        await shopper.SubmitAsync(await shopper.OpenAsync("/account"), "/sign-out");

        Assert.DoesNotContain("god-of-war", shopper.Cookies.GetValueOrDefault("store.seen", ""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../etc.god-of-war.<script>.no-such-game.god-of-war", "God of War")]
    [InlineData("....", "")]
    public async Task A_cookie_that_makes_no_sense_shows_what_there_is(string cookie, string expected)
    {
        using var client = app.CreateClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Cookie", $"store.seen={cookie}");

        var html = await client.GetStringAsync("/", TestContext.Current.CancellationToken);

        Assert.Equal(expected, string.Join(", ", Shown(new(System.Net.HttpStatusCode.OK, null, html))));
    }

    private static IEnumerable<string> Shown(Page page)
    {
        var shelf = page.Html.Split("id=\"shelf-recentlyseen\"");
        return shelf.Length < 2 ? [] : (page with { Html = shelf[1].Split("</section>")[0] }).All("h3");
    }
}
