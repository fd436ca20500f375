namespace PlayStationStore.Web;

/// <summary>Where the money of an order is, in the words of its page.</summary>
public static class OrderMoney
{
    /// <summary>The heading above the order's sums.</summary>
    /// <param name="order">The order.</param>
    public static string Heading(OrderView order) => order.Payment?.Status switch
    {
        PaymentStatus.Refunding => WasPaid(order) ? "Going back to you" : "Being settled",
        PaymentStatus.Refunded => "Refunded",
        PaymentStatus.Void or PaymentStatus.Declined => "Not charged",
        _ when order.Status == OrderStatus.Refunded => "Going back to you",
        _ when WasPaid(order) => order.Total.Amount == 0 ? "Nothing to pay" : "Paid",
        _ => Ended(order) ? "Not charged" : "To pay",
    };

    /// <summary>What became of the money of an order that has ended early; null where that is not known.</summary>
    /// <param name="order">The order.</param>
    public static string? Outcome(OrderView order) => (order.Payment?.Status, Ended(order)) switch
    {
        (PaymentStatus.Refunding, _) when WasPaid(order) => "Your money is on its way back.",
        (PaymentStatus.Refunding, _) => $"Should your {Source(order)} have been charged already, the money is on its way back.",
        (PaymentStatus.Refunded, _) => $"{GivenBack(order)} went back to your {Source(order)}.",
        (PaymentStatus.Void or PaymentStatus.Declined, _) => "Nothing was charged.",
        (_, true) when !WasPaid(order) => "Nothing was charged.",
        (_, true) => "What was paid goes back the way you paid.",
        _ => null,
    };

    /// <summary>What has gone back; null where nothing has.</summary>
    /// <param name="order">The order.</param>
    public static Money? GivenBack(OrderView order) => order.Payment switch
    {
        { Refunded: { Amount: > 0 } amount } => amount,
        { Status: PaymentStatus.Refunded } => order.Total,
        _ => null,
    };

    /// <summary>When it went back, or else when the order ended, at which the store begins to pay back; null where it has not ended.</summary>
    /// <param name="order">The order.</param>
    public static DateTimeOffset? EndedAt(OrderView order) =>
        order.ReachedAt(OrderStatus.Refunded) ?? order.ReachedAt(OrderStatus.Cancelled) ?? order.ReachedAt(OrderStatus.Rejected);

    /// <summary>Nothing is delivered any more, and nothing kept of the money.</summary>
    /// <param name="order">The order.</param>
    public static bool Ended(OrderView order) => order.Status is OrderStatus.Rejected or OrderStatus.Cancelled or OrderStatus.Refunded;

    /// <summary>It is known to have been charged, which it is not while a provider has not answered.</summary>
    /// <param name="order">The order.</param>
    public static bool WasPaid(OrderView order) => order.ReachedAt(OrderStatus.Paid) is not null;

    /// <summary>What it was paid from: <c>card</c> or <c>wallet</c>.</summary>
    /// <param name="order">The order.</param>
    public static string Source(OrderView order) => order.Payment?.Method == "wallet" ? "wallet" : "card";
}
