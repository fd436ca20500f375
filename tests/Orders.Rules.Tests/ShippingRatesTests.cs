namespace PlayStationStore.Orders.Rules.Tests;

public sealed class ShippingRatesTests
{
    [Fact]
    public void The_cheapest_way_is_first_and_is_free_from_its_sum()
    {
        Assert.Equal([("standard", 4_99L), ("express", 14_99L)], Offered("US", "USD", 49_99));
        Assert.Equal([("standard", 0L), ("express", 14_99L)], Offered("US", "USD", 50_00));
        Assert.Equal(new ShippingQuote(new ShippingMethod("standard", "Standard", 3, 5), 0, 50_00), ShippingRates.Cheapest("US", "USD", 50_00));
        Assert.Null(ShippingRates.For("US", "USD", 0)[1].FreeFrom);
    }

    [Fact]
    public void Where_nothing_is_sent_to_and_in_money_that_has_no_price_there_is_no_way()
    {
        Assert.True(ShippingRates.Serve("DE"));
        Assert.False(ShippingRates.Serve("KP"));
        Assert.Empty(ShippingRates.For("KP", "USD", 0));
        Assert.Null(ShippingRates.Cheapest("KP", "USD", 0));
        Assert.Empty(ShippingRates.For("US", "SEK", 0));
        Assert.Equal([("standard", 19_99L)], Offered("ZW", "USD", 0));
    }

    private static IEnumerable<(string, long)> Offered(string country, string currency, long subtotal) =>
        ShippingRates.For(country, currency, subtotal).Select(quote => (quote.Method.Code, quote.Cost));
}
