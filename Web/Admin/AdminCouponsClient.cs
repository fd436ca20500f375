namespace PlayStationStore.Web;

/// <summary>Coupons, for administrators.</summary>
public sealed class AdminCouponsClient(HttpClient http)
{
    private const string Root = "/api/admin/coupons";

    /// <summary>A page of coupons, newest first.</summary>
    /// <param name="cursor">Where the page before ended, or null.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    public Task<Fetched<CursorPage<AdminCouponView>>> ListAsync(string? cursor, CancellationToken cancellation) =>
        http.FetchAsync<CursorPage<AdminCouponView>>(OrdersClient.Query(Root, ("cursor", cursor), ("pageSize", "25")), cancellation);

    public Task<Fetched<AdminCouponView>> GetAsync(Guid id, CancellationToken cancellation) => http.FetchAsync<AdminCouponView>($"{Root}/{id}", cancellation);

    /// <summary>Makes a coupon.</summary>
    /// <returns>The coupon, or a refusal with status 409 where there is one of its code.</returns>
    public Task<Fetched<AdminCouponView>> CreateAsync(CouponTerms terms, CancellationToken cancellation) =>
        http.SendAsync<AdminCouponView>(HttpMethod.Post, Root, terms, cancellation);

    /// <summary>Changes all of a coupon but its code.</summary>
    /// <returns>The coupon, or a refusal with status 409 where somebody else has changed it since it was read.</returns>
    public Task<Fetched<AdminCouponView>> ChangeAsync(Guid id, CouponTerms terms, CancellationToken cancellation) =>
        http.SendAsync<AdminCouponView>(HttpMethod.Put, $"{Root}/{id}", terms, cancellation);

    /// <summary>Ends a coupon: orders that used it keep what it took off.</summary>
    public Task<Fetched<object>> EndAsync(Guid id, CancellationToken cancellation) => http.SendAsync<object>(HttpMethod.Delete, $"{Root}/{id}", null, cancellation);
}

/// <summary>A coupon as administrators see it.</summary>
/// <param name="AmountOff">Minor units of <paramref name="Currency"/>.</param>
public sealed record AdminCouponView(
    Guid Id, string Code, string Description, int? Percent, long? AmountOff, string? Currency, long? MinimumSubtotal, int? MaxUses, int? MaxUsesPerShopper,
    DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, bool Active, int Uses, IReadOnlyList<Guid> ProductIds, IReadOnlyList<Guid> CategoryIds, bool Combinable,
    long Version)
{
    /// <summary>What it takes off, such as <c>10 % from $50.00</c>.</summary>
    public string Off => (Percent is { } percent ? $"{percent} %" : new Money(AmountOff ?? 0, Currency ?? "USD").ToString())
        + (MinimumSubtotal is > 0 and { } least ? $" from {new Money(least, Currency ?? "USD")}" : null)
        + (ProductIds.Count + CategoryIds.Count > 0 ? ", of some products" : null)
        + (Combinable ? ", beside others" : null);

    /// <summary>How often it was used, and may be.</summary>
    public string Used => (MaxUses is { } most ? $"{Uses} of {most}" : $"{Uses}") + (MaxUsesPerShopper is { } each ? $", {each} a shopper" : null);

    /// <summary>Where it stands.</summary>
    /// <param name="now">The time.</param>
    public string State(DateTimeOffset now) => !Active || EndsAt <= now ? "Ended" : StartsAt > now ? "Not begun" : Uses >= MaxUses ? "Used up" : "Good";
}

/// <summary>What is said of a coupon.</summary>
/// <param name="AmountOff">Minor units of <paramref name="Currency"/>, as <paramref name="MinimumSubtotal"/> is.</param>
/// <param name="ProductIds">With <paramref name="CategoryIds"/>, what it is for; where both are empty, it is for everything.</param>
/// <param name="Active">Whether it has not been ended.</param>
/// <param name="Version">The version that a change is based on; null for a new one.</param>
public sealed record CouponTerms(
    string Code, string Description, int? Percent, long? AmountOff, string? Currency, long? MinimumSubtotal, int? MaxUses, int? MaxUsesPerShopper,
    DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, bool Combinable, IReadOnlyList<Guid> ProductIds, IReadOnlyList<Guid> CategoryIds, bool Active, long? Version);
