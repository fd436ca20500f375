using System.Net;
using System.Xml.Linq;

namespace PlayStationStore.Web.Tests;

public sealed class SitemapTests : IAsyncLifetime
{
    private static readonly XNamespace Map = "http://www.sitemaps.org/schemas/sitemap/0.9";

    private readonly WebApp app = new();

    [Fact]
    public async Task Search_engines_find_every_product_by_the_site_map_and_are_kept_from_what_is_somebodys_own()
    {
        using var browser = app.Browser();
        var robots = (await browser.GetStringAsync("/robots.txt")).Split('\n');
        Assert.Equal("User-agent: *", robots[0]);
        Assert.Superset(new HashSet<string> { "Disallow: /admin", "Disallow: /orders", "Disallow: /cart", "Disallow: /api/", "Allow: /api/products/" }, robots.ToHashSet());
        var at = Assert.Single(robots, line => line.StartsWith("Sitemap: ", StringComparison.Ordinal))["Sitemap: ".Length..];

        var pages = XDocument.Parse(await browser.GetStringAsync(new Uri(at).PathAndQuery)).Root!.Elements(Map + "sitemap").Select(page => page.Element(Map + "loc")!.Value).ToList();
        Assert.Equal(2, pages.Count);
        var found = new List<XElement>();
        foreach (var page in pages)
        {
            using var answer = await browser.GetAsync(new Uri(page).PathAndQuery);
            Assert.Equal("application/xml", answer.Content.Headers.ContentType!.MediaType);
            found.AddRange(XDocument.Parse(await answer.Content.ReadAsStringAsync()).Root!.Elements(Map + "url"));
        }

        Assert.Equal(StubCatalogue.All.Take(40).Select(product => $"/product/{product.Slug}"), found.Select(url => new Uri(url.Element(Map + "loc")!.Value).AbsolutePath));
        Assert.All(found, url => Assert.Equal("2026-11-21", url.Element(Map + "lastmod")!.Value));
    }

    [Fact]
    public async Task A_site_map_is_kept_for_everybody_and_one_that_could_not_be_made_is_not()
    {
        using var browser = app.Browser();
        app.Store.Down.Add("products");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync("/sitemap.xml")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync("/sitemap-1.xml")).StatusCode);
        app.Store.Down.Clear();
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/sitemap-99.xml")).StatusCode);

        var made = await browser.GetStringAsync("/sitemap-1.xml");
        app.Store.ForgetRequests();
        Assert.Equal(made, await browser.GetStringAsync("/sitemap-1.xml?anything=1"));
        Assert.DoesNotContain(app.Store.Requests, request => request.Contains("addresses", StringComparison.Ordinal));
        app.Store.Down.Add("products");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync("/sitemap-2.xml")).StatusCode);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
