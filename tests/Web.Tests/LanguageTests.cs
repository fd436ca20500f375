namespace PlayStationStore.Web.Tests;

public sealed class LanguageTests(WebApp app) : IClassFixture<WebApp>
{
    [Fact]
    public async Task A_chosen_language_is_kept_and_every_page_shows_titles_in_it_as_far_as_there_are_any()
    {
        using var shopper = new Shopper(app);
        var page = await shopper.OpenAsync("/product/tekken-3");
        Assert.Contains("<h1>Tekken 3</h1>", Plain(page), StringComparison.Ordinal);

        page = await shopper.SubmitAsync(page, "/language", ("language", "ja"));

        Assert.Equal("/product/tekken-3", shopper.Address);
        Assert.Contains(shopper.CookiesSet, cookie => cookie.StartsWith("store.language=ja", StringComparison.Ordinal)
            && cookie.Contains("httponly", StringComparison.OrdinalIgnoreCase) && cookie.Contains("samesite=lax", StringComparison.OrdinalIgnoreCase));
        Assert.Contains("<h1 lang=\"ja\">鉄拳3</h1>", Plain(page), StringComparison.Ordinal);
        Assert.Contains("$9.99", page.Words);
        Assert.Contains("<html lang=\"en\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("<option value=\"ja\" lang=\"ja\" selected>日本語</option>", Plain(page), StringComparison.Ordinal);
        page = await shopper.OpenAsync("/browse?genre=Fighting");
        Assert.Contains("lang=\"ja\">鉄拳", Plain(page), StringComparison.Ordinal);
        Assert.Contains("data-language=\"ja\"", page.Html, StringComparison.Ordinal);
        // What has no title in the language is in English, and says nothing of languages.
        Assert.Contains("<h1>God of War</h1>", Plain(await shopper.OpenAsync("/product/god-of-war")), StringComparison.Ordinal);
        await shopper.SubmitAsync(await shopper.OpenAsync("/product/tekken-3"), "/cart/items");
        Assert.Contains("<span lang=\"ja\">鉄拳3</span>", Plain(await shopper.OpenAsync("/cart")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_region_has_its_usual_language_until_another_is_chosen()
    {
        using var shopper = new Shopper(app);
        var page = await shopper.SubmitAsync(await shopper.OpenAsync("/product/tekken-3"), "/region", ("region", "jp"));
        Assert.Contains("鉄拳3", Plain(page), StringComparison.Ordinal);
        Assert.Contains("¥999", page.Words);

        page = await shopper.SubmitAsync(page, "/language", ("language", "en"));
        Assert.Contains("<h1>Tekken 3</h1>", Plain(page), StringComparison.Ordinal);
        Assert.Contains("¥999", page.Words);

        page = await shopper.SubmitAsync(page, "/region", ("region", "de"));
        Assert.Contains("Tekken 3 is published", page.Words);
        page = await shopper.SubmitAsync(page, "/language", ("language", "de"));
        Assert.Contains("<div class=\"prose\" lang=\"de\"", Unscoped(page), StringComparison.Ordinal);
        Assert.Contains("Tekken 3 ist published", page.Words);
    }

    [Theory]
    [InlineData("tlh")]
    [InlineData("")]
    [InlineData("ja%3B")]
    public async Task A_language_that_is_not_there_is_the_usual_one(string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/product/tekken-3") { Headers = { { "Cookie", $"store.region=jp; store.language={cookie}" } } };
        using var browser = app.Browser();
        using var answer = await browser.SendAsync(request);
        Assert.Contains("鉄拳3", System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);

        using var shopper = new Shopper(app);
        await shopper.SubmitAsync(await shopper.OpenAsync("/help"), "/language", ("language", cookie));
        Assert.False(shopper.Cookies.ContainsKey("store.language"));
    }

    private static string Plain(Page page) => System.Net.WebUtility.HtmlDecode(Unscoped(page));

    // Without the marks of styles that belong to one component.
    private static string Unscoped(Page page) => System.Text.RegularExpressions.Regex.Replace(page.Html, " b-[a-z0-9]{10}(?=[ >])", "");
}
