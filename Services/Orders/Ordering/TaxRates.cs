using System.Text.Json;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

/// <summary>
/// Tax that prices include, by the country that the parcel goes to. A digital order has no address: the country of its region counts, or of
/// its currency where that has only one. A country that is not listed has no tax in its prices; the United States add theirs at no price of ours.
/// The figures are in <c>tax-rates.json</c>, in ten-thousandths.
/// </summary>
internal static class TaxRates
{
    private static readonly RatesFile Rates = Read();

    /// <summary>Which country's tax is in a sale's prices, and its rate.</summary>
    /// <param name="country">Where the parcel goes; null for what is digital.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="region">Whose prices it is sold at; null where that is not known.</param>
    public static TaxRate Of(string? country, string currency, Region? region = null)
    {
        var home = region?.Code.ToUpperInvariant();
        var taxed = country ?? (home is not null && Rates.BasisPoints.ContainsKey(home) ? home : null) ?? Rates.CountryOfCurrency.GetValueOrDefault(currency);
        return new TaxRate(taxed, taxed is null ? 0 : Rates.BasisPoints.GetValueOrDefault(taxed));
    }

    private static RatesFile Read()
    {
        using var file = typeof(TaxRates).Assembly.GetManifestResourceStream("tax-rates.json")!;
        return JsonSerializer.Deserialize<RatesFile>(file, JsonSerializerOptions.Web)!;
    }

    private sealed record RatesFile(Dictionary<string, int> BasisPoints, Dictionary<string, string> CountryOfCurrency);
}

/// <summary>The tax that prices of a sale include.</summary>
/// <param name="Country">ISO 3166-1 alpha-2 code; null where none is known, and no tax is in the price.</param>
/// <param name="BasisPoints">The rate in ten-thousandths.</param>
internal readonly record struct TaxRate(string? Country, int BasisPoints)
{
    /// <summary>How much of a total is tax, in minor units.</summary>
    public long IncludedIn(long total) => (long)((((Int128)total * BasisPoints * 2) + 10_000 + BasisPoints) / (2 * (10_000 + BasisPoints)));
}
