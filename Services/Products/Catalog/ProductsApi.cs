using System.ComponentModel;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>What everybody may read of the catalogue.</summary>
internal static class ProductsApi
{
    private const int MostSuggestions = 8;
    private const int MostSkus = 100;

    public static void MapProductsApi(this IEndpointRouteBuilder app)
    {
        var products = app.MapGroup("/api/products").WithTag("Products", "The catalogue, for everybody.").KeepAnswers();
        products.MapGet("/", List).Produces<ProductPage>().ProducesValidationProblem().WithSummary("List, filter and search products");
        products.MapGet("/suggest", Suggest).WithSummary("Suggest up to 8 products while somebody types");
        products.MapGet("/regions", Regions).WithSummary("List the regions that the store has prices for, the default one first");
        products.MapGet("/languages", Languages).WithSummary("List the languages that products may have texts in, the default one first");
        products.MapGet("/variants", Variants).WithSummary("Read variants by sku, for a cart or an order");
        products.MapGet("/{idOrSlug}", Get).AddEndpointFilter<PagesFromIndex>().WithSummary("Read a product by id or slug")
            .WithDescription("A slug that it had before it was renamed leads to it too; the answer has the one that it has now.");
    }

    private static async Task<IResult> List(
        [AsParameters] ProductQuery query, CatalogueSearch search, MissedSearches missed, CancellationToken cancel)
    {
        if (query.TryRead(out var request) is { } problem)
        {
            return problem;
        }

        var page = await search.ListAsync(request!, cancel);
        if (page.Total == 0 && request!.IsSearchAlone)
        {
            missed.Note(request.Text!);
        }

        return page;
    }

    private static async Task<Results<Ok<Suggestions>, ValidationProblem>> Suggest(
        [FromQuery(Name = "q"), Description("What has been typed.")] string? text, CatalogueSearch search, CancellationToken cancel,
        [Description(ProductQuery.RegionIsAbout)] Region? region = null, [Description(ProductQuery.LanguageIsAbout)] Language? language = null)
    {
        if (ProductQuery.InvalidText("q", text) is { } problem)
        {
            return problem;
        }

        var items = string.IsNullOrWhiteSpace(text) ? [] : await search.SuggestAsync(text, region ?? Region.Default, language ?? Language.Default, MostSuggestions, cancel);
        return TypedResults.Ok(new Suggestions([.. items.Select(Suggestion.Of)]));
    }

    private static Ok<RegionList> Regions() => TypedResults.Ok(new RegionList(Region.All));

    private static Ok<LanguageList> Languages() => TypedResults.Ok(new LanguageList(Language.All));

    private static async Task<Results<Ok<VariantList>, ValidationProblem>> Variants(
        [FromQuery(Name = "sku"), Description("1 to 100 skus; those that are not known are left out.")] string[] skus, ProductsDbContext database, TimeProvider clock,
        [Description(ProductQuery.RegionIsAbout)] Region? region = null, [Description(ProductQuery.LanguageIsAbout)] Language? language = null)
    {
        if (skus.Length is 0 or > MostSkus)
        {
            return StoreProblems.Invalid("sku", $"Name 1 to {MostSkus} skus.");
        }

        var (now, shown) = (clock.GetUtcNow(), language ?? Language.Default);
        var asked = database.Variants.AsNoTracking().Published(now)
            .Include(variant => variant.Prices).Include(variant => variant.Stock).Include(variant => variant.Product)
            .Where(variant => EF.Parameter(skus).Contains(variant.Sku));
        asked = shown == Language.Default ? asked : asked.Include(variant => variant.Product.Texts);
        var variants = await asked.OrderBy(variant => variant.Sku).AsSplitQuery().ToListAsync();
        return TypedResults.Ok(new VariantList([.. variants.Select(variant => variant.PriceIn(region ?? Region.Default) is { } price
            ? VariantOfProduct.Of(variant, price, shown, now) : null).OfType<VariantOfProduct>()]));
    }

    private static async Task<Results<Ok<ProductView<VariantView>>, NotFound>> Get(
        string idOrSlug, [Description(ProductQuery.RegionIsAbout)] Region? region, [Description(ProductQuery.LanguageIsAbout)] Language? language,
        ProductsDbContext database, TimeProvider clock)
    {
        if (!Guid.TryParseExact(idOrSlug, "D", out var id))
        {
            id = await database.ProductSlugs.Where(one => one.Slug == idOrSlug).Select(one => one.ProductId).FirstOrDefaultAsync();
        }

        var now = clock.GetUtcNow();
        var product = await database.Products.AsNoTracking().Published(now).WithAll().FirstOrDefaultAsync(product => product.Id == id);
        return product?.ForShoppers(region ?? Region.Default, language ?? Language.Default, now) is { } view ? TypedResults.Ok(view) : TypedResults.NotFound();
    }
}

/// <summary>A page of a list.</summary>
/// <param name="NextCursor">For the next page; null on the last.</param>
/// <param name="Total">How many products the whole list has.</param>
public sealed record ProductPage(IReadOnlyList<ProductItem> Items, string? NextCursor, int Total, ProductFacets Facets);

/// <summary>What may be meant.</summary>
public sealed record Suggestions(IReadOnlyList<Suggestion> Items);

/// <summary>A product that may be meant; platforms and date tell those of one name apart.</summary>
/// <param name="Highlights">The parts of the name that were typed.</param>
public sealed record Suggestion(
    Guid Id, string Slug, string Name, ProductKind Kind, Money Price, string ImageUrl, IReadOnlyList<string> Platforms, DateOnly? ReleaseDate,
    IReadOnlyList<TextRange> Highlights)
{
    /// <summary>The code of the language that the name is in; absent where it is English.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NameLanguage { get; init; }

    internal static Suggestion Of(ProductItem item) =>
        new(item.Id, item.Slug, item.Name, item.Kind, item.Price, item.ImageUrl, item.Platforms, item.ReleaseDate, item.Highlights ?? []) { NameLanguage = item.NameLanguage };
}

/// <summary>The regions that the store has prices for.</summary>
public sealed record RegionList(IReadOnlyList<Region> Items);

/// <summary>The languages that products may have texts in.</summary>
public sealed record LanguageList(IReadOnlyList<Language> Items);

/// <summary>The variants that were asked for; unknown skus are left out.</summary>
public sealed record VariantList(IReadOnlyList<VariantOfProduct> Items);

/// <summary>A variant with what a cart or an order shows of its product.</summary>
/// <param name="Name">What tells it from the product's other variants.</param>
/// <param name="Withdrawn">It, or its product, is no longer sold.</param>
/// <param name="Demo">A free taste of the game.</param>
/// <param name="Preorder">It is not out yet.</param>
/// <param name="ReleaseAt">When it comes, or came, out; null where that is not known.</param>
/// <param name="Membership">The membership that it is; null where it is none.</param>
/// <param name="MemberPrice">What members pay where that is less; null where they pay what everybody does.</param>
public sealed record VariantOfProduct(
    string Sku, Guid ProductId, string Slug, string ProductName, string Name, ProductKind Kind, string? Platform, string? Edition, bool Digital,
    Money Price, Money? OriginalPrice, bool InStock, bool Withdrawn, string ImageUrl, bool Demo, bool Preorder, DateTimeOffset? ReleaseAt,
    OfferedMembership? Membership, PriceForMembers? MemberPrice)
{
    /// <summary>The code of the language that the product's name is in; absent where it is English.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ProductNameLanguage { get; init; }

    internal static VariantOfProduct Of(Variant variant, Price price, Language language, DateTimeOffset now)
    {
        var product = variant.Product;
        var name = product.TextIn(language)?.Name;
        var tag = price.At(now);
        var withdrawn = variant.Withdrawn || product.WithdrawnAt is not null;
        return new(
            variant.Sku, product.Id, product.Slug, name ?? product.Name, variant.Name, product.Kind, variant.Platform, variant.Edition, variant.Digital,
            tag.Price(price.Currency), tag.OriginalPrice(price.Currency), !withdrawn && variant.InStock, withdrawn,
            PictureAddress.Of(product).Image, variant.Demo, !variant.Demo && product.PreorderUntil(now) is not null, product.ReleaseAt,
            variant.Membership, PriceForMembers.Of(price, now))
        {
            ProductNameLanguage = name is null ? null : language.Code,
        };
    }
}
