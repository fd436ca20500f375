namespace PlayStationStore.Web;

/// <summary>A step of an order on its way to the shopper.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="State"><c>done</c>, <c>now</c>, <c>next</c> or <c>failed</c>.</param>
/// <param name="At">When it was reached.</param>
public sealed record OrderStep(string Title, string State, DateTimeOffset? At);

/// <summary>Where an order stands, in the steps and the sentence of its page.</summary>
public static class OrderProgress
{
    private static readonly (string Status, string Title)[] Sent =
    [
        (OrderStatus.Submitted, "Placed"),
        (OrderStatus.AwaitingPayment, "Stock reserved"),
        (OrderStatus.Paid, "Paid"),
        (OrderStatus.AwaitingShipment, "Packing"),
        (OrderStatus.Shipped, "On its way"),
        (OrderStatus.Delivered, "Delivered"),
    ];

    private static readonly (string Status, string Title)[] Unsent = [.. Sent[..^2], (OrderStatus.Completed, "Rest cancelled")];

    private static readonly (string Status, string Title)[] Downloaded =
    [
        (OrderStatus.Submitted, "Placed"),
        (OrderStatus.AwaitingPayment, "Reserved"),
        (OrderStatus.Paid, "Paid"),
        (OrderStatus.Completed, "In your library"),
    ];

    private static readonly (string Status, string Title)[] Filled = [.. Downloaded[..^1], (OrderStatus.Completed, "In your wallet")];

    private static readonly (string Status, string Title)[] Given = [.. Downloaded[..^1], (OrderStatus.Completed, "Mailed")];

    private static readonly (string Status, string Title)[] Codes = [.. Downloaded[..^1], (OrderStatus.Completed, "Code ready")];

    private static readonly (string Status, string Title)[] Memberships = [.. Downloaded[..^1], (OrderStatus.Completed, "A member")];

    /// <summary>The steps: six for what is sent, five where that was cancelled, four for what is downloaded.</summary>
    /// <param name="order">The order.</param>
    public static IReadOnlyList<OrderStep> Steps(OrderView order)
    {
        var road = order.NotSent ? Unsent : order.Physical ? Sent : order.OnlyGiftCards ? Codes : order.OnlyGifts ? Given : order.FillsWallet ? Filled : order.OnlyMemberships ? Memberships : Downloaded;
        var reached = Array.FindLastIndex(road, step => step.Status == order.Status || order.ReachedAt(step.Status) is not null);
        if (OrderMoney.Ended(order))
        {
            var end = new OrderStep(OrderStatus.Label(order.Status), order.Status == OrderStatus.Refunded ? "done" : "failed", order.ReachedAt(order.Status) ?? order.UpdatedAt);
            return [.. road.Take(reached + 1).Select(step => new OrderStep(step.Title, "done", order.ReachedAt(step.Status))), end];
        }

        // The last step is reached by being there; before that, the one that was reached is the one that is under way.
        var complete = order.Status is OrderStatus.Completed or OrderStatus.Delivered or OrderStatus.PartiallyRefunded;
        return [.. road.Select((step, index) => new OrderStep(
            step.Title,
            complete || index < reached ? "done" : index == reached ? "now" : "next",
            order.ReachedAt(step.Status)))];
    }

    /// <summary>What is happening, in a sentence.</summary>
    /// <param name="order">The order.</param>
    public static string Headline(OrderView order) => order.Status switch
    {
        _ when order.Waits => $"{(order.Status == OrderStatus.Paid ? "Pre-ordered and paid" : "Pre-ordered, charged on the day")}: it comes out on {CatalogWords.Date(order.ReleaseAt!.Value)}",
        _ when order.AwaitsOtherPayment => "It is out, and not paid yet",
        OrderStatus.Submitted => "Your order is placed and being checked",
        OrderStatus.AwaitingPayment => "Everything is reserved, waiting for the payment",
        OrderStatus.Paid => order.Physical ? "Paid, on to the warehouse" : order.OnlyGiftCards ? "Paid, the code is being made" : order.OnlyGifts ? "Paid, the gift is being wrapped" : order.FillsWallet ? "Paid, on its way into your wallet" : order.OnlyMemberships ? "Paid, your membership begins" : "Paid, on its way into your library",
        OrderStatus.AwaitingShipment => OrderParcels.PartlySent(order) ? "A part of your order is on its way" : "Your order is being packed",
        OrderStatus.Shipped => "Your order is on its way",
        OrderStatus.Delivered => "Delivered. Have fun",
        OrderStatus.Completed => order.NotSent ? "What was not sent is cancelled" : order.OnlyGiftCards ? "Your code is ready" : order.OnlyGifts ? "Your gift is on its way" : order.FillsWallet ? "It is in your wallet" : order.OnlyMemberships ? "You are a member. Have fun" : "It is yours. Have fun",
        OrderStatus.Rejected => "This order was not completed",
        OrderStatus.Cancelled => order.Payment?.Status switch
        {
            PaymentStatus.Refunded => "This order is cancelled and refunded",
            PaymentStatus.Refunding when OrderMoney.WasPaid(order) => "This order is cancelled, and your money is on its way back",
            _ => "This order is cancelled",
        },
        OrderStatus.Refunded => "All of this order is given back",
        OrderStatus.PartiallyRefunded => "A part of this order is given back",
        _ => OrderStatus.Label(order.Status),
    };

    /// <summary>What happened to an order, newest first: its history, and, where it goes in more than one parcel, each of them.</summary>
    /// <param name="order">The order.</param>
    /// <returns>When, the status that it led to, and words for it.</returns>
    public static IReadOnlyList<(DateTimeOffset At, string Status, string Words)> Moments(OrderView order)
    {
        var split = OrderParcels.Split(order);
        var history = order.History.Where(moment => !split || moment.Status is not (OrderStatus.Shipped or OrderStatus.Delivered))
            .Select(moment => (moment.At, moment.Status, Words: Happened(order, moment)));
        var parcels = (split ? order.Shipments! : []).Index().SelectMany(parcel => new (DateTimeOffset? At, string Status, string Words)[]
        {
            (parcel.Item.ShippedAt, OrderStatus.Shipped,
                $"Parcel {parcel.Index + 1} sent" + (parcel.Item.TrackingNumber is { Length: > 0 } number ? $", tracking number {number}" : null)),
            (parcel.Item.DeliveredAt, OrderStatus.Delivered, $"Parcel {parcel.Index + 1} delivered"),
        }).Where(moment => moment.At is not null).Select(moment => (At: moment.At!.Value, moment.Status, moment.Words));
        return [.. history.Concat(parcels).OrderBy(moment => moment.At).Reverse()];
    }

    /// <summary>What a moment of the order's history meant.</summary>
    /// <param name="order">The order.</param>
    /// <param name="moment">One of its moments.</param>
    public static string Happened(OrderView order, OrderMoment moment) => moment.Status switch
    {
        OrderStatus.Submitted => "Order placed",
        OrderStatus.AwaitingPayment => order.Physical ? "Stock reserved" : "Prices confirmed",
        OrderStatus.Paid => order.Total.Amount == 0 ? "Nothing to pay" : $"{order.Total} paid" + order.Payment switch
        {
            { Method: "wallet" } => " from the wallet",
            { FromWallet.Amount: > 0 } => " by wallet and card",
            _ => " by card",
        },
        OrderStatus.AwaitingShipment => "Packing began",
        OrderStatus.Shipped => order.TrackingNumber is { Length: > 0 } number ? $"Sent, tracking number {number}" : "Sent",
        OrderStatus.Delivered => "Delivered",
        OrderStatus.Completed when order.NotSent => moment.Note is { Length: > 0 } note ? $"What was not sent was cancelled: {note}" : "What was not sent was cancelled",
        OrderStatus.Completed => order.OnlyGiftCards ? "Code made" : order.OnlyGifts ? "Mailed to your friend" : order.FillsWallet ? "Added to your wallet" : order.OnlyMemberships ? "The membership began" : "Added to your library",
        OrderStatus.Rejected => OrderStatus.Reason(order.StatusReason),
        OrderStatus.PartiallyRefunded => "A part was given back",
        OrderStatus.Refunded => "All of it is given back",
        OrderStatus.Cancelled when moment.Note is { Length: > 0 } note => $"Cancelled by the store: {note}",
        OrderStatus.Cancelled => order.StatusReason == "cancelledByStaff" ? "Cancelled by the store" : "Cancelled by the customer",
        _ => OrderStatus.Label(moment.Status),
    };
}
