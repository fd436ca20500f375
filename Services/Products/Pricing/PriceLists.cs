using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>
/// What something costs in a region as long as nobody has set its price there: the price of <see cref="Region.Default"/> at a fixed rate, to the
/// nearest price of the kind that is customary in the region. What is taken off in a sale, or for members, is the same share everywhere.
/// </summary>
internal static class PriceLists
{
    // The rate is in thousandths of a minor unit. A customary price is a number of whole steps, less a little.
    private static readonly Dictionary<string, (long Rate, long Step, long Less)> Rules = new()
    {
        ["gb"] = (850, 100, 1),
        ["de"] = (1_000, 100, 1),
        ["fr"] = (1_080, 100, 1),
        ["jp"] = (1_500, 100, 20),
    };

    /// <summary>Turns a price of the default region into one of another.</summary>
    /// <param name="regular">Without a sale, in minor units of the default region's currency.</param>
    /// <param name="region">The other region.</param>
    /// <returns>Minor units of its currency; 0 for what is free, and for nothing else.</returns>
    public static long Convert(long regular, Region region)
    {
        if (regular == 0 || !Rules.TryGetValue(region.Code, out var rule))
        {
            return regular;
        }

        var steps = ((regular * rule.Rate / 1_000) + rule.Less + (rule.Step / 2)) / rule.Step;
        return Math.Clamp((Math.Max(steps, 1) * rule.Step) - rule.Less, 1, Pricing.Highest);
    }

    /// <summary>Turns a lowered price so that it takes the same share off, rounded down.</summary>
    /// <param name="lowered">The lowered price that is turned.</param>
    /// <param name="regular">The price that it was lowered from.</param>
    /// <param name="there">What that is in the other region.</param>
    public static long Share(long lowered, long regular, long there) => regular == 0 ? lowered : (long)((Int128)there * lowered / regular);
}
