using CsCheck;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders.Rules.Tests;

public sealed class RefundRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RefundGrant Grant = new(RefundReason.Goodwill, null, Guid.NewGuid(), ByStaff: true);

    /// <summary>Lines with prices and quantities, a coupon in per cent, and an order in which pieces are given back.</summary>
    private static readonly Gen<(OrderedLine[] Lines, int Percent, int[] Turns)> Purchases =
        from count in Gen.Int[1, 6]
        from prices in Gen.Long[0, 10_000_000].Array[count]
        from quantities in Gen.Int[1, 9].Array[count]
        from percent in Gen.Int[0, 100]
        from turns in Gen.Int[0, 1_000].Array[60]
        select (prices.Select((price, index) => new OrderedLine($"SKU-{index}", quantities[index], price)).ToArray(), percent, turns);

    [Fact]
    public void However_an_order_is_given_back_exactly_what_was_paid_goes_back() => Purchases.Sample(purchase =>
    {
        var order = Delivered(purchase.Lines, purchase.Percent);
        var given = 0L;
        foreach (var turn in purchase.Turns)
        {
            var left = order.Lines.Where(line => line.RefundedQuantity < line.Quantity).ToList();
            if (left.Count == 0)
            {
                break;
            }

            var line = left[turn % left.Count];
            var refund = order.Refund([(line, 1 + (turn % (line.Quantity - line.RefundedQuantity)))], Grant, Now);
            given += refund.Amount;

            Assert.InRange(refund.Amount, 0, line.UnitPrice * line.Quantity);
            Assert.True(given <= order.Total);
        }

        Assert.All(order.Lines, line => Assert.Equal(line.Quantity, line.RefundedQuantity));
        Assert.Equal((order.Total, OrderStatus.Refunded), (given, order.Status));
        Assert.Equal(order.Total, order.Refunds.Sum(refund => refund.Amount));
    });

    [Fact]
    public void Two_halves_of_a_line_are_worth_the_line() => Purchases.Sample(purchase =>
    {
        var (whole, halves) = (Delivered(purchase.Lines, purchase.Percent), Delivered(purchase.Lines, purchase.Percent));
        var (line, first) = (whole.Lines[0], 1 + (purchase.Turns[0] % whole.Lines[0].Quantity));
        var parts = halves.Refund([(halves.Lines[0], first)], Grant, Now).Amount;
        var rest = line.Quantity - first;

        Assert.Equal(RefundRules.Worth(line, line.Quantity), parts + RefundRules.Worth(halves.Lines[0], rest));
    });

    [Theory]
    [InlineData(0, null)]
    [InlineData(13, null)]
    [InlineData(14, RefundBlocks.TooLate)]
    public void A_download_can_be_given_back_for_two_weeks(int days, string? block)
    {
        var order = Delivered([new("A", 1, 59_99)], 0);

        Assert.Equal(block, RefundRules.Block(order, order.Lines[0], downloaded: false, redeemed: false, Now.AddDays(days)));
        Assert.Null(RefundRules.Block(order, order.Lines[0], downloaded: false, redeemed: false, Now + RefundRules.Window - TimeSpan.FromTicks(1)));
    }

    [Fact]
    public void What_was_begun_or_redeemed_or_given_back_before_stays()
    {
        var order = Delivered([new("A", 1, 59_99), new("B", 1, 1_00)], 0);
        var line = order.Lines[0];

        Assert.Equal(RefundBlocks.Downloaded, RefundRules.Block(order, line, downloaded: true, redeemed: false, Now));
        Assert.Equal(RefundBlocks.Redeemed, RefundRules.Block(order, line, downloaded: false, redeemed: true, Now));
        order.Refund([(line, 1)], Grant, Now);
        Assert.Equal(RefundBlocks.Refunded, RefundRules.Block(order, line, downloaded: false, redeemed: false, Now));
        Assert.Throws<InvalidOperationException>(() => order.Refund([(line, 1)], Grant, Now));
    }

    [Fact]
    public void Parcels_and_what_others_build_on_and_what_is_not_delivered_are_not_given_back_by_a_click()
    {
        var parcel = An.Delivered(null, new Piece("PAD", 1, 69_99, Digital: false));
        var download = Delivered([new("A", 1, 59_99)], 0);
        var waiting = An.Confirmed(null, new Piece("A", 1, 59_99, Digital: true));

        Assert.Equal(RefundBlocks.Parcel, RefundRules.Block(parcel, parcel.Lines[0], downloaded: false, redeemed: false, Now));
        Assert.Equal(RefundBlocks.Needed, RefundRules.Block(download, download.Lines[0], downloaded: false, redeemed: false, Now, needed: true));
        Assert.Equal(RefundBlocks.NotDelivered, RefundRules.Block(waiting, waiting.Lines[0], downloaded: false, redeemed: false, Now));
    }

    [Fact]
    public void What_was_paid_for_sending_goes_back_with_the_last_faulty_piece_or_where_staff_say_so()
    {
        Piece[] bought = [new("PAD", 2, 10_00, Digital: false), new("DOCK", 1, 10_00, Digital: false), new("PLUS", 1, 10_00, Digital: true)];
        var faulty = Grant with { Reason = RefundReason.Faulty };
        var order = An.Delivered(An.Sending(4_99), bought);
        (OrderLine, int)[] allButOne = [(order.Lines[0], 1), (order.Lines[1], 1)];
        (OrderLine, int)[] all = [(order.Lines[0], 2), (order.Lines[1], 1)];

        Assert.Equal(0, RefundRules.ShippingBack(order, allButOne, faulty));
        Assert.Equal(4_99, RefundRules.ShippingBack(order, all, faulty));
        Assert.Equal(0, RefundRules.ShippingBack(order, all, Grant));
        Assert.Equal(0, RefundRules.ShippingBack(order, all, faulty with { ByStaff = false }));
        Assert.Equal(0, RefundRules.ShippingBack(order, all, faulty with { Shipping = false }));
        Assert.Equal(4_99, RefundRules.ShippingBack(order, [], Grant with { Shipping = true }));

        Assert.Equal(20_00, order.Refund(allButOne, faulty, Now).Amount);
        Assert.Equal(4_99, RefundRules.ShippingBack(order, [(order.Lines[0], 1)], faulty));
        var last = order.Refund([(order.Lines[0], 1)], faulty, Now);
        Assert.Equal((14_99L, 4_99L, 0L), (last.Amount, last.Shipping, order.ShippingLeft));
        Assert.Equal(0, RefundRules.ShippingBack(order, [], Grant with { Shipping = true }));
        Assert.Throws<InvalidOperationException>(() => order.Refund([], Grant, Now));
    }

    [Fact]
    public void An_order_is_not_refunded_whole_while_the_sending_is_not()
    {
        var order = An.Delivered(An.Sending(4_99), new Piece("PAD", 1, 10_00, Digital: false));

        order.Refund([(order.Lines[0], 1)], Grant, Now);
        Assert.Equal((OrderStatus.PartiallyRefunded, 4_99L), (order.Status, order.ShippingLeft));
        order.Refund([], Grant with { Shipping = true }, Now);
        Assert.Equal((OrderStatus.Refunded, 14_99L), (order.Status, order.Refunds.Sum(refund => refund.Amount)));
    }

    [Fact]
    public void A_refund_waits_for_its_money_unless_there_is_none_and_has_it_once()
    {
        var order = Delivered([new("A", 1, 0), new("B", 1, 5_00)], 0);
        var (free, paid) = (order.Refund([(order.Lines[0], 1)], Grant, Now), order.Refund([(order.Lines[1], 1)], Grant, Now));
        Assert.Equal((Now, null), (free.GivenBackAt, paid.GivenBackAt));

        paid.MarkGivenBack(Now.AddDays(1));
        paid.MarkGivenBack(Now.AddDays(2));

        Assert.Equal(Now.AddDays(1), paid.GivenBackAt);
        Assert.Equal((order.Id, Grant.By, true, RefundReason.Goodwill, Now), (paid.OrderId, paid.By, paid.ByStaff, paid.Reason, paid.CreatedAt));
        Assert.Equal((1, 1, 5_00L), (paid.Lines[0].Position, paid.Lines[0].Quantity, paid.Lines[0].Amount));
    }

    [Fact]
    public void No_more_goes_back_than_was_sold()
    {
        var order = Delivered([new("A", 2, 5_00)], 0);

        Assert.Equal("No more goes back than was sold.", Assert.Throws<InvalidOperationException>(() => order.Refund([(order.Lines[0], 3)], Grant, Now)).Message);
    }

    private static Order Delivered(OrderedLine[] lines, int percent)
    {
        long[] totals = [.. lines.Select(line => line.UnitPrice * line.Quantity)];
        var coupon = new AppliedCoupon(Guid.NewGuid(), "TEST", Discounts.Spread(Discounts.Percent(totals.Sum(), percent), totals));
        var order = Order.Place(Guid.NewGuid(), "USD", lines, [coupon], null, new PaymentPlan(PaymentMethod.Card, "sealed", "Test card"), Now);
        order.Confirm(new StockReserved(order.Id, "USD", [.. lines.Select(line => new ReservedLine(
            line.Sku, Guid.NewGuid(), line.Sku, "subscription", null, null, line.Quantity, line.UnitPrice, Digital: true))], Now));
        order.AwaitPayment(Now);
        order.MarkPaid(Now);
        return order;
    }
}
