namespace PlayStationStore.Orders;

/// <summary>Decides at placement how an order is sent and what that costs.</summary>
internal static class ParcelShipping
{
    /// <summary>
    /// Who sends no method gets the cheapest. A variant that is not known yet counts as a parcel only where the client says what it saw for
    /// sending it: else nothing is charged for it, since the answer must not be dearer than what the shopper was shown.
    /// </summary>
    /// <param name="request">The order.</param>
    /// <param name="offers">What is known of its variants.</param>
    /// <param name="country">ISO 3166-1 alpha-2 of the address, or null.</param>
    /// <returns>The method and its cost, null where nothing is sent as far as is known; or the field that is refused, with a sentence.</returns>
    public static (ShippingQuote? Quote, (string Field, string Message)? Refusal) Decide(PlaceOrder request, KnownOffers offers, string? country)
    {
        var told = request.ShippingMethod is not null || request.ShippingCost > 0;
        if (!offers.AnyPhysical && (offers.AllDigital || !told))
        {
            return request.ShippingCost > 0
                ? (null, ("shippingCost", "Nothing in this order is sent, so sending it costs nothing."))
                : (null, null);
        }

        if (country is null)
        {
            return (null, ("shippingAddressId", "The order holds a parcel; it needs an address."));
        }

        if (!ShippingRates.Serve(country))
        {
            return (null, ("shippingAddressId", "The store does not send parcels to this country."));
        }

        var quotes = ShippingRates.For(country, request.Currency, request.Lines.Sum(line => line.UnitPrice!.Value * line.Quantity));
        if (quotes.Count == 0)
        {
            return (null, ("currency", $"Sending has no price in {request.Currency}."));
        }

        var quote = request.ShippingMethod is { } code
            ? quotes.FirstOrDefault(quote => string.Equals(quote.Method.Code, code, StringComparison.Ordinal))
            : quotes[0];
        return quote switch
        {
            null => (null, ("shippingMethod", "There is no such way of sending to this country.")),
            _ when request.ShippingCost is { } seen && seen != quote.Cost => (null, ("shippingCost", "Sending it does not cost what you saw.")),
            _ => (quote, null),
        };
    }
}
