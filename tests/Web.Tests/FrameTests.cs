using System.Net;
using System.Text.RegularExpressions;

namespace PlayStationStore.Web.Tests;

public sealed partial class FrameTests(WebApp app) : IClassFixture<WebApp>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/browse?kind=game")]
    [InlineData("/product/grand-theft-auto-v")]
    [InlineData("/nothing-here")]
    [InlineData("/help")]
    [InlineData("/status")]
    public async Task No_page_may_run_or_style_anything_that_is_written_into_it(string address)
    {
        using var response = await app.Browser().GetAsync(new Uri(address, UriKind.Relative));
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        var html = await response.Content.ReadAsStringAsync();

        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.DoesNotContain("*", policy);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.DoesNotMatch(" (style|on[a-z]+)=\"", html);
        Assert.DoesNotContain("<style", html);
        Assert.All(Scripts().Matches(html), script => Assert.Contains(" src=", script.Value));
    }

    [Fact]
    public async Task An_address_that_is_not_there_is_a_true_404_in_the_frame_of_the_store()
    {
        var page = await app.ReadAsync("/nothing-here?x=<b>");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal("Not found", page.Of("h1"));
        Assert.Contains("Best sellers", page.Words);
        Assert.Contains("/nothing-here?x=%3Cb%3E#content", page.Addresses);
    }

    [Theory]
    [InlineData("/error")]
    [InlineData("/error/500")]
    [InlineData("/not-found")]
    public async Task The_pages_of_errors_are_no_pages_of_their_own(string address) =>
        Assert.Equal(HttpStatusCode.NotFound, (await app.ReadAsync(address)).Status);

    [Fact]
    public async Task A_form_without_its_token_is_refused_with_a_page()
    {
        using var form = new FormUrlEncodedContent([new("theme", "light")]);
        using var response = await app.Browser().PostAsync(new Uri("/theme", UriKind.Relative), form);
        var page = new Page(response.StatusCode, null, await response.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("That did not work", page.Of("h1"));
        Assert.False(response.Headers.Contains("Set-Cookie") && response.Headers.GetValues("Set-Cookie").Any(cookie => cookie.StartsWith("store.theme", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("dark", " data-theme=\"dark\"")]
    [InlineData("light", " data-theme=\"light\"")]
    [InlineData("", "<html lang=\"en\">")]
    [InlineData("\"><script>", "<html lang=\"en\">")]
    public async Task The_choice_of_appearance_is_kept(string theme, string expected)
    {
        using var browser = app.Browser();
        using var answer = await PostThemeAsync(browser, theme, "/browse?kind=game");

        Assert.Equal("/browse?kind=game", answer.Headers.Location?.OriginalString);
        Assert.Contains(expected, await browser.GetStringAsync(new Uri("/help", UriKind.Relative)));
    }

    [Theory]
    [InlineData("https://example.com/")]
    [InlineData("//example.com")]
    [InlineData("/\\example.com")]
    [InlineData("~/x")]
    [InlineData("javascript:alert(1)")]
    public async Task A_form_leads_back_to_this_store_only(string returnUrl)
    {
        using var browser = app.Browser();
        using var answer = await PostThemeAsync(browser, "dark", returnUrl);

        Assert.Equal("/", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Each_page_of_the_header_and_footer_that_is_about_the_store_is_there()
    {
        var page = await app.ReadAsync("/help");
        foreach (var address in page.Addresses.Where(address => address.StartsWith("/browse", StringComparison.Ordinal) || address.StartsWith("/help", StringComparison.Ordinal) || address == "/status").Distinct())
        {
            Assert.Equal(HttpStatusCode.OK, (await app.ReadAsync(address.Split('#')[0])).Status);
        }

        foreach (var anchor in page.Addresses.Where(address => address.StartsWith("/help#", StringComparison.Ordinal) && !address.EndsWith("#content", StringComparison.Ordinal)))
        {
            Assert.Contains($"id=\"{anchor.Split('#')[1]}\"", page.Html);
        }
    }

    [Fact]
    public async Task Styles_scripts_and_fonts_are_served()
    {
        var page = await app.ReadAsync("/");
        var assets = page.Addresses.Where(address => address.EndsWith(".css", StringComparison.Ordinal) || address.EndsWith(".js", StringComparison.Ordinal) || address.EndsWith(".woff2", StringComparison.Ordinal)).ToList();

        Assert.Contains(assets, asset => asset.EndsWith(".woff2", StringComparison.Ordinal));
        foreach (var asset in assets)
        {
            Assert.Equal(HttpStatusCode.OK, (await app.ReadAsync("/" + asset.TrimStart('/'))).Status);
        }
    }

    private static async Task<HttpResponseMessage> PostThemeAsync(HttpClient browser, string theme, string returnUrl)
    {
        var html = await browser.GetStringAsync(new Uri("/help", UriKind.Relative));
        using var form = new FormUrlEncodedContent(
        [
            new("__RequestVerificationToken", Token().Match(html).Groups[1].Value), new("theme", theme), new("returnUrl", returnUrl),
        ]);
        return await browser.PostAsync(new Uri("/theme", UriKind.Relative), form);
    }

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Scripts();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
