using System.Globalization;
using System.Xml;
using Microsoft.AspNetCore.Http.HttpResults;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>What search engines ask for: which pages they may read, and where all products are.</summary>
internal static class SitemapApi
{
    private const string Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private const string Xml = "application/xml; charset=utf-8";

    // What is somebody's own, or changes with every visit.
    private static readonly string[] NotForThem =
        ["/admin", "/account", "/cart", "/checkout", "/compare", "/connect/", "/library", "/notifications", "/orders", "/redeem", "/sign-in", "/sign-up", "/wallet", "/wishlist", "/api/"];

    public static void AddSitemap(this WebApplicationBuilder builder)
    {
        builder.Services.AddServiceClient<SitemapClient>("products", TimeSpan.FromSeconds(20));
        builder.Services.AddMemoryCache();
        // A page has tens of thousands of products, so one answer serves everybody for an hour.
        builder.Services.AddOutputCache(cache => cache.AddPolicy(nameof(SitemapApi), policy => policy.Expire(TimeSpan.FromHours(1)).SetVaryByQuery([])));
    }

    public static void MapSitemap(this WebApplication app)
    {
        app.MapGet("/robots.txt", Robots).ExcludeFromDescription();
        app.MapGet("/sitemap.xml", Index).ExcludeFromDescription();
        app.MapGet("/sitemap-{page:int}.xml", Page).CacheOutput(nameof(SitemapApi)).ExcludeFromDescription();
    }

    private static ContentHttpResult Robots(IConfiguration configuration) => TypedResults.Text(
        string.Join('\n', ["User-agent: *", .. NotForThem.Select(path => $"Disallow: {path}"), "Allow: /api/products/", $"Sitemap: {configuration.PublicUrl()}/sitemap.xml", ""]), "text/plain");

    private static async Task<IResult> Index(SitemapClient products, IConfiguration configuration, CancellationToken cancellation)
    {
        var starts = await products.StartsAsync(cancellation);
        return !starts.IsOk ? TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable) : TypedResults.Stream(async stream =>
        {
            await using var writer = await BeginAsync(stream, "sitemapindex");
            for (var page = 1; page <= starts.Value.Count; page++)
            {
                await WriteAsync(writer, "sitemap", $"{configuration.PublicUrl()}/sitemap-{page.ToString(CultureInfo.InvariantCulture)}.xml", null);
            }

            await writer.WriteEndElementAsync();
        }, Xml);
    }

    private static async Task<IResult> Page(int page, SitemapClient products, IConfiguration configuration, CancellationToken cancellation)
    {
        var starts = await products.StartsAsync(cancellation);
        if (!starts.IsOk)
        {
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        if (page < 1 || page > starts.Value.Count)
        {
            return TypedResults.NotFound();
        }

        var addresses = products.PageAsync(starts.Value[page - 1], cancellation).GetAsyncEnumerator(cancellation);
        try
        {
            // The first one tells whether there is such a page still, and a catalogue that answers.
            if (!await addresses.MoveNextAsync())
            {
                await addresses.DisposeAsync();
                return TypedResults.NotFound();
            }
        }
        catch (Exception exception) when (ServiceCalls.IsOutage(exception, cancellation))
        {
            await addresses.DisposeAsync();
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        return TypedResults.Stream(async stream =>
        {
            await using (addresses)
            {
                await using var writer = await BeginAsync(stream, "urlset");
                do
                {
                    var address = addresses.Current!;
                    await WriteAsync(writer, "url", $"{configuration.PublicUrl()}/product/{address.Slug}", address.ChangedAt);
                }
                while (await addresses.MoveNextAsync());
                await writer.WriteEndElementAsync();
            }
        }, Xml);
    }

    private static async Task<XmlWriter> BeginAsync(Stream stream, string root)
    {
        var writer = XmlWriter.Create(stream, new XmlWriterSettings { Async = true, Encoding = new System.Text.UTF8Encoding(false) });
        await writer.WriteStartDocumentAsync();
        await writer.WriteStartElementAsync(null, root, Namespace);
        return writer;
    }

    private static async Task WriteAsync(XmlWriter writer, string element, string address, DateTimeOffset? changed)
    {
        await writer.WriteStartElementAsync(null, element, Namespace);
        await writer.WriteElementStringAsync(null, "loc", Namespace, address);
        if (changed is { } at)
        {
            await writer.WriteElementStringAsync(null, "lastmod", Namespace, at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        await writer.WriteEndElementAsync();
    }
}
