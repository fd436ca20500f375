namespace PlayStationStore.Products;

/// <summary>A span of prices that a list is narrowed by.</summary>
/// <param name="From">The lowest price, in minor units.</param>
/// <param name="To">The highest price; null for no limit.</param>
/// <param name="Label">As a shopper reads it.</param>
public sealed record PriceBand(long From, long? To, string Label)
{
    public static readonly IReadOnlyList<PriceBand> All =
        [new(0, 1_999, "Under $20"), new(2_000, 3_999, "$20 to $39.99"), new(4_000, 5_999, "$40 to $59.99"), new(6_000, null, "$60 and more")];

    /// <summary>As in a facet: <c>2000-3999</c>, <c>6000-</c>.</summary>
    public string Value { get; } = FormattableString.Invariant($"{From}-{To}");

    public static PriceBand Of(long amount) => All.First(band => band.To is null || amount <= band.To);
}
