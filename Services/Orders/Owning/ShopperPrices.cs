using PlayStationStore.ServiceDefaults;

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
    /// <param name="region">Whose prices.</param>
    /// <param name="cancel">The client is gone.</param>
    /// <param name="known">What has been read of them before; null where nothing was.</param>
    /// <returns>A line for each, in their order.</returns>
    public async Task<IReadOnlyList<QuotedLine>> QuoteAsync(
        Guid userId, IReadOnlyList<string> skus, Region region, CancellationToken cancel, KnownOffers? known = null)
    {
        known ??= await KnownOffers.OfAsync(database, skus, userId, cancel);
        var offers = skus.Select(known.Find).OfType<Offer>().ToDictionary(offer => offer.Sku, StringComparer.Ordinal);
        var taken = known.Taken;
        var related = offers.Values.SelectMany(offer => offer.Contains.Concat(offer.UpgradesFrom).Concat(offer.Requires)).Distinct()
            .Where(sku => !offers.ContainsKey(sku)).ToList();
        if (related.Count > 0)
        {
            var beside = await KnownOffers.OfAsync(database, related, userId, cancel);
            offers = offers.Concat(beside.Offers).ToDictionary(StringComparer.Ordinal);
            taken = taken.Union(beside.Taken).ToHashSet(StringComparer.Ordinal);
        }

        // Without a relation nothing but the line itself can be owned, and that is known.
        var holdings = offers.Values.Any(ShopperQuotes.HasRelations)
            ? await Holdings.OfAsync(database, userId, [.. skus.Union(related)], cancel) : Holdings.None;
        var now = clock.GetUtcNow();
        // Who buys nothing that members pay less for is not asked about.
        var tier = offers.Values.Any(offer => offer.MemberPriceIn(region) is not null) ? await memberships.TierOfAsync(userId, now, cancel) : null;
        return ShopperQuotes.Of(skus, offers, holdings, taken, region, tier, now);
    }
}
