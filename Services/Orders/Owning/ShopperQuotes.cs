using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

/// <summary>The rules of <see cref="ShopperPrices"/>, for what has been read.</summary>
internal static class ShopperQuotes
{
    /// <summary>Quotes things that are to be bought together.</summary>
    /// <param name="skus">No SKU twice.</param>
    /// <param name="offers">What is known of them, and of what they contain, need and replace.</param>
    /// <param name="holdings">What the shopper has of all these.</param>
    /// <param name="taken">Which of these are the shopper's, or in an order of theirs that is being paid.</param>
    /// <param name="region">Whose prices.</param>
    /// <param name="tier">The shopper's tier; null for who is no member.</param>
    /// <param name="now">When the prices hold.</param>
    /// <returns>A line for each, in their order.</returns>
    public static IReadOnlyList<QuotedLine> Of(
        IReadOnlyList<string> skus, IReadOnlyDictionary<string, Offer> offers, Holdings holdings, IReadOnlySet<string> taken, Region region,
        MembershipTier? tier, DateTimeOffset now)
    {
        var given = skus.ToDictionary(sku => sku, sku => Given(sku, offers.GetValueOrDefault(sku), holdings), StringComparer.Ordinal);
        return [.. skus.Select(sku => Quote(sku, offers, holdings, taken, given, region, tier, now))];
    }

    private static QuotedLine Quote(
        string sku, IReadOnlyDictionary<string, Offer> offers, Holdings holdings, IReadOnlySet<string> taken, Dictionary<string, List<string>> given, Region region,
        MembershipTier? tier, DateTimeOffset now)
    {
        if (taken.Contains(sku))
        {
            return new(sku, null, null, null, null, [], OrderBlocks.AlreadyOwned);
        }

        if (offers.GetValueOrDefault(sku) is not { } offer)
        {
            return new(sku, null, null, null, null, [], null);
        }

        var (price, own) = (offer.PriceIn(region, now), offer.PriceIn(region, now, tier));
        var owned = offer.Contains.Union(offer.UpgradesFrom).Where(holdings.Library.ContainsKey)
            .OrderByDescending(part => offers.GetValueOrDefault(part)?.PriceIn(region, now, tier) ?? 0).ThenBy(part => part, StringComparer.Ordinal).ToList();
        var credit = own is null || owned.Count == 0 ? 0 : Credits.Of(own.Value, [.. owned.Select(part => new OwnedPart(
            part, offers.GetValueOrDefault(part)?.PriceIn(region, now, tier) ?? 0,
            offers.GetValueOrDefault(part) is { } known ? [.. known.Contains, .. known.UpgradesFrom] : []))]);
        var reason = owned.Count == 0 ? (own < price ? QuoteReasons.Member : null)
            : owned.Any(part => holdings.Library[part].ProductId == offer.ProductId) ? QuoteReasons.Upgrade : QuoteReasons.PartlyOwned;
        return new(
            sku, In(price), In(price is null ? null : credit), In(own - credit), reason,
            [.. owned.Select(part => holdings.Library[part]).Select(item => new OwnedThing(item.Sku, item.Name, item.Platform, item.Edition))],
            Block(), own < price ? In(price - own) : null);

        // The smaller of two gives way to the one that contains it; of two that only share something, the later one to the earlier.
        bool GivesWay(KeyValuePair<string, List<string>> other) =>
            other.Value.Contains(sku) || (!given[sku].Contains(other.Key) && given.Keys.ToList() is var order && order.IndexOf(other.Key) < order.IndexOf(sku));

        DateTimeOffset? Release(Offer? one) => one is { Kind: not Kinds.Demo } && one.ReleaseAt > now ? one.ReleaseAt : null;

        // Of two that come out on different days, the later in the order gives way; what is out already gives way to nothing.
        bool IsOfAnotherDay(string other, DateTimeOffset release) => offers.GetValueOrDefault(other) is { } known && Release(known) != release
            && (Release(known) is null || (given.Keys.ToList() is var order && order.IndexOf(other) < order.IndexOf(sku)));

        Money? In(long? amount) => amount is { } known ? new(known, region.Currency) : null;

        string? Block() => true switch
        {
            _ when offer is { Digital: true, Kind: Kinds.Bundle, Contains.Count: > 0 } && offer.Contains.All(holdings.Library.ContainsKey) => OrderBlocks.AlreadyOwned,
            _ when offer.Contains.Any(part => taken.Contains(part) && !holdings.Library.ContainsKey(part)) => OrderBlocks.PartIsBeingPaid,
            _ when given.Any(other => other.Key != sku && other.Value.Intersect(given[sku], StringComparer.Ordinal).Any() && GivesWay(other)) => OrderBlocks.Twice,
            _ when Release(offer) is { } release && given.Keys.Any(other => other != sku && IsOfAnotherDay(other, release)) => OrderBlocks.PreorderAlone,
            _ when offer.Requires.Count > 0 && !offer.Requires.Any(needed => holdings.Has(needed) || given.Any(other => other.Value.Contains(needed)))
                => OrderBlocks.GameNeeded,
            _ => null,
        };
    }

    /// <summary>Whether what a shopper has of other things matters to this one.</summary>
    public static bool HasRelations(Offer offer) => offer.Contains.Count + offer.UpgradesFrom.Count + offer.Requires.Count > 0;

    private static List<string> Given(string sku, Offer? offer, Holdings holdings) =>
        [sku, .. (offer?.Contains ?? []).Where(part => !holdings.Library.ContainsKey(part))];
}

/// <summary>Why something costs a shopper less: short words for programs.</summary>
public static class QuoteReasons
{
    public const string Upgrade = "upgrade";
    public const string PartlyOwned = "partlyOwned";
    public const string Member = "member";
}

/// <summary>Why a shopper cannot have something: short words for programs, and a sentence for each.</summary>
public static class OrderBlocks
{
    public const string AlreadyOwned = "alreadyOwned";
    public const string PartIsBeingPaid = "partIsBeingPaid";
    public const string Twice = "twice";
    public const string GameNeeded = "gameNeeded";
    public const string PreorderAlone = "preorderAlone";

    /// <summary>The word as a shopper is told.</summary>
    public static string Why(string block) => block switch
    {
        AlreadyOwned => "You have this already; it is in your library.",
        PartIsBeingPaid => "A part of this is in another order of yours that is being paid; wait until that is settled.",
        PreorderAlone => "A pre-order is paid and delivered on its day; order it by itself.",
        Twice => "Something else in this order holds the same thing; order one of them.",
        _ => "This needs its game, which is neither in your library nor in this order.",
    };
}
