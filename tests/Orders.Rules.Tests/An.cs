using PlayStationStore.Contracts;

namespace PlayStationStore.Orders.Rules.Tests;

/// <summary>Orders for the tests of rules, without a service or a database.</summary>
internal static class An
{
    public static readonly DateTimeOffset Instant = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly PaymentPlan Card = new(PaymentMethod.Card, "sealed", "Test card");
    public static readonly RefundGrant Kindness = new(RefundReason.Goodwill, null, Guid.NewGuid(), ByStaff: true);

    public static Address Address(string country = "US") =>
        new(Guid.CreateVersion7(), "Aloy Sobeck", "1 All-Mother Road", null, "Denver", "CO", "80014", country, null);

    /// <summary>An order as it was accepted: with an address where something of it is a parcel.</summary>
    public static Order Order(PaymentPlan? payment, ShippingQuote? sending, params Piece[] pieces) => Orders.Order.Place(
        Guid.NewGuid(), "USD", [.. pieces.Select(piece => new OrderedLine(piece.Sku, piece.Quantity, piece.UnitPrice))], null,
        pieces.Any(piece => !piece.Digital) ? Address() : null, payment ?? Card, Instant, sending);

    /// <summary>An order that Products has vouched for.</summary>
    public static Order Confirmed(ShippingQuote? sending, params Piece[] pieces)
    {
        var order = Order(null, sending, pieces);
        Assert.Null(order.Confirm(Stock(order, pieces)));
        return order;
    }

    /// <summary>An order that is paid, and delivered where it is digital.</summary>
    public static Order Paid(ShippingQuote? sending, params Piece[] pieces)
    {
        var order = Confirmed(sending, pieces);
        order.AwaitPayment(Instant);
        order.MarkPaid(Instant);
        return order;
    }

    /// <summary>An order whose parcels have arrived.</summary>
    public static Order Delivered(ShippingQuote? sending, params Piece[] pieces)
    {
        var order = Paid(sending, pieces);
        order.Ship(new Parcel(null, null), Instant);
        order.Deliver(null, Instant);
        return order;
    }

    public static StockReserved Stock(Order order, params Piece[] pieces) => new(order.Id, order.Currency, [.. pieces.Select(piece => piece.Reserved())], Instant);

    public static ShippingQuote Sending(long cost) => new(new ShippingMethod("express", "Express", 1, 2), cost, null);
}

/// <summary>What is ordered, and what Products says of it.</summary>
internal sealed record Piece(string Sku, int Quantity, long UnitPrice, bool Digital, string Kind = "subscription", DateTimeOffset? PreorderUntil = null)
{
    public ReservedLine Reserved() => new(Sku, Guid.NewGuid(), Sku, Kind, "PS5", null, Quantity, UnitPrice, Digital, PreorderUntil: PreorderUntil);
}
