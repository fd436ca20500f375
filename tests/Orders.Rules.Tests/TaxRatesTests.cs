using System.Numerics;
using CsCheck;

namespace PlayStationStore.Orders.Rules.Tests;

public sealed class TaxRatesTests
{
    private static readonly string[] Countries = ["AT", "AU", "BE", "CA", "CH", "DE", "DK", "ES", "FI", "FR", "GB", "IE", "IT", "JP", "NL", "NO", "NZ", "PL", "PT", "SE", "US", "BR"];
    private static readonly string[] Currencies = ["USD", "EUR", "GBP", "JPY"];

    private static readonly Gen<(long Total, string? Country, string Currency)> Sales =
        from total in Gen.OneOf(Gen.Long[0, 1_000], Gen.Long[0, 10_000_000_000])
        from country in Gen.Int[0, Countries.Length].Select(index => Countries.ElementAtOrDefault(index))
        from currency in Gen.Int[0, Currencies.Length - 1].Select(index => Currencies[index])
        select (total, country, currency);

    [Fact]
    public void What_is_tax_and_what_is_not_add_up_to_the_price_in_whole_minor_units() => Sales.Sample(sale =>
    {
        var tax = TaxRates.Of(sale.Country, sale.Currency).IncludedIn(sale.Total);

        Assert.InRange(tax, 0, sale.Total);
    });

    [Fact]
    public void Tax_is_the_nearest_minor_unit_to_the_exact_share() => Sales.Sample(sale =>
    {
        var tax = TaxRates.Of(sale.Country, sale.Currency).IncludedIn(sale.Total);
        var rate = RateOf(sale.Country, sale.Currency);

        Assert.True(BigInteger.Abs((2 * tax * (10_000 + rate)) - (2 * (BigInteger)sale.Total * rate)) <= 10_000 + rate);
    });

    [Fact]
    public void A_dearer_sale_never_has_less_tax() => Sales.Sample(sale =>
        Assert.True(TaxRates.Of(sale.Country, sale.Currency).IncludedIn(sale.Total) <= TaxRates.Of(sale.Country, sale.Currency).IncludedIn(sale.Total + 1)));

    [Theory]
    [InlineData(120_00, "GB", "GBP", 20_00)]
    [InlineData(11_000, "JP", "JPY", 1_000)]
    [InlineData(1, "JP", "JPY", 0)]
    [InlineData(11, null, "JPY", 1)]
    [InlineData(59_99, null, "EUR", 0)]
    [InlineData(59_99, "US", "USD", 0)]
    [InlineData(119_00, "DE", "EUR", 19_00)]
    public void Known_prices_have_their_known_tax(long total, string? country, string currency, long tax) =>
        Assert.Equal(tax, TaxRates.Of(country, currency).IncludedIn(total));

    // In ten-thousandths, from the countries' own publications, apart from the table that is tested.
    private static int RateOf(string? country, string currency) => (country ?? (currency switch { "GBP" => "GB", "JPY" => "JP", _ => "" })) switch
    {
        "AT" or "FR" or "GB" => 2000,
        "AU" or "JP" => 1000,
        "BE" or "ES" or "NL" => 2100,
        "CA" => 500,
        "CH" => 810,
        "DE" => 1900,
        "DK" or "NO" or "SE" => 2500,
        "FI" => 2550,
        "IE" or "PL" or "PT" => 2300,
        "IT" => 2200,
        "NZ" => 1500,
        _ => 0,
    };
}
