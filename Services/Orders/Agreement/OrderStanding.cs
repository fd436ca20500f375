using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>What an order means for the stock.</summary>
internal static class OrderStanding
{
    /// <summary>The state of the stock in the words of Products, so that nobody else needs to know what an order's status means for it.</summary>
    public static string StockOf(OrderStatus status) => status switch
    {
        OrderStatus.Submitted => "asked",
        OrderStatus.AwaitingPayment => "held",
        OrderStatus.Rejected or OrderStatus.Cancelled or OrderStatus.Refunded => "released",
        _ => "sold",
    };

    /// <summary>The event that says how an order stands now.</summary>
    public static OrderStands Standing(this Order order) => new(
        order.Id, StockOf(order.Status),
        [.. order.Lines.Where(line => !line.Digital && line.RefundedQuantity < line.Quantity)
            .Select(line => new OrderPieces(line.Sku, line.Quantity - line.RefundedQuantity))],
        order.Version);
}
