using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

/// <summary>What is known of an order's variants before Products is asked. What is not known speaks for nothing and against nothing.</summary>
internal sealed class KnownOffers
{
    private readonly Dictionary<string, Offer> offers;

    internal KnownOffers(Dictionary<string, Offer> offers, int asked) =>
        (this.offers, AllDigital) = (offers, offers.Count == asked && offers.Values.All(offer => offer.Digital));

    /// <summary>Whether all is known, and nothing of it is sent.</summary>
    public bool AllDigital { get; }

    /// <summary>Whether something is known to be sent as a parcel.</summary>
    public bool AnyPhysical => offers.Values.Any(offer => !offer.Digital);

    public static async Task<KnownOffers> OfAsync(OrdersDbContext database, IEnumerable<PlacedLine> lines, CancellationToken cancel)
    {
        var skus = lines.Select(line => line.Sku).ToList();
        return new(await database.Offers.AsNoTracking().Where(offer => EF.Parameter(skus).Contains(offer.Sku))
            .ToDictionaryAsync(offer => offer.Sku, StringComparer.Ordinal, cancel), skus.Count);
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
