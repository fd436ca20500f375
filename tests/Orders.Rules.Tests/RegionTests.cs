using CsCheck;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders.Rules.Tests;

/// <summary>Which price list an order has: two regions share a currency, and one's currency has no minor unit.</summary>
public sealed class RegionTests
{
    private static readonly Gen<Region> Regions = Gen.Int[0, Region.All.Count - 1].Select(index => Region.All[index]);

    [Fact]
    public void What_is_named_is_never_mixed_with_another_currency() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 5]).Select((code, currency) =>
            (Code: new[] { null, "us", "gb", "de", "fr", "jp", "xx" }[code], Currency: new[] { null, "USD", "GBP", "EUR", "JPY", "CHF" }[currency])).Sample(named =>
        {
            var region = Region.Of(named.Code, named.Currency);

            Assert.True(region is null || ((named.Code ?? region.Code) == region.Code && (named.Currency ?? region.Currency) == region.Currency));
            Assert.Equal(Region.All.Any(one => (named.Code ?? one.Code) == one.Code && (named.Currency ?? one.Currency) == one.Currency), region is not null);
            Assert.Equal(named is (null, null) or (null, "USD"), named.Code is null && region == Region.Default);
        });

    [Fact]
    public void A_quote_has_the_prices_of_its_region_and_of_no_other() =>
        (from prices in Gen.Long[1, 1_000_00].Array[Region.All.Count]
         from parts in Gen.Long[1, 1_000_00].Array[Region.All.Count]
         from listed in Gen.Bool.Array[Region.All.Count]
         from region in Regions
         select (prices, parts, listed, region)).Sample(given =>
        {
            var (whole, part) = (Offer("ALL", given.prices, given.listed, ["PART"]), Offer("PART", given.parts, given.listed));
            var offers = new Dictionary<string, Offer> { ["ALL"] = whole, ["PART"] = part };
            var index = Region.All.Index().First(one => one.Item == given.region).Index;

            var quote = ShopperQuotes.Of(["ALL"], offers, Things.Has("PART"), new HashSet<string>(), given.region, null, An.Instant)[0];

            Assert.Equal(given.listed[index], whole.IsSoldIn(given.region));
            if (!given.listed[index])
            {
                Assert.Null(quote.Price);
                return;
            }

            Assert.Equal(new Money(given.prices[index], given.region.Currency), quote.Price);
            Assert.Equal(new Money(Math.Max(0, given.prices[index] - given.parts[index]), given.region.Currency), quote.UnitPrice);
        });

    [Fact]
    public void What_an_earlier_version_told_holds_for_every_region_of_its_currency()
    {
        var offer = Orders.Offer.Of(
            new OfferedVariant("OLD", Guid.NewGuid(), Kinds.Game, true, true, ["EUR"], [], Prices: [new OfferedPrice("EUR", 59_99, null, null)]), An.Instant);
        var older = Orders.Offer.Of(new OfferedVariant("OLDER", Guid.NewGuid(), Kinds.Game, true, true, ["EUR"], []), An.Instant);

        Assert.All(Region.All, region => Assert.Equal(region.Currency == "EUR" ? 59_99 : null, offer.PriceIn(region, An.Instant)));
        Assert.All(Region.All, region => Assert.Equal(region.Currency == "EUR", offer.IsSoldIn(region)));
        Assert.All(Region.All, region => Assert.Equal(region.Currency == "EUR", older.IsSoldIn(region)));
    }

    [Theory]
    [InlineData("us", 119_00, 0, null)]
    [InlineData("de", 119_00, 19_00, "DE")]
    [InlineData("fr", 120_00, 20_00, "FR")]
    [InlineData("gb", 120_00, 20_00, "GB")]
    [InlineData("jp", 8_980, 816, "JP")]
    public void An_order_names_its_region_and_a_download_has_the_tax_of_its_country(string code, long price, long tax, string? country)
    {
        var region = Region.Find(code)!;

        var order = Order.Place(Guid.NewGuid(), region.Currency, [new OrderedLine("A", 1, price)], null, null, An.Card, An.Instant, region: region);

        Assert.Equal((code, region.Currency, code), (order.Region, order.Currency, order.Submitted().Region));
        Assert.Equal((tax, country), (order.Tax, order.TaxCountry));
    }

    [Fact]
    public void A_parcel_has_the_tax_of_where_it_goes() =>
        Assert.Equal("AT", TaxRates.Of("AT", "EUR", Region.Find("de")).Country);

    private static Offer Offer(string sku, long[] prices, bool[] listed, string[]? contains = null) => Orders.Offer.Of(
        new OfferedVariant(
            sku, Guid.NewGuid(), Kinds.Game, true, true, [.. Region.All.Select(region => region.Currency).Distinct()], [], contains,
            Prices: [.. Region.All.Index().Where(one => listed[one.Index]).Select(one => new OfferedPrice(one.Item.Currency, prices[one.Index], null, null, Region: one.Item.Code))]),
        An.Instant);
}
