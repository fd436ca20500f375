using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>
/// What things cost for a shopper by what they own, and why they cannot have one: as far as Orders knows before Products is asked, which
/// decides with the prices of that moment and by the same rules.
/// </summary>
internal sealed class ShopperPrices(OrdersDbContext database, Memberships memberships, TimeProvider clock)
{
    /// <summary>Quotes things that are to be bought together.</summary>
    /// <param name="userId">The shopper.</param>
    /// <param name="skus">No SKU twice.</param>
    /// <param name="currency">ISO 4217 code of the prices.</param>
    /// <param name="cancel">The client is gone.</param>
    /// <returns>A line for each, in their order.</returns>
    public async Task<IReadOnlyList<QuotedLine>> QuoteAsync(Guid userId, IReadOnlyList<string> skus, string currency, CancellationToken cancel)
    {
        var offers = await ReadAsync(skus, cancel);
        var related = offers.Values.SelectMany(offer => offer.Contains.Concat(offer.UpgradesFrom).Concat(offer.Requires)).Distinct()
            .Where(sku => !offers.ContainsKey(sku)).ToList();
        foreach (var (sku, offer) in related.Count > 0 ? await ReadAsync(related, cancel) : [])
        {
            offers.Add(sku, offer);
        }

        var named = offers.Keys.Union(skus).Union(related).ToList();
        var taken = await database.Ownerships.AsNoTracking().Where(owned => owned.UserId == userId && EF.Parameter(named).Contains(owned.Sku))
            .Select(owned => owned.Sku).ToListAsync(cancel);
        // Without a relation nothing but the line itself can be owned, and the key above says that.
        var holdings = named.Count > skus.Count || skus.Any(sku => HasRelations(offers.GetValueOrDefault(sku)))
            ? await Holdings.OfAsync(database, userId, named, cancel) : Holdings.None;
        var now = clock.GetUtcNow();
        // Who buys nothing that members pay less for is not asked about.
        var tier = offers.Values.Any(offer => offer.MemberPriceIn(currency) is not null) ? await memberships.TierOfAsync(userId, now, cancel) : null;
        var given = skus.ToDictionary(sku => sku, sku => Given(sku, offers.GetValueOrDefault(sku), holdings), StringComparer.Ordinal);
        return [.. skus.Select(sku => Quote(sku, offers, holdings, taken.ToHashSet(StringComparer.Ordinal), given, currency, tier, now))];
    }

    private static QuotedLine Quote(
        string sku, Dictionary<string, Offer> offers, Holdings holdings, HashSet<string> taken, Dictionary<string, List<string>> given, string currency,
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

        var (price, own) = (offer.PriceIn(currency, now), offer.PriceIn(currency, now, tier));
        var owned = offer.Contains.Union(offer.UpgradesFrom).Where(holdings.Library.ContainsKey)
            .OrderByDescending(part => offers.GetValueOrDefault(part)?.PriceIn(currency, now, tier) ?? 0).ThenBy(part => part, StringComparer.Ordinal).ToList();
        var credit = own is null || owned.Count == 0 ? 0 : Credits.Of(own.Value, [.. owned.Select(part => new OwnedPart(
            part, offers.GetValueOrDefault(part)?.PriceIn(currency, now, tier) ?? 0,
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

        Money? In(long? amount) => amount is { } known ? new(known, currency) : null;

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

    private static bool HasRelations(Offer? offer) => offer is not null && offer.Contains.Count + offer.UpgradesFrom.Count + offer.Requires.Count > 0;

    private static List<string> Given(string sku, Offer? offer, Holdings holdings) =>
        [sku, .. (offer?.Contains ?? []).Where(part => !holdings.Library.ContainsKey(part))];

    private Task<Dictionary<string, Offer>> ReadAsync(IReadOnlyCollection<string> skus, CancellationToken cancel) =>
        database.Offers.AsNoTracking().Where(offer => EF.Parameter(skus).Contains(offer.Sku)).ToDictionaryAsync(offer => offer.Sku, StringComparer.Ordinal, cancel);
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
