using System.Globalization;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products;

/// <summary>A span of prices that a list is narrowed by.</summary>
/// <param name="From">The lowest price, in minor units.</param>
/// <param name="To">The highest price; null for no limit.</param>
/// <param name="Label">As a shopper reads it.</param>
public sealed record PriceBand(long From, long? To, string Label)
{
    private static readonly Dictionary<string, IReadOnlyList<PriceBand>> All = new()
    {
        ["USD"] = Bands("$", 20, 100),
        ["EUR"] = Bands("€", 20, 100),
        ["GBP"] = Bands("£", 20, 100),
        ["JPY"] = Bands("¥", 3_000, 1),
    };

    /// <summary>As in a facet: <c>2000-3999</c>, <c>6000-</c>.</summary>
    public string Value { get; } = FormattableString.Invariant($"{From}-{To}");

    /// <summary>The bands of a currency's prices, the lowest first.</summary>
    public static IReadOnlyList<PriceBand> In(string currency) => All[currency];

    /// <summary>The band that a price is in.</summary>
    public static PriceBand Of(Money price) => In(price.Currency).First(band => band.To is null || price.Amount <= band.To);

    private static PriceBand[] Bands(string sign, long width, int minorUnits)
    {
        var (first, second, third) = (width * minorUnits, 2 * width * minorUnits, 3 * width * minorUnits);
        return
        [
            new(0, first - 1, $"Under {Whole(first)}"), new(first, second - 1, $"{Whole(first)} to {Exact(second - 1)}"),
            new(second, third - 1, $"{Whole(second)} to {Exact(third - 1)}"), new(third, null, $"{Whole(third)} and more"),
        ];

        string Whole(long amount) => sign + (amount / minorUnits).ToString("N0", CultureInfo.InvariantCulture);
        string Exact(long amount) => sign + (amount / (decimal)minorUnits).ToString(minorUnits == 1 ? "N0" : "N2", CultureInfo.InvariantCulture);
    }
}
