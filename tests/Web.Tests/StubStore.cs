using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;

namespace PlayStationStore.Web.Tests;

/// <summary>The services behind Web, as far as its pages know them: a port each on loopback, and each can go away.</summary>
public sealed class StubStore : IAsyncDisposable
{
    private static readonly string[] Names = ["products", "orders", "users"];
    private static readonly string[] FacetNames = ["kind", "platform", "genre", "publisher", "year", "rating", "feature", "accessibility"];

    private readonly WebApplication app;
    private readonly Dictionary<int, string> serviceByPort;

    private StubStore(WebApplication app, StubUsers users, StubOrders orders, StubStock stock, StubMessages messages, StubAudit audit, StubWebhooks webhooks, StubReviews reviews, StubImports imports)
    {
        this.app = app;
        (Users, Orders, Stock, Messages, Audit, Webhooks, Reviews, Imports) = (users, orders, stock, messages, audit, webhooks, reviews, imports);
        serviceByPort = app.Urls.Zip(Names).ToDictionary(pair => new Uri(pair.First).Port, pair => pair.Second);
    }

    /// <summary>Accounts and sign-in.</summary>
    public StubUsers Users { get; }

    /// <summary>Carts, orders, library and wallet.</summary>
    public StubOrders Orders { get; }

    /// <summary>The services that break the connection of whoever calls.</summary>
    public HashSet<string> Down { get; } = [];

    /// <summary>The services that take a request and never answer it.</summary>
    public HashSet<string> Frozen { get; } = [];

    /// <summary>The paths and queries that were asked for.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>The trace that each request belonged to.</summary>
    public List<(string Request, string TraceId)> Traces { get; } = [];

    /// <summary>The settings by which Web finds the services.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings =>
        app.Urls.Zip(Names).Select(pair => KeyValuePair.Create<string, string?>($"services:{pair.Second}:http:0", pair.First));

    /// <summary>Stock and prices.</summary>
    public StubStock Stock { get; }

    /// <summary>Messages that could not be handled.</summary>
    public StubMessages Messages { get; }

    /// <summary>Who did what.</summary>
    public StubAudit Audit { get; }

    /// <summary>Addresses that are told of orders.</summary>
    public StubWebhooks Webhooks { get; }

    /// <summary>What owners say of products.</summary>
    public StubReviews Reviews { get; }

    /// <summary>Files of the catalogue that were sent.</summary>
    public StubImports Imports { get; }

    /// <summary>Where the Users service listens.</summary>
    public Uri UsersAddress => new(app.Urls.ElementAt(Array.IndexOf(Names, "users")));

    /// <summary>What was searched for in vain; a page has two.</summary>
    public List<(string Text, int Count)> MissedSearches { get; } = [];

    /// <summary>Starts the services.</summary>
    public static async Task<StubStore> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls([.. Names.Select(_ => "http://127.0.0.1:0")]);
        var app = builder.Build();

        StubStore? store = null;
        app.Use(async (context, next) => await store!.GateAsync(context, next));
        app.MapGet("/health/ready", () => new { status = "Healthy", parts = new { } });
        app.MapGet("/api/products", List);
        app.MapGet("/api/products/suggest", Suggest);
        app.MapGet("/api/products/{idOrSlug}", Get);
        app.MapGet("/internal/catalogue/addresses", () => new { starts = StubCatalogue.All.Chunk(20).Take(2).Select(page => page[0].Id) });
        app.MapGet("/internal/catalogue/addresses/{from:guid}", (Guid from) => StubCatalogue.All.SkipWhile(product => product.Id != from).Take(20).Select(product =>
            new { slug = product.Slug, changedAt = new DateTimeOffset(2026, 11, 20, 23, 0, 0, TimeSpan.FromHours(-5)) }));
        app.MapGet("/api/products/coming", () => new
        {
            items = StubCatalogue.All.Skip(2).Take(3).Select((product, place) =>
        {
            // One of them has come out since the list was made.
            var item = product.ToItem(null);
            item["releaseDate"] = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(place * 10).ToString("O", CultureInfo.InvariantCulture);
            return item;
        })
        });
        app.MapGet("/api/products/demos", () => new { items = StubCatalogue.All.Take(2).Select(product => product.ToItem(null)) });
        app.MapGet("/api/products/{id:guid}/related", (Guid id) => Beside(id, 5));
        app.MapGet("/api/products/{id:guid}/bought-together", (Guid id) => Beside(id, 2));
        app.MapGet("/api/products/{id:guid}/{picture}", Picture);

        var users = new StubUsers();
        var orders = new StubOrders(users);
        users.Map(app);
        orders.Map(app);
        var stock = new StubStock(users);
        stock.Map(app);
        app.MapGet("/api/admin/searches", (HttpContext context, string? cursor) => users.Caller(context)?.Roles.Contains("staff") is not true
            ? Results.Forbid()
            : Results.Ok(new
            {
                items = store!.MissedSearches.Skip(cursor is null ? 0 : 2).Take(2).Select(search => new { text = search.Text, count = search.Count, lastAt = DateTimeOffset.UnixEpoch }),
                nextCursor = cursor is null && store.MissedSearches.Count > 2 ? "behind" : null,
            }));

        var messages = new StubMessages(users);
        messages.Map(app);
        var audit = new StubAudit(users);
        audit.Map(app);
        var webhooks = new StubWebhooks(users);
        webhooks.Map(app);
        var reviews = new StubReviews(users);
        reviews.Map(app);
        var imports = new StubImports(users);
        imports.Map(app);

        await app.StartAsync();
        return store = new StubStore(app, users, orders, stock, messages, audit, webhooks, reviews, imports);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>From here on <see cref="Requests"/> begins anew.</summary>
    public void ForgetRequests()
    {
        lock (Requests)
        {
            Requests.Clear();
        }
    }

    private async Task GateAsync(HttpContext context, RequestDelegate next)
    {
        var service = serviceByPort[context.Connection.LocalPort];
        lock (Requests)
        {
            Requests.Add(context.Request.Path + context.Request.QueryString);
            if (context.Request.Headers.TraceParent is [{ } trace])
            {
                Traces.Add(($"{context.Request.Method} {context.Request.Path}", trace.Split('-')[1]));
            }
        }

        if (Frozen.Contains(service))
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        else if (Down.Contains(service))
        {
            context.Abort();
        }
        else
        {
            await AsAskedFor(context, next);
        }
    }

    // The amounts of Japan's price list are those of the default one, in yen; and some of what there is has texts in other languages.
    private static async Task AsAskedFor(HttpContext context, RequestDelegate next)
    {
        var (region, language) = (context.Request.Query["region"].ToString(), context.Request.Query["language"].ToString());
        if (!HttpMethods.IsGet(context.Request.Method) || (region != "jp" && language.Length == 0))
        {
            await next(context);
            return;
        }

        var (body, written) = (context.Response.Body, new MemoryStream());
        context.Response.Body = written;
        await next(context);
        context.Response.Body = body;
        var text = Encoding.UTF8.GetString(written.ToArray());
        text = region == "jp" ? text.Replace("\"USD\"", "\"JPY\"", StringComparison.Ordinal) : text;
        text = language == "ja"
            ? text.Replace("\"name\":\"Tekken 3\"", "\"name\":\"鉄拳3\",\"nameLanguage\":\"ja\"", StringComparison.Ordinal)
                .Replace("\"productName\":\"Tekken 3\"", "\"productName\":\"鉄拳3\",\"productNameLanguage\":\"ja\"", StringComparison.Ordinal)
            : text;
        text = language == "de"
            ? text.Replace("\"description\":\"Tekken 3 is", "\"descriptionLanguage\":\"de\",\"description\":\"Tekken 3 ist", StringComparison.Ordinal)
            : text;
        await context.Response.WriteAsync(text);
    }

    private static Results<Ok<object>, ProblemHttpResult> List(HttpRequest request)
    {
        var query = request.Query;
        var size = query.TryGetValue("pageSize", out var pageSize) ? int.Parse(pageSize!, CultureInfo.InvariantCulture) : 24;
        var start = 0;
        if (query.TryGetValue("cursor", out var cursor) && !int.TryParse(cursor, CultureInfo.InvariantCulture, out start))
        {
            return TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest);
        }

        var found = StubCatalogue.All.Where(product => Fits(product, query, null)).ToList();
        found = query["sort"].ToString() switch
        {
            "newest" => [.. found.OrderByDescending(product => product.Year)],
            "price" => [.. found.OrderBy(product => product.Price)],
            "-price" => [.. found.OrderByDescending(product => product.Price)],
            "name" => [.. found.OrderBy(product => product.Name, StringComparer.Ordinal)],
            _ => found,
        };
        return TypedResults.Ok<object>(new
        {
            items = found.Skip(start).Take(size).Select(product => product.ToItem(query["search"])),
            nextCursor = start + size < found.Count ? (start + size).ToString(CultureInfo.InvariantCulture) : null,
            total = found.Count,
            facets = Facets(query),
        });
    }

    private static Dictionary<string, object> Facets(IQueryCollection query)
    {
        var facets = FacetNames.ToDictionary(name => name, name => (object)StubCatalogue.All
            .Where(product => Fits(product, query, name))
            .SelectMany(product => Values(product, name))
            .CountBy(value => value)
            .OrderByDescending(value => value.Value)
            .Select(value => new { value = value.Key, label = StubCatalogue.Labels.GetValueOrDefault(value.Key, value.Key), count = value.Value }));
        facets["onSale"] = new[] { new { value = "true", label = "On sale", count = StubCatalogue.All.Count(product => product.Variants[0].Discount > 0 && Fits(product, query, "onSale")) } };
        return facets;
    }

    private static bool Fits(StubProduct product, IQueryCollection query, string? but) =>
        FacetNames.Where(name => name != but).All(name => query[name].Count == 0 || Values(product, name).Any(value => query[name].Contains(value)))
        && (but == "onSale" || query["onSale"] != "true" || product.Variants[0].Discount > 0)
        && product.Price >= Number(query, "minPrice", 0)
        && product.Price <= Number(query, "maxPrice", long.MaxValue)
        && product.Name.Contains(query["search"].ToString(), StringComparison.OrdinalIgnoreCase);

    private static long Number(IQueryCollection query, string name, long otherwise) =>
        query.TryGetValue(name, out var text) ? long.Parse(text!, CultureInfo.InvariantCulture) : otherwise;

    private static IEnumerable<string> Values(StubProduct product, string facet) => facet switch
    {
        "kind" => [product.Kind],
        "platform" => product.Platforms,
        "genre" => product.Genre is null ? [] : [product.Genre],
        "year" => [product.Year.ToString(CultureInfo.InvariantCulture)],
        "feature" => product.Features,
        "accessibility" => product.Accessibility,
        "rating" => Enumerable.Range(1, 4).Where(stars => product.Rating >= stars).Select(stars => stars.ToString(CultureInfo.InvariantCulture)),
        _ => [product.Publisher],
    };

    private static object Suggest(string q) => new
    {
        items = StubCatalogue.All.Where(product => product.Name.Contains(q, StringComparison.OrdinalIgnoreCase)).Take(8).Select(product => product.ToItem(q)),
    };

    private static object Beside(Guid id, int count) =>
        new { items = StubCatalogue.All.Where(product => product.Id != id).Take(count).Select(product => product.ToItem(null)) };

    private static Results<Ok<Dictionary<string, object?>>, NotFound> Get(string idOrSlug) =>
        StubCatalogue.All.FirstOrDefault(product => product.Slug == idOrSlug || product.FormerSlug == idOrSlug || product.Id.ToString() == idOrSlug) is { } product
            ? TypedResults.Ok(product.ToDetail())
            : TypedResults.NotFound();

    private static Results<ContentHttpResult, NotFound> Picture(Guid id) =>
        StubCatalogue.All.FirstOrDefault(product => product.Id == id) is { } product
            ? TypedResults.Text(StubCatalogue.Picture(product), "image/svg+xml")
            : TypedResults.NotFound();
}
