using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class ShippingApi
{
    public static void MapShippingApi(this IEndpointRouteBuilder app)
    {
        var shipping = app.MapGroup("/api/shipping").WithTag("Shipping", "How parcels are sent, and what that costs.");
        shipping.MapGet("methods", Methods).WithSummary("List the ways of sending to a country, the cheapest first; none where the store does not send");
    }

    private static Ok<ShippingMethods> Methods(
        [Required, RegularExpression("[A-Z]{2}", ErrorMessage = "This is not a country's ISO 3166-1 code of two letters.")] string country,
        [Required, CurrencyCode] string currency, [Range(0, 100_000_000_000)] long subtotal = 0) =>
        TypedResults.Ok(new ShippingMethods([.. ShippingRates.For(country, currency, subtotal).Select(quote => new OfferedShipping(
            quote.Method.Code, quote.Method.Name, new Money(quote.Cost, currency), quote.FreeFrom is { } from ? new Money(from, currency) : null,
            quote.Method.MinDays, quote.Method.MaxDays))]));
}

/// <summary>The ways of sending to a country, the cheapest first.</summary>
public sealed record ShippingMethods(IReadOnlyList<OfferedShipping> Items);

/// <summary>A way of sending.</summary>
/// <param name="Code">What an order names it by.</param>
/// <param name="Cost">For the subtotal that was asked for; tax is included.</param>
/// <param name="FreeFrom">The subtotal, before any discount, from which it costs nothing; null where it always costs.</param>
/// <param name="MinDays">Working days from the parcel's leaving until its arrival, at the least.</param>
/// <param name="MaxDays">The same, at the most.</param>
public sealed record OfferedShipping(string Code, string Name, Money Cost, Money? FreeFrom, int MinDays, int MaxDays);
