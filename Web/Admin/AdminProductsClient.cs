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

    /// <summary>Says how many there are.</summary>
    /// <param name="sku">The variant.</param>
    /// <param name="onHand">How many were counted.</param>
    /// <param name="reason">Why it changes, for the record.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    public Task<Fetched<object>> SetStockAsync(string sku, int onHand, string reason, CancellationToken cancellation) =>
        http.SendAsync<object>(HttpMethod.Put, $"/api/products/variants/{Uri.EscapeDataString(sku)}/stock", new { onHand, reason }, cancellation);

    /// <summary>Sets a price.</summary>
    /// <param name="sku">The variant.</param>
    /// <param name="price">The price, in minor units.</param>
    /// <param name="originalPrice">The price outside of the deal, or null where there is no deal.</param>
    /// <param name="currency">The ISO 4217 code.</param>
    /// <param name="saleEndsAt">When the deal ends, or null.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    public Task<Fetched<object>> SetPriceAsync(
        string sku, long price, long? originalPrice, string currency, DateTimeOffset? saleEndsAt, CancellationToken cancellation) =>
        http.SendAsync<object>(
            HttpMethod.Put, $"/api/products/variants/{Uri.EscapeDataString(sku)}/price", new { price, originalPrice, currency, saleEndsAt }, cancellation);

    /// <summary>Sets what members pay.</summary>
    /// <param name="sku">The variant.</param>
    /// <param name="price">In minor units; null for what everybody pays.</param>
    /// <param name="currency">The ISO 4217 code.</param>
    /// <param name="tier">The lowest tier that pays it.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    public Task<Fetched<object>> SetMemberPriceAsync(string sku, long? price, string currency, string? tier, CancellationToken cancellation)
    {
        var address = $"/api/products/variants/{Uri.EscapeDataString(sku)}/member-price";
        return price is null
            ? http.SendAsync<object>(HttpMethod.Delete, OrdersClient.Query(address, ("currency", currency)), null, cancellation)
            : http.SendAsync<object>(HttpMethod.Put, address, new { price, tier, currency }, cancellation);
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
public sealed record StockedProduct(
    Guid Id, string Slug, string Name, string Kind, string? Publisher, string? Genre, IReadOnlyList<string>? Platforms, bool Withdrawn, string? ImageUrl,
    IReadOnlyList<StockedVariant> Variants);

/// <summary>A variant with its stock.</summary>
/// <param name="OnHand">How many there are; null for what is downloaded.</param>
/// <param name="Reserved">How many of them are held for orders.</param>
/// <param name="Demo">A free taste of the game.</param>
/// <param name="MemberPriceSet">What is set for members, also while a sale is lower; null where nothing is.</param>
public sealed record StockedVariant(
    string Sku, string Name, string? Platform, string? Edition, Money Price, Money? OriginalPrice, DateTimeOffset? SaleEndsAt, bool InStock, bool Digital,
    int? OnHand, int? Reserved, bool Demo = false, MemberPriceView? MemberPriceSet = null);

/// <summary>A monthly game that is to be.</summary>
/// <param name="Sku">The variant that members get.</param>
/// <param name="Tier">The lowest tier whose members may claim it.</param>
public sealed record NewMonthlyGame(string Sku, string Tier, DateTimeOffset From, DateTimeOffset Until);
