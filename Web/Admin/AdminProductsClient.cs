using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>The catalogue with its stock, for staff.</summary>
public sealed class AdminProductsClient(HttpClient http)
{
    private const string MonthlyGames = "/api/admin/monthly-games";

    /// <summary>A page of products.</summary>
    /// <param name="search">A part of a name, or null for all.</param>
    /// <param name="cursor">Where the page before ended, or null.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    public Task<Fetched<CursorPage<StockedProduct>>> ListAsync(string? search, string? cursor, CancellationToken cancellation) =>
        http.FetchAsync<CursorPage<StockedProduct>>(
            OrdersClient.Query("/api/admin/products", ("search", search), ("cursor", cursor), ("pageSize", "24")), cancellation);

    public Task<Fetched<StockedProduct>> GetAsync(Guid id, CancellationToken cancellation) =>
        http.FetchAsync<StockedProduct>($"/api/admin/products/{id}", cancellation);

    /// <summary>The words that a product's features and accessibility can be told in.</summary>
    public Task<Fetched<ProductTagList>> TagsAsync(CancellationToken cancellation) => http.FetchAsync<ProductTagList>("/api/admin/products/tags", cancellation);

    /// <summary>The categories that products are filed under.</summary>
    public Task<Fetched<IReadOnlyList<ProductCategory>>> CategoriesAsync(CancellationToken cancellation) =>
        http.FetchAsync<IReadOnlyList<ProductCategory>>("/api/categories", cancellation);

    /// <summary>Makes a product; one that is there just as it is asked for is answered as if it were made now.</summary>
    public Task<Fetched<StockedProduct>> CreateAsync(NewProduct product, CancellationToken cancellation) =>
        http.SendAsync<StockedProduct>(HttpMethod.Post, "/api/products", product, cancellation);

    /// <summary>Changes what is said of a product.</summary>
    /// <returns>The product, or a refusal with status 412 where somebody else has changed it since it was read.</returns>
    public Task<Fetched<StockedProduct>> ChangeAsync(Guid id, ProductChange change, CancellationToken cancellation) =>
        http.SendAsync<StockedProduct>(HttpMethod.Put, $"/api/products/{id}", change, cancellation);

    /// <summary>Says how many there are.</summary>
    /// <param name="sku">The variant.</param>
    /// <param name="onHand">How many were counted.</param>
    /// <param name="seen">How many there were, as it was shown; null for whatever there were.</param>
    /// <param name="reason">Why it changes, for the record.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    /// <returns>Refused with status 412 where there are not as many as were shown any more.</returns>
    public Task<Fetched<object>> SetStockAsync(string sku, int onHand, int? seen, string reason, CancellationToken cancellation) =>
        http.SendAsync<object>(HttpMethod.Put, $"/api/products/variants/{Uri.EscapeDataString(sku)}/stock", new { onHand, reason, seen }, cancellation);

    /// <summary>Sets a price.</summary>
    /// <param name="sku">The variant.</param>
    /// <param name="price">The price, in minor units.</param>
    /// <param name="originalPrice">The price outside of the deal, or null where there is no deal.</param>
    /// <param name="region">Where.</param>
    /// <param name="saleStartsAt">When the deal begins, or null for at once.</param>
    /// <param name="saleEndsAt">When the deal ends, or null.</param>
    /// <param name="version">The version of the price that was shown; null for whatever it is.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    /// <returns>Refused with status 412 where somebody else has changed it since it was shown.</returns>
    public Task<Fetched<object>> SetPriceAsync(
        string sku, long price, long? originalPrice, Region region, DateTimeOffset? saleStartsAt, DateTimeOffset? saleEndsAt, int? version, CancellationToken cancellation) =>
        ChangePriceAsync(
            HttpMethod.Put, $"/api/products/variants/{Uri.EscapeDataString(sku)}/price",
            new { price, originalPrice, region = region.Code, saleStartsAt, saleEndsAt }, version, cancellation);

    /// <summary>Reads what a variant cost in a region before, the latest first.</summary>
    public Task<Fetched<IReadOnlyList<PastPriceView>>> GetPastPricesAsync(string sku, Region region, CancellationToken cancellation) =>
        http.FetchAsync<IReadOnlyList<PastPriceView>>(
            OrdersClient.Query($"/api/admin/products/variants/{Uri.EscapeDataString(sku)}/prices", ("region", region.Code)), cancellation);

    /// <summary>Sets what members pay.</summary>
    /// <param name="sku">The variant.</param>
    /// <param name="price">In minor units; null for what everybody pays.</param>
    /// <param name="region">Where.</param>
    /// <param name="tier">The lowest tier that pays it.</param>
    /// <param name="version">The version of the price that was shown; null for whatever it is.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    /// <returns>Refused with status 412 where somebody else has changed it since it was shown.</returns>
    public Task<Fetched<object>> SetMemberPriceAsync(string sku, long? price, Region region, string? tier, int? version, CancellationToken cancellation)
    {
        var address = $"/api/products/variants/{Uri.EscapeDataString(sku)}/member-price";
        return price is null
            ? ChangePriceAsync(HttpMethod.Delete, OrdersClient.Query(address, ("region", region.Code)), null, version, cancellation)
            : ChangePriceAsync(HttpMethod.Put, address, new { price, tier, region = region.Code }, version, cancellation);
    }

    private Task<Fetched<object>> ChangePriceAsync(HttpMethod method, string address, object? body, int? version, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(body) };
        if (version is { } shown)
        {
            request.Headers.IfMatch.Add(new(FormattableString.Invariant($"\"{shown}\"")));
        }

        return http.CallAsync<object>(request, cancellation);
    }

    /// <summary>The monthly games that are not over, the next ones too.</summary>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    public Task<Fetched<ItemList<MonthlyGameView>>> MonthlyGamesAsync(CancellationToken cancellation) =>
        http.FetchAsync<ItemList<MonthlyGameView>>(MonthlyGames, cancellation);

    /// <summary>Lets members claim a game for a time.</summary>
    public Task<Fetched<MonthlyGameView>> AddMonthlyGameAsync(NewMonthlyGame game, CancellationToken cancellation) =>
        http.SendAsync<MonthlyGameView>(HttpMethod.Post, MonthlyGames, game, cancellation);

    /// <summary>Takes a monthly game off the list; who has claimed it keeps it.</summary>
    public Task<Fetched<object>> RemoveMonthlyGameAsync(Guid id, CancellationToken cancellation) =>
        http.SendAsync<object>(HttpMethod.Delete, $"{MonthlyGames}/{id}", null, cancellation);
}

/// <summary>A product with the stock of its variants.</summary>
/// <param name="PublishAt">Until when only staff see it; null where shoppers do.</param>
/// <param name="Texts">What it says in other languages, by their codes.</param>
public sealed record StockedProduct(
    Guid Id, string Slug, string Name, string Kind, string? Publisher, string? Genre, IReadOnlyList<string>? Platforms, bool Withdrawn, string? ImageUrl,
    IReadOnlyList<StockedVariant> Variants, string? Description = null, DateOnly? ReleaseDate = null, IReadOnlyList<string>? Languages = null,
    IReadOnlyList<AgeRating>? AgeRatings = null, IReadOnlyList<ProductCategory>? Categories = null, int Version = 0,
    DateTimeOffset? PublishAt = null, IReadOnlyList<ProductTag>? Features = null, IReadOnlyList<ProductTag>? Accessibility = null, string? TrailerUrl = null,
    IReadOnlyDictionary<string, ProductWords>? Texts = null);

/// <summary>A name and a description in another language.</summary>
/// <param name="Name">Null where it is called as in English.</param>
/// <param name="Description">Null where it is described in English only.</param>
public sealed record ProductWords(string? Name, string? Description);

/// <summary>The words that features and accessibility are told in.</summary>
public sealed record ProductTagList(IReadOnlyList<ProductTag> Features, IReadOnlyList<ProductTag> Accessibility);

/// <summary>A variant with its stock.</summary>
/// <param name="OnHand">How many there are; null for what is downloaded.</param>
/// <param name="Reserved">How many of them are held for orders.</param>
/// <param name="Demo">A free taste of the game.</param>
/// <param name="Price">In the first region that it is sold in.</param>
/// <param name="Prices">In each region that it is sold in.</param>
public sealed record StockedVariant(
    string Sku, string Name, string? Platform, string? Edition, Money Price, bool InStock, bool Digital,
    int? OnHand, int? Reserved, IReadOnlyList<RegionalPriceView> Prices, bool Demo = false)
{
    /// <summary>What is set in a region; null where it is not sold there.</summary>
    public RegionalPriceView? In(Region region) => Prices.FirstOrDefault(price => price.Region == region.Code);
}

/// <summary>What is set for a variant in a region.</summary>
/// <param name="Price">What everybody pays now.</param>
/// <param name="PriceSet">The price and the sale that are set, also before the sale begins.</param>
/// <param name="MemberPriceSet">What is set for members, also while a sale is lower; null where nothing is.</param>
/// <param name="Version">Grows with every change.</param>
public sealed record RegionalPriceView(string Region, Money Price, PriceTermsView PriceSet, MemberPriceView? MemberPriceSet, int Version = 0);

/// <summary>A price and its sale, as they are set.</summary>
/// <param name="Sale">While the sale holds; null where there is none.</param>
/// <param name="SaleStartsAt">From when it holds; null for at once.</param>
/// <param name="SaleEndsAt">From when it no longer holds; null for no end.</param>
public sealed record PriceTermsView(Money Regular, Money? Sale, DateTimeOffset? SaleStartsAt, DateTimeOffset? SaleEndsAt)
{
    /// <summary>The same without a sale that is over.</summary>
    /// <param name="now">The instant.</param>
    public PriceTermsView At(DateTimeOffset now) => SaleEndsAt <= now ? new(Regular, null, null, null) : this;
}

/// <summary>What a variant cost until another price was set.</summary>
public sealed record PastPriceView(PriceTermsView Price, DateTimeOffset Until);

/// <summary>A monthly game that is to be.</summary>
/// <param name="Sku">The variant that members get.</param>
/// <param name="Tier">The lowest tier whose members may claim it.</param>
public sealed record NewMonthlyGame(string Sku, string Tier, DateTimeOffset From, DateTimeOffset Until);
