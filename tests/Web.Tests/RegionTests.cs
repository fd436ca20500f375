using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class RegionTests(WebApp app) : IClassFixture<WebApp>
{
    [Fact]
    public async Task A_chosen_region_is_kept_and_every_page_shows_its_prices()
    {
        using var shopper = new Shopper(app);
        var home = await shopper.OpenAsync("/product/god-of-war");
        Assert.Contains("$29.99", home.Words);

        var page = await shopper.SubmitAsync(home, "/region", ("region", "jp"));

        Assert.Equal("/product/god-of-war", shopper.Address);
        Assert.Equal("jp", shopper.Cookies["store.region"]);
        Assert.Contains(shopper.CookiesSet, cookie => cookie.StartsWith("store.region", StringComparison.Ordinal)
            && cookie.Contains("httponly", StringComparison.OrdinalIgnoreCase) && cookie.Contains("samesite=lax", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("¥2,999", page.Words);
        foreach (var address in new[] { "/", "/browse?search=god", "/product/god-of-war" })
        {
            page = await shopper.OpenAsync(address);
            Assert.Contains("¥", page.Words);
            Assert.DoesNotContain("$", page.Words);
            Assert.Contains("data-region=\"jp\"", page.Html);
        }
    }

    [Theory]
    [InlineData("DE", null, "de")]
    [InlineData("JP", null, "jp")]
    [InlineData("BR", null, null)]
    [InlineData("", null, null)]
    [InlineData("DE", "us", "us")]
    public async Task Who_signs_up_sees_the_prices_of_their_country_unless_they_chose_others(string country, string? chosen, string? region)
    {
        using var shopper = new Shopper(app);
        if (chosen is not null)
        {
            await shopper.SubmitAsync(await shopper.OpenAsync("/help"), "/region", ("region", chosen));
        }

        await shopper.SubmitAsync(
            await shopper.OpenAsync("/sign-up?returnUrl=%2Fproduct%2Fgod-of-war"), "sign-up", ("Form.DisplayName", "Nia New"), ("Form.Email", $"nia-{country}-{chosen}@example.com"),
            ("Form.Password", "Long-enough-1"), ("Form.Country", country));

        Assert.True(shopper.SignedIn);
        Assert.Equal(region, shopper.Cookies.GetValueOrDefault("store.region"));
        var page = await shopper.OpenAsync("/product/god-of-war");
        Assert.Contains($"data-region=\"{region ?? "us"}\"", page.Html);
    }

    [Fact]
    public async Task A_price_is_narrowed_by_in_whole_units_of_the_currency()
    {
        using var shopper = await InJapan();
        app.Store.ForgetRequests();

        var page = await shopper.OpenAsync("/browse?kind=game&minPrice=1000&maxPrice=1999");

        Assert.Contains("¥1000 to ¥1999", page.Words);
        Assert.Contains(app.Store.Requests, request => request.Contains("minPrice=1000&maxPrice=1999", StringComparison.Ordinal) && request.Contains("region=jp", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("atlantis")]
    [InlineData("")]
    [InlineData("jp%3B")]
    public async Task A_region_that_is_not_there_is_the_default_one(string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/product/god-of-war") { Headers = { { "Cookie", $"store.region={cookie}" } } };
        using var browser = app.Browser();
        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("$29.99", await answer.Content.ReadAsStringAsync());
        using var shopper = new Shopper(app);
        await shopper.SubmitAsync(await shopper.OpenAsync("/help"), "/region", ("region", cookie));
        Assert.False(shopper.Cookies.ContainsKey("store.region"));
    }

    [Fact]
    public async Task The_cart_has_the_regions_prices_and_does_not_call_them_changed()
    {
        using var shopper = new Shopper(app);
        await shopper.SubmitAsync(await shopper.OpenAsync("/product/tekken-3"), "/cart/items");
        await shopper.OpenAsync("/cart");

        var page = await shopper.SubmitAsync(await shopper.OpenAsync("/cart"), "/region", ("region", "jp"));

        Assert.Contains("¥999", page.Words);
        Assert.DoesNotContain("$", page.Words);
        Assert.DoesNotContain("changed", page.Words);
    }

    private async Task<Shopper> InJapan()
    {
        var shopper = new Shopper(app);
        await shopper.SubmitAsync(await shopper.OpenAsync("/help"), "/region", ("region", "jp"));
        return shopper;
    }
}
