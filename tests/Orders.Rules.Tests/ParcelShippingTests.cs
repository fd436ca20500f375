namespace PlayStationStore.Orders.Rules.Tests;

/// <summary>How an order is sent and what that costs, decided when it is placed.</summary>
public sealed class ParcelShippingTests
{
    [Theory]
    [InlineData(true, null, null)]
    [InlineData(true, "express", 0L)]
    [InlineData(null, null, null)]
    [InlineData(null, null, 0L)]
    public void Where_nothing_is_sent_as_far_as_is_known_nothing_is_charged_for_it(bool? digital, string? method, long? seen) =>
        Assert.Equal((null, null), Decide(digital, method, seen, null));

    [Theory]
    [InlineData(true, null, 1L, "US", "shippingCost", "Nothing in this order is sent, so sending it costs nothing.")]
    [InlineData(false, null, null, null, "shippingAddressId", "The order holds a parcel; it needs an address.")]
    [InlineData(null, "standard", null, null, "shippingAddressId", "The order holds a parcel; it needs an address.")]
    [InlineData(null, null, 4_99L, null, "shippingAddressId", "The order holds a parcel; it needs an address.")]
    [InlineData(false, null, null, "KP", "shippingAddressId", "The store does not send parcels to this country.")]
    [InlineData(false, "Express", null, "US", "shippingMethod", "There is no such way of sending to this country.")]
    [InlineData(false, "express", 4_99L, "US", "shippingCost", "Sending it does not cost what you saw.")]
    [InlineData(false, null, 0L, "US", "shippingCost", "Sending it does not cost what you saw.")]
    public void What_cannot_be_sent_so_is_refused(bool? digital, string? method, long? seen, string? country, string field, string why) =>
        Assert.Equal((null, (field, why)), Decide(digital, method, seen, country));

    [Theory]
    [InlineData(false, null, null, "standard", 4_99)]
    [InlineData(false, null, 4_99L, "standard", 4_99)]
    [InlineData(false, "express", 14_99L, "express", 14_99)]
    [InlineData(null, "express", null, "express", 14_99)]
    [InlineData(null, null, 4_99L, "standard", 4_99)]
    public void A_parcel_goes_the_chosen_way_or_the_cheapest(bool? digital, string? method, long? seen, string way, long cost)
    {
        var (quote, refusal) = Decide(digital, method, seen, "US");

        Assert.Null(refusal);
        Assert.Equal((way, cost), (quote!.Method.Code, quote.Cost));
    }

    [Fact]
    public void The_sum_of_all_lines_makes_it_free()
    {
        var (quote, _) = ParcelShipping.Decide(Request(null, null, "USD", 2, 24_99), Known(false), "US");
        Assert.Equal(4_99, quote!.Cost);
        (quote, _) = ParcelShipping.Decide(Request(null, null, "USD", 2, 25_00), Known(false), "US");
        Assert.Equal(0, quote!.Cost);
        (quote, _) = ParcelShipping.Decide(Request(null, null, "USD", 1, 49_99, 2), Known(false), "US");
        Assert.Equal(0, quote!.Cost);
    }

    [Fact]
    public void Money_that_has_no_price_for_it_is_refused() => Assert.Equal(
        (null, ("currency", "Sending has no price in SEK.")), ParcelShipping.Decide(Request(null, null, "SEK", 1, 10_00), Known(false), "US"));

    [Fact]
    public void A_parcel_beside_a_download_and_beside_what_is_not_known_is_a_parcel()
    {
        var mixed = new KnownOffers(new() { ["A"] = Things.Offer("A"), ["B"] = Things.Offer("B", digital: false) }, 2);
        Assert.Equal("standard", ParcelShipping.Decide(Request(null, null, "USD", 1, 1_00, 2), mixed, "US").Quote!.Method.Code);

        // One of two is known to be a download, the other may be anything.
        var half = new KnownOffers(new() { ["A"] = Things.Offer("A") }, 2);
        Assert.Equal((null, null), ParcelShipping.Decide(Request(null, null, "USD", 1, 1_00, 2), half, "US"));
        Assert.Equal("standard", ParcelShipping.Decide(Request("standard", null, "USD", 1, 1_00, 2), half, "US").Quote!.Method.Code);
    }

    private static (ShippingQuote? Quote, (string, string)? Refusal) Decide(bool? digital, string? method, long? seen, string? country) =>
        ParcelShipping.Decide(Request(method, seen, "USD", 1, 10_00), Known(digital), country);

    private static KnownOffers Known(bool? digital) => new(digital is { } known ? new() { ["A"] = Things.Offer("A", digital: known) } : [], 1);

    private static PlaceOrder Request(string? method, long? seen, string currency, int quantity, long price, int lines = 1) => new(
        [.. Enumerable.Range(0, lines).Select(line => new PlacedLine($"{(char)('A' + line)}", line == 0 ? quantity : 1, line == 0 ? price : 1))],
        new PaymentChoice(PaymentMethod.Wallet), currency, ShippingMethod: method, ShippingCost: seen);
}
