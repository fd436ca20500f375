using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>What an order means for the stock.</summary>
internal static class OrderStanding
{
    /// <summary>The goods are out of the house.</summary>
    public const string Sold = "sold";

    /// <summary>The goods are free for others, or never were held.</summary>
    public const string Released = "released";

    /// <summary>The state of the stock in the words of Products, so that nobody else needs to know what an order's status means for it.</summary>
    public static string StockOf(OrderStatus status) => status switch
    {
        OrderStatus.Submitted => "asked",
        OrderStatus.AwaitingPayment => "held",
        OrderStatus.Rejected or OrderStatus.Cancelled or OrderStatus.Refunded => Released,
        _ => Sold,
    };

    /// <summary>The event that says how an order stands now.</summary>
    public static OrderStands Standing(this Order order) => new(
        // What came back broken is in no stock, also where nothing else of the order is left.
        order.Id, order.Lines.Any(line => line.Discarded > 0) ? Sold : order.NothingIsSent ? Released : StockOf(order.Status),
        [.. order.Lines.Where(line => !line.Digital && line.RefundedQuantity - line.Discarded < line.Quantity)
            .Select(line => new OrderPieces(line.Sku, line.Quantity - line.RefundedQuantity + line.Discarded))],
        order.Version);
}
