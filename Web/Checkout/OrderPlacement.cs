namespace PlayStationStore.Web;

/// <summary>What became of pressing Pay.</summary>
/// <param name="Order">The order, where it was accepted now or at an earlier press.</param>
/// <param name="MayHaveBeenPlaced">Nobody answered: whether there is an order is not known.</param>
public sealed record PlacementResult(
    OrderView? Order, IReadOnlyList<string> Problems, string? AddressProblem, string? PaymentProblem, string? CouponProblem, bool MayHaveBeenPlaced);

/// <summary>Places the order that a shopper saw. Orders takes out of the cart what was ordered.</summary>
internal sealed class OrderPlacement(OrdersClient orders)
{
    private const string Away = "Orders are not taken at the moment. Please press Pay again a little later: it cannot order twice.";

    private static readonly string[] PaymentFields = ["payment.token", "payment.method", "payment.savedCardId", "payment.walletAmount"];

    /// <summary>Places an order.</summary>
    /// <param name="asked">What the form asks for.</param>
    /// <param name="key">The form's idempotency key.</param>
    /// <param name="now">The cart, at the prices of now.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public async Task<PlacementResult> PlaceAsync(PlaceOrder asked, string key, CartContents now, CancellationToken cancellation)
    {
        var changed = Changes(asked, now).ToList();
        if (changed.Count > 0)
        {
            return new(null, [.. changed, "Nothing was ordered. Please look at the new total, then pay."], null, null, null, false);
        }

        var placed = await orders.PlaceAsync(asked, key, cancellation);
        if (placed.IsOk)
        {
            return new(placed.Value, [], null, null, null, false);
        }

        if (placed.IsDown)
        {
            return new(null, [placed.Problem?.Detail ?? Away], null, null, null, MayHaveBeenPlaced: true);
        }

        var problem = placed.Problem;
        var (address, payment, coupon) = (problem?.ErrorOf("shippingAddressId"), PaymentFields.Select(field => problem?.ErrorOf(field)).FirstOrDefault(error => error is not null),
            CheckoutCoupons.ProblemOf(problem, "couponCode", asked.Coupons) is { } refused ? CheckoutCoupons.Named(refused, asked.Coupons) : null);
        return new(null, [.. Rest(problem, address ?? payment ?? coupon)], address, payment, coupon, false);
    }

    private static IEnumerable<string> Changes(PlaceOrder asked, CartContents now)
    {
        foreach (var line in asked.Lines)
        {
            if (now.Lines.FirstOrDefault(candidate => candidate.Item.Sku == line.Sku) is not { Variant: { } variant } current)
            {
                // Taken out of the cart in another tab, or Products is away: the order decides.
                continue;
            }

            if (current.Owned)
            {
                yield return $"{variant.ProductName} is in your library by now.";
            }
            else if (!variant.InStock || variant.Withdrawn)
            {
                yield return $"{variant.ProductName} has sold out since you opened this page.";
            }
            else if (current.Quote?.Block is { } block)
            {
                yield return $"{variant.ProductName}: {QuoteBlock.Why(block)}.";
            }
            else if (new Money(line.UnitPrice, asked.Currency) is var seen && current.Price != seen)
            {
                yield return $"The price of {variant.ProductName} changed from {seen} to {current.Price} since you opened this page.";
            }
        }
    }

    private static List<string> Rest(ServiceProblem? problem, string? told)
    {
        var others = (problem?.Errors ?? new Dictionary<string, string[]>())
            .Where(error => error.Key is not "shippingAddressId" && !error.Key.StartsWith("couponCode", StringComparison.Ordinal) && !PaymentFields.Contains(error.Key))
            .SelectMany(error => error.Value)
            .ToList();
        return others.Count > 0 ? others
            : told is not null ? []
            : problem?.Code == "idempotencyKeyReused" ? ["This page has ordered before, and what you choose now differs. Look at your orders, or pay to order once more."]
            : [problem?.Detail ?? "The order was refused. Nothing was charged."];
    }
}
