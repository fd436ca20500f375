using PlayStationStore.Contracts;

namespace PlayStationStore.Orders.Rules.Tests;

/// <summary>What an order is made of when it is accepted, and what Products may say of it.</summary>
public sealed class PlacedOrderTests
{
    private static readonly Piece Pad = new("PAD", 2, 69_99, Digital: false, "accessory");
    private static readonly Piece Game = new("GAME", 1, 59_99, Digital: true, "game");

    [Fact]
    public void The_total_is_the_lines_without_the_coupons_and_with_the_sending()
    {
        var order = Place([Pad, Game], An.Address("GB"), An.Sending(4_99), [Taking(10_00, 1_00), Taking(5_00, 0)]);

        Assert.Equal((199_97L, 16_00L, 4_99L, 188_96L), (order.Subtotal, order.Discount, order.Shipping, order.Total));
        Assert.Equal([15_00L, 1_00L], order.Lines.Select(line => line.Discount));
        Assert.Equal([("C10", 11_00L), ("C5", 5_00L)], order.Coupons.Select(coupon => (coupon.Code, coupon.Discount)));
        Assert.Equal(("C10", order.Coupons[0].Id, 2), (order.CouponCode, order.CouponId, order.CouponCount));
        Assert.Equal(order.Coupons, order.CouponsTaken());
        Assert.Equal(("GB", 2000, 31_49L), (order.TaxCountry, order.TaxRate, order.Tax));
        Assert.Equal(("express", 4_99L), (order.ShippingMethod!.Code, order.ShippingLeft));
        Assert.Equal((An.Instant, An.Instant, An.Instant), (order.CreatedAt, order.UpdatedAt, order.AskedAt));
        Assert.Equal(188_96, order.Payment.Amount);
    }

    [Fact]
    public void An_order_without_coupons_or_parcels_has_none()
    {
        var order = Place([Game], null, null, null);

        Assert.Equal((0L, 0L, null, null, 0), (order.Discount, order.Shipping, order.CouponId, order.CouponCode, order.CouponCount));
        Assert.Empty(order.CouponsTaken());
        Assert.Null(order.ShippingMethod);
    }

    [Fact]
    public void An_order_of_before_there_could_be_several_coupons_has_taken_its_one()
    {
        var order = Place([Game], null, null, [Taking(9_99)]);
        var id = order.CouponId!.Value;
        typeof(Order).GetProperty(nameof(Order.Coupons))!.SetValue(order, Array.Empty<OrderCoupon>());

        Assert.Equal([new OrderCoupon(id, "C9", 9_99)], order.CouponsTaken());
    }

    [Fact]
    public void Products_is_asked_for_the_lines_as_they_were_seen()
    {
        var order = Place([Pad, Game], An.Address(), null, null);

        Assert.Equal([new OrderedLine("PAD", 2, 69_99), new OrderedLine("GAME", 1, 59_99)], order.Submitted().Lines);
        Assert.Equal((order.Id, order.Number, order.UserId, "USD"), (order.Submitted().OrderId, order.Submitted().Number, order.Submitted().UserId, order.Submitted().Currency));
    }

    [Fact]
    public void A_line_takes_what_Products_vouches_for_and_what_was_not_known_is_sent_the_cheapest_way()
    {
        var order = Place([Pad, Game], An.Address(), null, null);

        Assert.Null(order.Confirm(An.Stock(order, Pad, Game)));

        Assert.Equal(("standard", false), (order.ShippingMethod?.Code, order.Lines[0].Digital));
        Assert.Equal(("GAME", "game", "PS5", true, true), (order.Lines[1].Name, order.Lines[1].Kind, order.Lines[1].Platform, order.Lines[1].Digital, order.Lines[1].OwnedOnce));
        Assert.False(order.Lines[0].OwnedOnce);
    }

    [Fact]
    public void A_way_of_sending_that_was_chosen_stays_and_goes_where_nothing_is_a_parcel()
    {
        var chosen = Place([Pad], An.Address(), An.Sending(14_99), null);
        Assert.Null(chosen.Confirm(An.Stock(chosen, Pad)));
        Assert.Equal("express", chosen.ShippingMethod?.Code);

        var free = Place([Game], An.Address(), An.Sending(0), null);
        Assert.Null(free.Confirm(An.Stock(free, Game)));
        Assert.Null(free.ShippingMethod);
    }

    [Fact]
    public void A_part_that_the_shopper_has_lowers_the_price_and_is_not_given_twice()
    {
        var order = Place([Game with { UnitPrice = 20_00 }], null, null, null);
        var deluxe = (Game with { UnitPrice = 59_99 }).Reserved() with
        {
            Parts =
            [
                new ReservedPart("STD", Guid.NewGuid(), "Standard", "game", "PS5", null, 39_99, Given: false, []),
                new ReservedPart("EXTRA", Guid.NewGuid(), "Extra", "addon", "PS5", null, 9_99, Given: true, []),
                new ReservedPart("SKIN", Guid.NewGuid(), "Skin", "addon", "PS5", null, 0, Given: true, []),
            ],
        };

        Assert.Null(order.Confirm(new StockReserved(order.Id, "USD", [deluxe], An.Instant), new HashSet<string> { "STD", "SKIN" }));

        Assert.Equal((39_99L, 1), (order.Lines[0].Credit, order.Lines[0].ContentCount));
        Assert.Equal(["EXTRA"], order.Lines[0].Contents.Select(part => part.Sku));
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "one of two is dearer", OrderReasons.PriceChanged },
        { "two of a download", OrderReasons.OnlyOne },
        { "a gift card with a coupon", OrderReasons.CouponInvalid },
        { "a parcel without an address", OrderReasons.AddressRequired },
        { "sending for a download", OrderReasons.ShippingChanged },
        { "a country that is not served", OrderReasons.NotServed },
        { "a pre-order beside another", OrderReasons.PreorderAlone },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_cannot_be_fulfilled_is_not_charged(string what, string reason)
    {
        var cards = new Piece("CARD", 1, 50_00, Digital: true, Kinds.GiftCard);
        var (order, stock) = what switch
        {
            "one of two is dearer" => (Place([Pad, Game], An.Address(), null, null), [Pad, Game with { UnitPrice = 60_00 }]),
            "two of a download" => (Place([Game with { Quantity = 2 }], null, null, null), [Game with { Quantity = 2 }]),
            "a gift card with a coupon" => (Place([cards], null, null, [Taking(1_00)]), [cards]),
            "a parcel without an address" => (Place([Pad, Game], null, null, null), [Pad, Game]),
            "sending for a download" => (Place([Game], An.Address(), An.Sending(1), null), [Game]),
            "a country that is not served" => (Place([Pad, Game], An.Address("KP"), null, null), [Pad, Game]),
            _ => (Place([Pad, Game], An.Address(), null, null), new[] { Pad with { PreorderUntil = An.Instant.AddDays(1) }, Game }),
        };

        Assert.Equal(reason, order.Confirm(An.Stock(order, stock)));
    }

    [Fact]
    public void What_can_be_fulfilled_only_just_is()
    {
        foreach (var pieces in (Piece[][])[[Game], [new("CARD", 1, 50_00, Digital: true, Kinds.GiftCard)], [Pad, Game], [new("PLUS", 2, 9_99, Digital: true)]])
        {
            var order = An.Order(null, null, pieces);
            Assert.Null(order.Confirm(An.Stock(order, pieces)));
        }
    }

    [Fact]
    public void An_order_is_confirmed_once()
    {
        var order = An.Paid(null, Game);

        var refusal = Assert.Throws<InvalidOperationException>(() => order.Confirm(An.Stock(order, Game)));
        Assert.Equal("An order that is Completed cannot take this step.", refusal.Message);
    }

    [Fact]
    public void A_pre_order_waits_for_its_day_and_can_be_cancelled_until_then()
    {
        var release = An.Instant.AddDays(20);
        var order = An.Confirmed(null, Game with { PreorderUntil = release });
        order.AwaitPayment(An.Instant);
        order.MarkPaid(An.Instant);
        Assert.Equal((OrderStatus.Paid, release, true, release), (order.Status, order.ReleaseAt, order.Cancellable, order.HadSince));

        var version = order.Version;
        order.MoveRelease(release);
        Assert.Equal(version, order.Version);
        order.MoveRelease(release.AddDays(5));
        Assert.Equal((release.AddDays(5), version + 1), (order.ReleaseAt, order.Version));

        order.Release(release.AddDays(5));
        Assert.Equal((OrderStatus.Completed, release.AddDays(5)), (order.Status, order.HadSince));
        Assert.Throws<InvalidOperationException>(() => order.Release(release));
        Assert.Throws<InvalidOperationException>(() => order.MoveRelease(release));
    }

    [Fact]
    public void What_came_out_before_it_was_paid_is_delivered_with_the_payment_and_had_since_then()
    {
        var order = An.Confirmed(null, Game with { PreorderUntil = An.Instant });
        order.AwaitPayment(An.Instant);
        order.MarkPaid(An.Instant);
        Assert.Equal((OrderStatus.Completed, An.Instant), (order.Status, order.HadSince));

        var late = An.Confirmed(null, Game with { PreorderUntil = An.Instant });
        late.AwaitPayment(An.Instant);
        late.MarkPaid(An.Instant.AddDays(3));
        Assert.Equal(An.Instant.AddDays(3), late.HadSince);
        Assert.Throws<InvalidOperationException>(() => An.Confirmed(null, Game).MoveRelease(An.Instant));
        Assert.Null(An.Confirmed(null, Game).HadSince);
    }

    [Fact]
    public void A_parcel_says_what_is_in_it_and_the_order_the_last_ones_number()
    {
        var order = An.Paid(null, Pad, Game);
        Assert.Throws<InvalidOperationException>(() => order.Ship(new Parcel(null, null, []), An.Instant));
        Assert.Throws<InvalidOperationException>(() => order.Ship(new Parcel(null, null, [(order.Lines[0], 0)]), An.Instant));
        Assert.Throws<InvalidOperationException>(() => order.Ship(new Parcel(null, null, [(order.Lines[0], 1), (order.Lines[1], 1)]), An.Instant));

        var first = order.Ship(new Parcel("UPS", "1Z1", [(order.Lines[0], 1)]), An.Instant);
        Assert.Equal(("UPS", "1Z1", "1Z1"), (first.Carrier, first.TrackingNumber, order.TrackingNumber));
        Assert.Equal([new ShippedLine(0, 1)], first.Lines);
        order.Ship(new Parcel(null, null), An.Instant);
        Assert.Equal(("1Z1", OrderStatus.Shipped), (order.TrackingNumber, order.Status));
        Assert.Equal([new ShippedLine(0, 1)], order.Shipments[1].Lines);

        var numbered = An.Paid(null, Pad);
        numbered.Ship(new Parcel(null, "1Z1", [(numbered.Lines[0], 1)]), An.Instant);
        numbered.Ship(new Parcel(null, "1Z2"), An.Instant);
        Assert.Equal("1Z2", numbered.TrackingNumber);
    }

    [Fact]
    public void A_parcel_arrives_once_and_when_it_did_is_kept()
    {
        var order = An.Paid(null, Pad);
        order.Ship(new Parcel(null, null, [(order.Lines[0], 1)]), An.Instant);
        order.Deliver(order.Shipments[0].Id, An.Instant.AddDays(1));
        order.Ship(new Parcel(null, null), An.Instant.AddDays(1));
        order.Deliver(null, An.Instant.AddDays(2));

        Assert.Equal([An.Instant.AddDays(1), An.Instant.AddDays(2)], order.Shipments.Select(parcel => parcel.DeliveredAt!.Value));
        Assert.Equal(An.Instant.AddDays(2), order.DeliveredAt);
    }

    [Fact]
    public void What_never_will_be_sent_goes_back_and_what_was_sent_does_not()
    {
        var order = An.Paid(null, Pad, Pad with { Sku = "DOCK" }, Game);
        order.Ship(new Parcel(null, null, [(order.Lines[0], 2)]), An.Instant);

        var refund = order.CancelRest(An.Kindness, An.Instant);

        Assert.Equal((1, 2, 139_98L), (Assert.Single(refund.Lines).Position, refund.Lines[0].Quantity, refund.Amount));
        Assert.Equal(OrderStatus.Shipped, order.Status);
    }

    [Fact]
    public void What_came_back_broken_is_counted()
    {
        var line = An.Delivered(null, Pad).Lines[0];

        line.Discard(1);
        line.Discard(1);

        Assert.Equal(2, line.Discarded);
    }

    private static AppliedCoupon Taking(params long[] shares) => new(Guid.NewGuid(), $"C{shares[0] / 100}", shares);

    private static Order Place(Piece[] pieces, Address? address, ShippingQuote? sending, AppliedCoupon[]? coupons) => Order.Place(
        Guid.NewGuid(), address?.Country == "GB" ? "GBP" : "USD", [.. pieces.Select(piece => new OrderedLine(piece.Sku, piece.Quantity, piece.UnitPrice))],
        coupons, address, An.Card, An.Instant, sending);
}
