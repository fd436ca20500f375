using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>Short rows of products beside a product or a subject.</summary>
internal static class ShelvesApi
{
    private const int Length = 12;

    // What one shopper alone bought together is nobody else's business.
    private const int FewestOrders = 2;

    // So that what sells most costs no more to look at than the rest.
    private const int OrdersLookedAt = 500;

    // Of what is ahead, lists have the last first; what comes behind so many is far.
    private const int ComingLookedAt = 300;

    private static readonly string[] Breaks = [": ", " - ", " (", " – "];

    public static void MapShelvesApi(this IEndpointRouteBuilder app)
    {
        var shelves = app.MapGroup("/api/products").WithTag("Products", "The catalogue, for everybody.").KeepAnswers();
        shelves.MapGet("/coming", Coming).WithSummary("List the games that come out next, the first to come first");
        shelves.MapGet("/demos", Demos).WithSummary("List the best-known games that have a demo");
        shelves.MapGet("/{id:guid}/related", Related).WithSummary("List up to 12 products of the same series, then of its publisher and genre");
        shelves.MapGet("/{id:guid}/bought-together", BoughtTogether).WithSummary("List up to 12 products that shoppers bought in one order with it, the most often first");
    }

    private static async Task<Ok<Shelf>> Demos(
        [Description(ProductQuery.RegionIsAbout)] Region? region, [Description(ProductQuery.LanguageIsAbout)] Language? language,
        ProductsDbContext database, CatalogueSearch search, CancellationToken cancel)
    {
        // As a parameter, which an index can find; the bare column is a condition that SQLite's cannot.
        var demo = true;
        var ids = await database.Variants.Where(variant => variant.Demo == demo && !variant.Withdrawn && variant.Product.WithdrawnAt == null)
            .Select(variant => new { variant.ProductId, Popularity = variant.Product.UnitsSold + (1_000 * variant.Product.StoreSales) }).Distinct()
            .OrderByDescending(product => product.Popularity).ThenBy(product => product.ProductId).Select(product => product.ProductId).Take(Length).ToListAsync(cancel);
        return TypedResults.Ok(new Shelf(await search.ItemsAsync(ids, region ?? Region.Default, language ?? Language.Default, cancel)));
    }

    private static async Task<Ok<Shelf>> Coming(
        [Description(ProductQuery.RegionIsAbout)] Region? region, [Description(ProductQuery.LanguageIsAbout)] Language? language,
        CatalogueSearch search, TimeProvider clock, CancellationToken cancel)
    {
        var there = region ?? Region.Default;
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var games = new ListRequest
        {
            Region = there,
            Language = language ?? Language.Default,
            Kinds = [ProductKind.Game.InWords()],
            Order = ListOrder.Find("newest", there)!,
            PageSize = ComingLookedAt,
        };
        var last = await search.BestAsync(games, cancel);
        return TypedResults.Ok(new Shelf([.. last.Where(item => item.ReleaseDate > today).Reverse().Take(Length)]));
    }

    private static async Task<Results<Ok<Shelf>, NotFound>> Related(
        Guid id, [Description(ProductQuery.RegionIsAbout)] Region? region, [Description(ProductQuery.LanguageIsAbout)] Language? language,
        CatalogueSearch search, CancellationToken cancel)
    {
        var there = region ?? Region.Default;
        if (await search.ItemsAsync([id], there, Language.Default, cancel) is not [var product])
        {
            return TypedResults.NotFound();
        }

        var series = SeriesOf(product.Name);
        var all = new ListRequest { Region = there, Order = ListOrder.Find("bestselling", there)!, PageSize = 2 * Length };
        IReadOnlyList<string> genre = product.Genre is null ? [] : [product.Genre], publisher = product.Publisher is null ? [] : [product.Publisher], kind = [product.Kind.InWords()];
        var sameSeries = (await search.BestAsync(all with { Text = string.Join(' ', series), Order = ListOrder.Find("relevance", there)! }, cancel))
            .Where(item => SearchText.Words(item.Name).Take(series.Count).SequenceEqual(series));
        var rest = publisher.Count == 0 ? [] : await search.BestAsync(all with { Kinds = kind, Genres = genre, Publishers = publisher }, cancel);
        var more = await search.BestAsync(all with { Kinds = kind, Genres = genre }, cancel);
        List<ProductItem> related = [.. sameSeries.Concat(rest).Concat(more).DistinctBy(item => item.Id).Where(item => item.Id != id).Take(Length)
            // Nobody searched for the words of the series.
            .Select(item => item with { Highlights = null })];
        // What is of one series is told by the English names, so these are the last to change.
        var shown = language ?? Language.Default;
        return TypedResults.Ok(new Shelf(shown == Language.Default ? related : await search.ItemsAsync([.. related.Select(item => item.Id)], there, shown, cancel)));
    }

    // Counted from the purchases that orders' events bring, so what was given back does not count, and a repeated event counts once.
    private static async Task<Ok<Shelf>> BoughtTogether(
        Guid id, [Description(ProductQuery.RegionIsAbout)] Region? region, [Description(ProductQuery.LanguageIsAbout)] Language? language,
        ProductsDbContext database, CatalogueSearch search, CancellationToken cancel)
    {
        var orders = Purchase.Kept(database).Where(purchase => purchase.ProductId == id).OrderByDescending(purchase => purchase.OrderId).Take(OrdersLookedAt)
            .Select(purchase => new { purchase.OrderId, purchase.Sku });
        // What a bundle contains comes under the bundle's SKU, and was not chosen beside it.
        var ids = await orders.Join(Purchase.Kept(database), order => order.OrderId, purchase => purchase.OrderId, (order, purchase) => new { order.Sku, Other = purchase })
            .Where(pair => pair.Other.Sku != pair.Sku && pair.Other.ProductId != id)
            .GroupBy(pair => pair.Other.ProductId, pair => pair.Other.OrderId).Select(others => new { ProductId = others.Key, Orders = others.Distinct().Count() })
            .Where(product => product.Orders >= FewestOrders)
            .OrderByDescending(product => product.Orders).ThenBy(product => product.ProductId).Select(product => product.ProductId).Take(Length).ToListAsync(cancel);
        return TypedResults.Ok(new Shelf(await search.ItemsAsync(ids, region ?? Region.Default, language ?? Language.Default, cancel)));
    }

    // The words of a title's main part, without its number: "FINAL FANTASY VII" is of the series "final fantasy".
    private static List<string> SeriesOf(string name)
    {
        var main = Breaks.Aggregate(name, (rest, mark) => rest.IndexOf(mark, StringComparison.Ordinal) is > 0 and var at ? rest[..at] : rest);
        var words = SearchText.Words(main);
        return words.Count == 0 ? SearchText.Words(name) : [.. words.TakeWhile((word, index) => index == 0 || !(word.Any(char.IsAsciiDigit) || word.All(letter => letter is 'i' or 'v' or 'x')))];
    }
}

/// <summary>A short row of products.</summary>
public sealed record Shelf(IReadOnlyList<ProductItem> Items);
