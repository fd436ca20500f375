namespace PlayStationStore.Web;

/// <summary>The colour in which lists show where an order stands.</summary>
public static class OrderTone
{
    /// <summary>A class of the style sheet.</summary>
    /// <param name="status">One of <see cref="OrderStatus"/>.</param>
    public static string Class(string status) => status switch
    {
        OrderStatus.Delivered or OrderStatus.Completed or OrderStatus.Shipped => "status-ok",
        OrderStatus.AwaitingShipment or OrderStatus.AwaitingPayment or OrderStatus.PartiallyRefunded => "status-warn",
        OrderStatus.Rejected or OrderStatus.Cancelled => "status-bad",
        _ => "status-now",
    };
}
