using System.Globalization;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>A span of prices that a list is narrowed by.</summary>
/// <param name="From">The lowest price, in minor units.</param>
/// <param name="To">The highest price; null for no limit.</param>
/// <param name="Label">As a shopper reads it.</param>
public sealed record PriceBand(long From, long? To, string Label)
{
    private static readonly Dictionary<string, IReadOnlyList<PriceBand>> All = new()
    {
        ["USD"] = Bands("USD", 20),
        ["EUR"] = Bands("EUR", 20),
        ["GBP"] = Bands("GBP", 20),
        ["JPY"] = Bands("JPY", 3_000),
    };

    /// <summary>As in a facet: <c>2000-3999</c>, <c>6000-</c>.</summary>
    public string Value { get; } = FormattableString.Invariant($"{From}-{To}");

    /// <summary>The bands of a currency's prices, the lowest first.</summary>
    public static IReadOnlyList<PriceBand> In(string currency) => All[currency];

    /// <summary>The band that a price is in.</summary>
    public static PriceBand Of(Money price) => In(price.Currency).First(band => band.To is null || price.Amount <= band.To);

    private static PriceBand[] Bands(string currency, long width)
    {
        var step = width * (long)Currency.MinorUnits(currency);
        var (first, second, third) = (step, 2 * step, 3 * step);
        return
        [
            new(0, first - 1, $"Under {Whole(first)}"), new(first, second - 1, $"{Whole(first)} to {Exact(second - 1)}"),
            new(second, third - 1, $"{Whole(second)} to {Exact(third - 1)}"), new(third, null, $"{Whole(third)} and more"),
        ];

        string Whole(long amount) => Currency.SymbolOf(currency) + (amount / Currency.MinorUnits(currency)).ToString("N0", CultureInfo.InvariantCulture);
        string Exact(long amount) => Currency.Write(amount, currency);
    }
}
