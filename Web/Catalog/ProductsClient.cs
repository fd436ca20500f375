using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>The Products service, as the pages see it, with the prices of the shopper's region and in their language.</summary>
public sealed class ProductsClient(HttpClient http, IHttpContextAccessor accessor)
{
    /// <summary>One page of the catalogue.</summary>
    /// <param name="query">What is asked for.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    /// <returns>The page with its total and facets; refused where the cursor is not one.</returns>
    public Task<Fetched<ProductList>> ListAsync(ProductQuery query, CancellationToken cancellation) =>
        FetchAsync<ProductList>("/api/products" + query.ToQueryString(), cancellation);

    /// <summary>One product with its variants.</summary>
    /// <param name="idOrSlug">The product's identifier or slug.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    /// <returns>The product, or missing.</returns>
    public Task<Fetched<Product>> GetAsync(string idOrSlug, CancellationToken cancellation) =>
        FetchAsync<Product>("/api/products/" + Uri.EscapeDataString(idOrSlug), cancellation);

    /// <summary>One product as a list shows it.</summary>
    /// <param name="slug">The product's slug.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    /// <returns>The product, or missing.</returns>
    public Task<Fetched<ProductItem>> GetItemAsync(string slug, CancellationToken cancellation) =>
        FetchAsync<ProductItem>("/api/products/" + Uri.EscapeDataString(slug), cancellation);

    /// <summary>The games that members may claim now, those of the lowest tier first.</summary>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<ItemList<MonthlyGameView>>> MonthlyGamesAsync(CancellationToken cancellation) =>
        FetchAsync<ItemList<MonthlyGameView>>("/api/products/monthly-games", cancellation);

    /// <summary>The games that come out next, the first to come first.</summary>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<ItemList<ProductItem>>> ComingAsync(CancellationToken cancellation) => FetchAsync<ItemList<ProductItem>>("/api/products/coming", cancellation);

    /// <summary>The best-known games that have a demo.</summary>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<ItemList<ProductItem>>> DemosAsync(CancellationToken cancellation) => FetchAsync<ItemList<ProductItem>>("/api/products/demos", cancellation);

    /// <summary>Products of the same series, publisher and genre.</summary>
    /// <param name="id">The product.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<ItemList<ProductItem>>> RelatedAsync(Guid id, CancellationToken cancellation) =>
        FetchAsync<ItemList<ProductItem>>($"/api/products/{id}/related", cancellation);

    /// <summary>What shoppers bought in one order with it.</summary>
    /// <param name="id">The product.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<ItemList<ProductItem>>> BoughtTogetherAsync(Guid id, CancellationToken cancellation) =>
        FetchAsync<ItemList<ProductItem>>($"/api/products/{id}/bought-together", cancellation);

    /// <summary>What the catalogue says of variants that a cart, an order or a library names.</summary>
    /// <param name="skus">1 to 100 SKUs.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    /// <returns>The variants that it knows, in any order.</returns>
    public Task<Fetched<ItemList<VariantLine>>> VariantsAsync(IEnumerable<string> skus, CancellationToken cancellation) =>
        FetchAsync<ItemList<VariantLine>>("/api/products/variants" + new QueryBuilder([.. skus.Select(sku => KeyValuePair.Create("sku", sku))]), cancellation);

    // What is the default needs no name.
    private Task<Fetched<T>> FetchAsync<T>(string address, CancellationToken cancellation)
    {
        var (region, language) = (ShopperRegion.Of(accessor.HttpContext), ShopperLanguage.Of(accessor.HttpContext));
        address = region == Region.Default ? address : QueryHelpers.AddQueryString(address, "region", region.Code);
        return http.FetchAsync<T>(language == Language.Default ? address : QueryHelpers.AddQueryString(address, "language", language.Code), cancellation);
    }
}

/// <summary>What is asked of the catalogue. Filters that are empty or null do not limit.</summary>
public sealed record ProductQuery
{
    public string? Search { get; init; }
    public string? Category { get; init; }
    public IReadOnlyList<string> Platforms { get; init; } = [];
    public IReadOnlyList<string> Genres { get; init; } = [];
    public IReadOnlyList<string> Kinds { get; init; } = [];
    public IReadOnlyList<string> Publishers { get; init; } = [];
    public IReadOnlyList<string> Years { get; init; } = [];

    /// <summary>So many stars or more.</summary>
    public IReadOnlyList<string> Ratings { get; init; } = [];

    /// <summary>All of these.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>All of these.</summary>
    public IReadOnlyList<string> Accessibility { get; init; } = [];

    /// <summary>The lowest price, in minor units.</summary>
    public long? MinPrice { get; init; }

    /// <summary>The highest price, in minor units.</summary>
    public long? MaxPrice { get; init; }

    public bool OnSale { get; init; }
    public string? Sort { get; init; }
    public int PageSize { get; init; } = 24;
    public string? Cursor { get; init; }

    internal string ToQueryString()
    {
        var query = new QueryBuilder();
        Add("search", Search);
        Add("category", Category);
        query.Add("platform", Platforms);
        query.Add("genre", Genres);
        query.Add("kind", Kinds);
        query.Add("publisher", Publishers);
        query.Add("year", Years);
        query.Add("rating", Ratings);
        query.Add("feature", Features);
        query.Add("accessibility", Accessibility);
        Add("minPrice", MinPrice?.ToString(CultureInfo.InvariantCulture));
        Add("maxPrice", MaxPrice?.ToString(CultureInfo.InvariantCulture));
        Add("onSale", OnSale ? "true" : null);
        Add("sort", Sort);
        Add("pageSize", PageSize.ToString(CultureInfo.InvariantCulture));
        Add("cursor", Cursor);
        return query.ToString();

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                query.Add(name, value);
            }
        }
    }
}

/// <summary>A list that comes whole.</summary>
public sealed record ItemList<T>(IReadOnlyList<T> Items);

/// <summary>A page of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="NextCursor">Where the next page begins; null on the last.</param>
public sealed record CursorPage<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>A page of the catalogue.</summary>
public sealed record ProductList(
    IReadOnlyList<ProductItem> Items, string? NextCursor, int Total, IReadOnlyDictionary<string, IReadOnlyList<FacetValue>>? Facets);

/// <summary>A value that the catalogue can be limited to, and how many products would remain.</summary>
public sealed record FacetValue(string Value, string? Label, int Count);

/// <summary>A product in a list.</summary>
/// <param name="NameLanguage">The code of the language that the name is in; null where it is English.</param>
public sealed record ProductItem(
    Guid Id,
    string Slug,
    string Name,
    string Kind,
    IReadOnlyList<string>? Platforms,
    string? Publisher,
    string? Genre,
    DateOnly? ReleaseDate,
    Money Price,
    Money? OriginalPrice,
    int DiscountPercent,
    DateTimeOffset? SaleEndsAt,
    bool InStock,
    string Sku,
    string ImageUrl,
    string? HeroUrl,
    string? TitleUrl,
    MemberPriceView? MemberPrice = null,
    IReadOnlyList<TextRange>? Highlights = null,
    double? Rating = null,
    int RatingCount = 0,
    string? NameLanguage = null);

/// <summary>A part of a text.</summary>
public readonly record struct TextRange(int Start, int Length);

/// <summary>A price for members.</summary>
/// <param name="Tier">The lowest tier that has it, such as <c>essential</c>.</param>
public sealed record MemberPriceView(Money Price, string Tier);

/// <summary>The membership that a variant is.</summary>
public sealed record SoldMembership(string Tier, int Months);

/// <summary>A product with all that its page shows.</summary>
/// <param name="NameLanguage">The code of the language that the name is in; null where it is English.</param>
/// <param name="DescriptionLanguage">The same of the description.</param>
public sealed record Product(
    Guid Id,
    string Slug,
    string Name,
    string Kind,
    IReadOnlyList<string>? Platforms,
    string? Publisher,
    string? Genre,
    DateOnly? ReleaseDate,
    string? Description,
    IReadOnlyList<ProductVariant> Variants,
    IReadOnlyList<AgeRating>? AgeRatings,
    IReadOnlyList<string>? Languages,
    IReadOnlyList<ProductCategory>? Categories,
    bool Withdrawn,
    string ImageUrl,
    string? HeroUrl,
    string? TitleUrl,
    IReadOnlyList<ProductTag>? Features = null,
    IReadOnlyList<ProductTag>? Accessibility = null,
    Uri? TrailerUrl = null,
    string? NameLanguage = null,
    string? DescriptionLanguage = null);

/// <summary>A word for what a product can do or makes easier.</summary>
/// <param name="Value">For the catalogue.</param>
/// <param name="Label">For people.</param>
public sealed record ProductTag(string Value, string Label);

/// <summary>What is bought: a product for one platform in one edition.</summary>
/// <param name="Contains">The SKUs that come with it into the library.</param>
/// <param name="Requires">The SKUs of which one is needed.</param>
/// <param name="UpgradesFrom">The SKUs that it replaces, at the difference of the prices.</param>
/// <param name="Demo">A free taste of the game.</param>
/// <param name="Preorder">It is not out yet.</param>
/// <param name="ReleaseAt">When it comes, or came, out.</param>
/// <param name="TrialHours">How many hours it can be tried, once; null where it cannot.</param>
public sealed record ProductVariant(
    string Sku,
    string Name,
    string? Platform,
    string? Edition,
    Money Price,
    Money? OriginalPrice,
    int DiscountPercent,
    DateTimeOffset? SaleEndsAt,
    bool InStock,
    bool Digital,
    IReadOnlyList<string>? Includes,
    IReadOnlyList<string>? Contains = null,
    IReadOnlyList<string>? Requires = null,
    IReadOnlyList<string>? UpgradesFrom = null,
    bool Demo = false,
    bool Preorder = false,
    DateTimeOffset? ReleaseAt = null,
    SoldMembership? Membership = null,
    MemberPriceView? MemberPrice = null,
    int? TrialHours = null,
    Money? LowestPriceBefore = null)
{
    /// <summary>What the shopper owns, or is a member of, may change its price, or whether it can be bought.</summary>
    public bool Related => MemberPrice is not null || Contains is { Count: > 0 } || Requires is { Count: > 0 } || UpgradesFrom is { Count: > 0 };
}

/// <summary>The word of one country's board.</summary>
public sealed record AgeRating(string Board, string Rating);

/// <summary>A category that a product is in.</summary>
public sealed record ProductCategory(Guid Id, string Slug, string Name);

/// <summary>A variant as carts and orders show it.</summary>
/// <param name="ProductNameLanguage">The code of the language that the product's name is in; null where it is English.</param>
public sealed record VariantLine(
    string Sku,
    Guid ProductId,
    string Slug,
    string ProductName,
    string Name,
    string Kind,
    string? Platform,
    string? Edition,
    bool Digital,
    Money Price,
    Money? OriginalPrice,
    bool InStock,
    bool Withdrawn,
    string ImageUrl,
    bool Preorder = false,
    DateTimeOffset? ReleaseAt = null,
    SoldMembership? Membership = null,
    MemberPriceView? MemberPrice = null,
    string? ProductNameLanguage = null);
