using System.Text.Json;

namespace PlayStationStore.Orders;

/// <summary>
/// What sending a parcel costs and how long it takes, by the country that it goes to. The figures are in <c>shipping-rates.json</c>: zones of
/// countries, and methods with a cost in each currency and days for each zone. A country that is in no zone is not sent to.
/// </summary>
internal static class ShippingRates
{
    private static readonly RatesFile Rates = Read();

    private static readonly Dictionary<string, string> ZoneOfCountry = Rates.Zones
        .SelectMany(zone => zone.Value.Select(country => (Country: country, Zone: zone.Key)))
        .ToDictionary(one => one.Country, one => one.Zone, StringComparer.Ordinal);

    /// <summary>Whether parcels go there.</summary>
    /// <param name="country">ISO 3166-1 alpha-2.</param>
    public static bool Serve(string country) => ZoneOfCountry.ContainsKey(country);

    /// <summary>The ways in which a parcel can be sent.</summary>
    /// <param name="country">ISO 3166-1 alpha-2.</param>
    /// <param name="currency">ISO 4217 code of the order.</param>
    /// <param name="subtotal">The sum of the order's lines before any discount, in minor units.</param>
    /// <returns>The cheapest first; none where the country is not served, or the currency has no price.</returns>
    public static IReadOnlyList<ShippingQuote> For(string country, string currency, long subtotal) =>
    [
        .. Quotes(country, currency, subtotal).OrderBy(quote => quote.Cost).ThenBy(quote => quote.Method.MaxDays).ThenBy(quote => quote.Method.Code, StringComparer.Ordinal),
    ];

    /// <summary>The cheapest way in which a parcel can be sent, or null; as <see cref="For"/>.</summary>
    public static ShippingQuote? Cheapest(string country, string currency, long subtotal) => For(country, currency, subtotal) is [var cheapest, ..] ? cheapest : null;

    private static IEnumerable<ShippingQuote> Quotes(string country, string currency, long subtotal)
    {
        if (!ZoneOfCountry.TryGetValue(country, out var zone))
        {
            yield break;
        }

        foreach (var method in Rates.Methods)
        {
            if (method.Zones.TryGetValue(zone, out var there) && there.Cost.TryGetValue(currency, out var cost))
            {
                long? freeFrom = method.FreeFrom?.TryGetValue(currency, out var from) is true ? from : null;
                yield return new ShippingQuote(
                    new ShippingMethod(method.Code, method.Name, there.MinDays, there.MaxDays), subtotal >= freeFrom ? 0 : cost, freeFrom);
            }
        }
    }

    private static RatesFile Read()
    {
        using var file = typeof(ShippingRates).Assembly.GetManifestResourceStream("shipping-rates.json")!;
        return JsonSerializer.Deserialize<RatesFile>(file, JsonSerializerOptions.Web)!;
    }

    private sealed record RatesFile(Dictionary<string, string[]> Zones, RatedMethod[] Methods);

    private sealed record RatedMethod(string Code, string Name, Dictionary<string, long>? FreeFrom, Dictionary<string, ZoneRate> Zones);

    private sealed record ZoneRate(int MinDays, int MaxDays, Dictionary<string, long> Cost);
}

/// <summary>A way of sending, as it was when the order was placed.</summary>
/// <param name="Code">What an order names it by, such as <c>standard</c>.</param>
/// <param name="MinDays">Working days from the parcel's leaving until its arrival, at the least.</param>
/// <param name="MaxDays">The same, at the most.</param>
public sealed record ShippingMethod(string Code, string Name, int MinDays, int MaxDays);

/// <summary>A way of sending with what it costs an order.</summary>
/// <param name="Cost">Minor units, tax included.</param>
/// <param name="FreeFrom">The subtotal from which it costs nothing, in minor units; null where it always costs.</param>
public sealed record ShippingQuote(ShippingMethod Method, long Cost, long? FreeFrom);
