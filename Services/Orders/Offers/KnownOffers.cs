using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

/// <summary>
/// What is known of variants before Products is asked, and which of them a shopper has. What is not known speaks for nothing and against nothing.
/// </summary>
internal sealed class KnownOffers
{
    private readonly Dictionary<string, Offer> offers;

    internal KnownOffers(Dictionary<string, Offer> offers, int asked, IReadOnlySet<string>? taken = null) =>
        (this.offers, Taken, AllDigital) = (
            offers, taken ?? new HashSet<string>(StringComparer.Ordinal), offers.Count == asked && offers.Values.All(offer => offer.Digital));

    /// <summary>What is known, by SKU.</summary>
    public IReadOnlyDictionary<string, Offer> Offers => offers;

    /// <summary>The SKUs that are the shopper's, or in an order of theirs that is being paid.</summary>
    public IReadOnlySet<string> Taken { get; }

    /// <summary>Whether all is known, and nothing of it is sent.</summary>
    public bool AllDigital { get; }

    /// <summary>Whether something is known to be sent as a parcel.</summary>
    public bool AnyPhysical => offers.Values.Any(offer => !offer.Digital);

    /// <summary>Reads what is known; both questions are one, but for variants that are not known.</summary>
    /// <param name="database">The orders database.</param>
    /// <param name="skus">No SKU twice.</param>
    /// <param name="userId">The shopper.</param>
    /// <param name="cancel">The client is gone.</param>
    public static async Task<KnownOffers> OfAsync(OrdersDbContext database, IReadOnlyCollection<string> skus, Guid userId, CancellationToken cancel)
    {
        var known = await database.Offers.AsNoTracking().Where(offer => EF.Parameter(skus).Contains(offer.Sku))
            .Select(offer => new { Offer = offer, Taken = database.Ownerships.Any(owned => owned.UserId == userId && owned.Sku == offer.Sku) })
            .ToListAsync(cancel);
        var offers = known.ToDictionary(one => one.Offer.Sku, one => one.Offer, StringComparer.Ordinal);
        var taken = known.Where(one => one.Taken).Select(one => one.Offer.Sku).ToHashSet(StringComparer.Ordinal);
        if (offers.Count < skus.Count)
        {
            var unknown = skus.Where(sku => !offers.ContainsKey(sku)).ToList();
            taken.UnionWith(await database.Ownerships.Where(owned => owned.UserId == userId && EF.Parameter(unknown).Contains(owned.Sku))
                .Select(owned => owned.Sku).ToListAsync(cancel));
        }

        return new(offers, skus.Count, taken);
    }

    /// <summary>What is known of a variant; null where nothing is.</summary>
    public Offer? Find(string sku) => offers.GetValueOrDefault(sku);

    /// <summary>Why an order cannot be fulfilled, as far as that is known.</summary>
    /// <param name="request">The order.</param>
    /// <param name="region">Whose prices it is placed with.</param>
    /// <param name="now">The time.</param>
    /// <returns>The field and a sentence for the shopper, or null.</returns>
    public (string Field, string Message)? Refusal(PlaceOrder request, Region region, DateTimeOffset now)
    {
        foreach (var (index, line) in request.Lines.Index())
        {
            if (offers.GetValueOrDefault(line.Sku) is not { } offer)
            {
                continue;
            }

            if (!offer.Sold)
            {
                return ($"lines[{index}].sku", "This is no longer sold.");
            }

            if (!offer.IsSoldIn(region))
            {
                return ("currency", $"{line.Sku} has no price in {region.Name}, in {region.Currency}.");
            }

            if (line.Gift is not null && !(offer.Digital && Kinds.Giveable(offer.Kind)))
            {
                return ($"lines[{index}].gift", "Only a game, an add-on or a bundle that is downloaded can be given to a friend.");
            }

            if (line.Gift is not null && offer.ReleaseAt > now)
            {
                return ($"lines[{index}].gift", "It is not out yet; it can be given to a friend from its release on.");
            }

            if (line.Quantity > 1 && offer.Digital && Kinds.OwnedOnce(offer.Kind))
            {
                return ($"lines[{index}].quantity", "A download is bought once; it can be installed again at any time.");
            }

            if (line.Quantity > 1 && offer.Tier is not null)
            {
                return ($"lines[{index}].quantity", "A membership is bought once in an order; choose a longer one.");
            }

            if (!offer.Digital && request.ShippingAddressId is null)
            {
                return ("shippingAddressId", "The order holds a parcel; it needs an address.");
            }
        }

        return null;
    }
}
