namespace PlayStationStore.Orders;

/// <summary>What of an order a shopper may send back.</summary>
internal static class ReturnRules
{
    /// <summary>How long after the delivery of the order's last parcel a return may be asked for.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(30);

    /// <summary>When a return can no longer be asked for; null while the order is not delivered.</summary>
    public static DateTimeOffset? Until(Order order) => order.DeliveredAt + Window;

    /// <summary>Pieces of a line that a return may be asked for.</summary>
    /// <param name="order">The order.</param>
    /// <param name="line">One of its lines.</param>
    /// <param name="returns">The returns of the order.</param>
    /// <param name="now">The time.</param>
    public static int Left(Order order, OrderLine line, IEnumerable<Return> returns, DateTimeOffset now) =>
        line.Digital || !order.Refundable || !(now < Until(order)) ? 0 : Math.Max(0, line.Quantity - line.RefundedQuantity
            - returns.Where(back => back.Status is ReturnStatus.Requested).SelectMany(back => back.Lines)
                .Where(sent => sent.Position == line.Position).Sum(sent => sent.Outstanding));
}
