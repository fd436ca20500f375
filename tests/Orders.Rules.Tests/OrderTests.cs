using PlayStationStore.Contracts;

namespace PlayStationStore.Orders.Rules.Tests;

public sealed class OrderTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, (Action<Order> Step, OrderStatus[] From)> Steps = new()
    {
        ["await payment"] = (order => order.AwaitPayment(Now), [OrderStatus.Submitted]),
        ["pay"] = (order => order.MarkPaid(Now), [OrderStatus.AwaitingPayment]),
        ["ship"] = (order => order.Ship(new Parcel(null, "1Z"), Now), [OrderStatus.AwaitingShipment]),
        ["deliver"] = (order => order.Deliver(null, Now), [OrderStatus.Shipped]),
        ["reject"] = (order => order.Reject("soldOut", Now), [OrderStatus.Submitted, OrderStatus.AwaitingPayment]),
        ["cancel"] = (order => order.Cancel("cancelledByShopper", null, Now),
            [OrderStatus.Submitted, OrderStatus.AwaitingPayment, OrderStatus.AwaitingShipment]),
        ["refund one of two"] = (order => order.Refund([(order.Lines[0], 1)], new RefundGrant(RefundReason.Goodwill, null, Guid.NewGuid(), true), Now),
            [OrderStatus.Completed, OrderStatus.Delivered, OrderStatus.PartiallyRefunded]),
        ["ask again"] = (order => order.AskAgain(Now), [OrderStatus.Submitted]),
    };

    private static readonly Dictionary<OrderStatus, string[]> Roads = new()
    {
        [OrderStatus.Submitted] = [],
        [OrderStatus.AwaitingPayment] = ["await payment"],
        [OrderStatus.AwaitingShipment] = ["await payment", "pay"],
        [OrderStatus.Shipped] = ["await payment", "pay", "ship"],
        [OrderStatus.Delivered] = ["await payment", "pay", "ship", "deliver"],
        [OrderStatus.PartiallyRefunded] = ["await payment", "pay", "ship", "deliver", "refund one of two"],
        [OrderStatus.Refunded] = ["await payment", "pay", "ship", "deliver", "refund one of two", "refund one of two"],
        [OrderStatus.Rejected] = ["reject"],
        [OrderStatus.Cancelled] = ["cancel"],
    };

    public static TheoryData<OrderStatus, string> Everything =>
        [.. Roads.Keys.Append(OrderStatus.Completed).SelectMany(status => Steps.Keys.Select(step => (status, step)))];

    [Theory]
    [MemberData(nameof(Everything))]
    public void A_step_is_taken_from_where_it_may_and_from_nowhere_else(OrderStatus from, string step)
    {
        var order = OrderThatIs(from);
        var (version, history) = (order.Version, order.History.Count);

        if (Steps[step].From.Contains(from))
        {
            Steps[step].Step(order);
            Assert.True(order.Version > version);
        }
        else
        {
            Assert.Throws<InvalidOperationException>(() => Steps[step].Step(order));
            Assert.Equal((from, version, history), (order.Status, order.Version, order.History.Count));
        }
    }

    [Fact]
    public void A_digital_order_is_complete_once_it_is_paid()
    {
        var order = OrderThatIs(OrderStatus.Completed);

        Assert.Equal(
            [OrderStatus.Submitted, OrderStatus.AwaitingPayment, OrderStatus.Paid, OrderStatus.Completed], order.History.Select(step => step.Status));
        Assert.True(order.IsFinal);
        Assert.False(order.Cancellable);
    }

    [Theory]
    [InlineData("same", null)]
    [InlineData("dearer", OrderReasons.PriceChanged)]
    [InlineData("cheaper", OrderReasons.PriceChanged)]
    [InlineData("currency", OrderReasons.Currency)]
    [InlineData("fewer", OrderReasons.Unknown)]
    [InlineData("missing", OrderReasons.Unknown)]
    [InlineData("physical", OrderReasons.AddressRequired)]
    public void Only_what_the_shopper_saw_can_be_charged(string change, string? reason)
    {
        var order = Place();
        var line = Reserved();
        var stock = new StockReserved(order.Id, change == "currency" ? "EUR" : "USD", change switch
        {
            "dearer" => [line with { UnitPrice = line.UnitPrice + 1 }],
            "cheaper" => [line with { UnitPrice = line.UnitPrice - 1 }],
            "fewer" => [line with { Quantity = 1 }],
            "missing" => [],
            "physical" => [line with { Digital = false }],
            _ => [line],
        }, Now);

        Assert.Equal(reason, order.Confirm(stock));
        Assert.Equal(OrderStatus.Submitted, order.Status);
    }

    [Fact]
    public void A_forgotten_shoppers_address_goes_when_the_order_ends()
    {
        var order = Order.Place(Guid.NewGuid(), "USD", [new("A", 1, 1_00)], null, AnAddress, Card, Now);
        typeof(Order).GetProperty(nameof(Order.Forgotten))!.SetValue(order, true);

        order.AwaitPayment(Now);
        Assert.NotNull(order.ShippingAddress);
        order.MarkPaid(Now);
        order.Ship(new Parcel(null, null), Now);
        order.Deliver(null, Now);

        Assert.Null(order.ShippingAddress);
    }

    [Theory]
    [InlineData(1, OrderStatus.Shipped)]
    [InlineData(2, OrderStatus.Delivered)]
    public void An_order_whose_rest_is_taken_back_waits_for_each_parcel_that_is_on_its_way(int arrived, OrderStatus status)
    {
        var order = An.Paid(An.Sending(9_99), new Piece("A", 3, 59_99, Digital: false));
        var parcels = Enumerable.Range(0, 2).Select(_ => order.Ship(new Parcel(null, null, [(order.Lines[0], 1)]), Now)).ToList();
        parcels.Take(arrived).ToList().ForEach(parcel => order.Deliver(parcel.Id, Now));

        var refund = order.CancelRest(An.Kindness, Now);

        Assert.Equal((status, 59_99, 0), (order.Status, refund.Amount, refund.Shipping));
    }

    [Fact]
    public void Where_nothing_was_sent_what_is_delivered_stays_and_the_cost_of_sending_goes_back_too()
    {
        var order = An.Paid(An.Sending(9_99), new Piece("A", 3, 59_99, Digital: false), new Piece("B", 1, 10_00, Digital: true));

        var refund = order.CancelRest(An.Kindness, Now);

        Assert.Equal((OrderStatus.Completed, (3 * 59_99) + 9_99, 9_99), (order.Status, refund.Amount, refund.Shipping));
        Assert.Equal([3, 0], order.Lines.Select(line => line.RefundedQuantity));
    }

    [Fact]
    public void An_order_of_which_nothing_is_delivered_or_sent_has_no_rest()
    {
        var order = An.Paid(null, new Piece("A", 3, 59_99, Digital: false));

        Assert.False(order.HasRest);
        Assert.Throws<InvalidOperationException>(() => order.CancelRest(An.Kindness, Now));
    }

    [Fact]
    public void Prices_include_the_tax_of_the_country_that_the_parcel_goes_to()
    {
        var address = AnAddress with { Country = "DE" };

        Assert.Equal(19_00, Order.Place(Guid.NewGuid(), "EUR", [new("A", 1, 119_00)], null, address, Card, Now).Tax);
        Assert.Equal(0, Order.Place(Guid.NewGuid(), "USD", [new("A", 1, 119_00)], null, null, Card, Now).Tax);
        Assert.Equal(10_00, Order.Place(Guid.NewGuid(), "GBP", [new("A", 1, 60_00)], null, null, Card, Now).Tax);
        Assert.Equal(0, Order.Place(Guid.NewGuid(), "GBP", [new("A", 1, 60_00)], null, null, Card, Now, taxed: false).Tax);
    }

    [Fact]
    public void Numbers_are_short_and_have_no_letter_that_looks_like_another()
    {
        var numbers = Enumerable.Range(0, 1_000).Select(_ => Place().Number).ToList();

        Assert.Equal(1_000, numbers.Distinct(StringComparer.Ordinal).Count());
        Assert.All(numbers, number => Assert.Matches("^[2-9A-HJKMNP-TV-Z]{10}$", number));
    }

    private static readonly PaymentPlan Card = new(PaymentMethod.Card, "sealed", "Test card");

    private static ReservedLine Reserved(bool digital = true) => new("A", Guid.NewGuid(), "Membership", "subscription", "PS5", null, 2, 59_99, digital);

    private static readonly Address AnAddress = new(Guid.CreateVersion7(), "Aloy Sobeck", "1 All-Mother Road", null, "Denver", "CO", "80014", "US", null);

    private static Order Place() => Order.Place(Guid.NewGuid(), "USD", [new("A", 2, 59_99)], null, null, Card, Now);

    private static Order OrderThatIs(OrderStatus status)
    {
        var order = Place();
        order.Confirm(new StockReserved(order.Id, "USD", [Reserved(digital: status is OrderStatus.Completed)], Now));
        foreach (var step in status is OrderStatus.Completed ? ["await payment", "pay"] : Roads[status])
        {
            Steps[step].Step(order);
        }

        Assert.Equal(status, order.Status);
        return order;
    }
}
