namespace PlayStationStore.Orders;

/// <summary>What a shopper owns of a thing lowers its price.</summary>
public static class Credits
{
    /// <summary>
    /// The credit is what the owned parts cost now: so an upgrade costs the difference of the present prices. What is itself a part of another
    /// owned part is not counted beside it, and nothing becomes cheaper than free.
    /// </summary>
    /// <param name="price">What the thing costs who owns nothing of it, in minor units.</param>
    /// <param name="owned">Its parts that the shopper owns.</param>
    /// <returns>Minor units, at most the price.</returns>
    public static long Of(long price, IReadOnlyCollection<OwnedPart> owned)
    {
        var counted = owned.Where(part => !owned.Any(other => other.Sku != part.Sku && other.Covers.Contains(part.Sku) && !part.Covers.Contains(other.Sku)));
        return Math.Min(price, counted.Sum(part => part.Price));
    }
}

/// <summary>A part of something that the shopper owns.</summary>
/// <param name="Price">What it costs now, in minor units.</param>
/// <param name="Covers">The SKUs that it contains or replaces in turn.</param>
public sealed record OwnedPart(string Sku, long Price, IReadOnlyCollection<string> Covers);
