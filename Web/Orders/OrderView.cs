namespace PlayStationStore.Web;

/// <summary>An order as Orders tells it.</summary>
/// <param name="Status">One of <see cref="OrderStatus"/>; a newer word is shown as it stands.</param>
/// <param name="StatusReason">Why it was rejected or cancelled, as a short word.</param>
/// <param name="ShippingAddress">Where physical goods go, as it was at placement.</param>
/// <param name="Cancellable">The shopper may still cancel.</param>
public sealed record OrderView(
    Guid Id, string Number, string Status, string? StatusReason, IReadOnlyList<OrderLineView> Lines, Guid? UserId,
    Money Subtotal, Money Discount, Money Shipping, Money Tax, Money Total, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    AddressView? ShippingAddress, OrderPaymentView? Payment, string? CouponCode, string? TrackingNumber,
    IReadOnlyList<OrderMoment> History, bool Cancellable)
{
    /// <summary>Nothing more will happen to the order by itself.</summary>
    public bool Final => OrderStatus.Final.Contains(Status);

    /// <summary>Something of it is sent by mail.</summary>
    public bool Physical => ShippingAddress is not null || Lines.Any(line => line is { Digital: false, Name: not null });

    /// <summary>When it came to a status, or null where it has not.</summary>
    /// <param name="status">One of <see cref="OrderStatus"/>.</param>
    public DateTimeOffset? ReachedAt(string status) => History.FirstOrDefault(moment => moment.Status == status)?.At;
}

/// <summary>A line of an order.</summary>
/// <param name="Name">Null, as are what follows, until Products has confirmed the line.</param>
public sealed record OrderLineView(
    string Sku, Guid? ProductId, string? Name, string? Kind, string? Platform, string? Edition, int Quantity, Money UnitPrice, Money LineTotal,
    Money? Discount, bool Digital);

/// <summary>How an order is paid.</summary>
public sealed record OrderPaymentView(string Method, string? Description);

/// <summary>A status, and when the order came to it.</summary>
/// <param name="Note">What staff wrote with it.</param>
public sealed record OrderMoment(string Status, DateTimeOffset At, string? Note = null);

/// <summary>The words for where an order stands.</summary>
public static class OrderStatus
{
    public const string Submitted = "submitted";
    public const string AwaitingPayment = "awaitingPayment";
    public const string Paid = "paid";
    public const string AwaitingShipment = "awaitingShipment";
    public const string Shipped = "shipped";
    public const string Delivered = "delivered";
    public const string Completed = "completed";
    public const string Rejected = "rejected";
    public const string Cancelled = "cancelled";
    public const string PartiallyRefunded = "partiallyRefunded";
    public const string Refunded = "refunded";

    /// <summary>Where nothing more happens by itself.</summary>
    public static readonly IReadOnlySet<string> Final =
        new HashSet<string>(StringComparer.Ordinal) { Delivered, Completed, Rejected, Cancelled, Refunded };

    /// <summary>All, in the order in which they come.</summary>
    public static readonly IReadOnlyList<string> All =
        [Submitted, AwaitingPayment, Paid, AwaitingShipment, Shipped, Delivered, Completed, Rejected, Cancelled, PartiallyRefunded, Refunded];

    /// <summary>The word as people read it.</summary>
    /// <param name="status">One of these.</param>
    public static string Label(string status) => status switch
    {
        Submitted => "Placed",
        AwaitingPayment => "Waiting for payment",
        Paid => "Paid",
        AwaitingShipment => "Packing",
        Shipped => "On its way",
        Delivered => "Delivered",
        Completed => "Completed",
        Rejected => "Not completed",
        Cancelled => "Cancelled",
        PartiallyRefunded => "Partly refunded",
        Refunded => "Refunded",
        _ => status,
    };

    /// <summary>Why an order ended without being delivered, as a shopper is told.</summary>
    /// <param name="reason">The order's reason.</param>
    public static string Reason(string? reason) => reason switch
    {
        "soldOut" => "Something in it had sold out. Nothing was charged.",
        "unknown" or "withdrawn" => "Something in it is no longer sold. Nothing was charged.",
        "priceChanged" => "A price had changed since you saw it. Nothing was charged.",
        "currency" => "Something in it is not sold in this currency. Nothing was charged.",
        "declined" => "The card was declined. Nothing was charged.",
        "insufficientFunds" => "The wallet did not hold enough. Nothing was charged.",
        "couponInvalid" => "The coupon could not be used. Nothing was charged.",
        "addressRequired" => "It needs an address to be sent to. Nothing was charged.",
        "cancelledByShopper" => "You cancelled it. What was paid goes back the way it came.",
        "cancelledByStaff" => "The store cancelled it. What was paid goes back the way it came.",
        "paymentTimeout" => "The payment was not completed in time. Nothing was charged.",
        _ => "It could not be completed.",
    };
}
