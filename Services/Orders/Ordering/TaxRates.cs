namespace PlayStationStore.Orders;

/// <summary>
/// Tax that prices include, by the country that the parcel goes to. A digital order has no address: the country of its currency counts, where
/// the currency has only one. A country that is not listed has no tax in its prices; the United States add theirs at no price of ours.
/// </summary>
internal static class TaxRates
{
    private static readonly Dictionary<string, int> BasisPoints = new(StringComparer.Ordinal)
    {
        ["AT"] = 2000,
        ["AU"] = 1000,
        ["BE"] = 2100,
        ["CA"] = 500,
        ["CH"] = 810,
        ["DE"] = 1900,
        ["DK"] = 2500,
        ["ES"] = 2100,
        ["FI"] = 2550,
        ["FR"] = 2000,
        ["GB"] = 2000,
        ["IE"] = 2300,
        ["IT"] = 2200,
        ["JP"] = 1000,
        ["NL"] = 2100,
        ["NO"] = 2500,
        ["NZ"] = 1500,
        ["PL"] = 2300,
        ["PT"] = 2300,
        ["SE"] = 2500,
    };

    private static readonly Dictionary<string, string> CountryOfCurrency = new(StringComparer.Ordinal)
    {
        ["AUD"] = "AU",
        ["CAD"] = "CA",
        ["CHF"] = "CH",
        ["DKK"] = "DK",
        ["GBP"] = "GB",
        ["JPY"] = "JP",
        ["NOK"] = "NO",
        ["NZD"] = "NZ",
        ["PLN"] = "PL",
        ["SEK"] = "SE",
    };

    /// <summary>Which country's tax is in a sale's prices, and its rate.</summary>
    /// <param name="country">Where the parcel goes; null for what is digital.</param>
    /// <param name="currency">ISO 4217 code.</param>
    public static TaxRate Of(string? country, string currency)
    {
        var taxed = country ?? CountryOfCurrency.GetValueOrDefault(currency);
        return new TaxRate(taxed, BasisPoints.GetValueOrDefault(taxed ?? ""));
    }
}

/// <summary>The tax that prices of a sale include.</summary>
/// <param name="Country">ISO 3166-1 alpha-2 code; null where none is known, and no tax is in the price.</param>
/// <param name="BasisPoints">The rate in ten-thousandths.</param>
internal readonly record struct TaxRate(string? Country, int BasisPoints)
{
    /// <summary>How much of a total is tax, in minor units.</summary>
    public long IncludedIn(long total) => (long)((((Int128)total * BasisPoints * 2) + 10_000 + BasisPoints) / (2 * (10_000 + BasisPoints)));
}
