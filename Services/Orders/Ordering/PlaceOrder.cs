using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>
/// An order as a client places it. Where money moves, a member that is not known is refused: a misspelt coupon is no wish for the full price.
/// </summary>
/// <param name="Lines">1 to 100, no SKU twice.</param>
/// <param name="Currency">ISO 4217 code of every price.</param>
/// <param name="ShippingAddressId">One of the shopper's addresses; needed where a line is physical.</param>
/// <param name="CouponCode">One coupon; or else <paramref name="CouponCodes"/>.</param>
/// <param name="ShippingMethod">How a parcel is sent: one of <c>/api/shipping/methods</c>; left out, the cheapest to the address's country.</param>
/// <param name="ShippingCost">What the shopper saw for sending, in minor units. Where it is given and differs, the order is refused (422).</param>
/// <param name="CouponCodes">Up to five coupons, all of which must be ones that can be combined.</param>
/// <param name="Region">The code of the region whose prices the shopper saw; left out, the first that has the currency.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PlaceOrder(
    [Required, MinLength(1), MaxLength(100)] IReadOnlyList<PlacedLine> Lines,
    [Required] PaymentChoice Payment,
    [Required, CurrencyCode] string Currency,
    Guid? ShippingAddressId = null,
    [StringLength(40, MinimumLength = 1)] string? CouponCode = null,
    [StringLength(20, MinimumLength = 1)] string? ShippingMethod = null,
    [Range(0, 10_000_000)] long? ShippingCost = null,
    [MaxLength(Orders.CouponCodes.Most)] IReadOnlyList<string>? CouponCodes = null,
    [StringLength(2)] string? Region = null);

/// <summary>A line as a client places it.</summary>
/// <param name="UnitPrice">The price that the shopper saw, in minor units.</param>
/// <param name="Gift">Where it is a gift: a downloaded game, add-on or bundle that is out, at the price of who owns nothing of it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PlacedLine(
    [Required, Sku] string Sku,
    [Range(1, 99)] int Quantity,
    [Required, Range(0, 10_000_000)] long? UnitPrice,
    GiftWish? Gift = null)
{
    /// <summary>What it costs, in minor units.</summary>
    internal long Total => UnitPrice!.Value * Quantity;

    internal OrderedLine ToContract() => new(Sku, Quantity, UnitPrice!.Value);
}

/// <summary>How the shopper wants to pay.</summary>
/// <param name="Token">What the card provider gave for the card; none for the wallet.</param>
/// <param name="SavedCardId">Instead of a token: one of the shopper's saved cards.</param>
/// <param name="WalletAmount">What the wallet pays where a card pays the rest, in minor units.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PaymentChoice(
    [Required] PaymentMethod? Method,
    [StringLength(100)] string? Token = null,
    Guid? SavedCardId = null,
    [Range(0, 1_000_000_000)] long? WalletAmount = null)
{
    // Whoever logs a request must not log what can be charged.
    public override string ToString() => $"{Method}";
}

internal static class PlacedLines
{
    /// <summary>What the annotations cannot say of lines.</summary>
    /// <returns>The field and what is wrong with it, or null.</returns>
    public static (string Field, string Message)? FirstOddity(this IReadOnlyList<PlacedLine> lines, string field)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < lines.Count; index++)
        {
            if (lines[index] is not { } line)
            {
                return ($"{field}[{index}]", "A line is missing.");
            }

            if (!seen.Add(line.Sku))
            {
                return ($"{field}[{index}].sku", "Another line has the same SKU; give one line with the sum.");
            }
        }

        return null;
    }
}
