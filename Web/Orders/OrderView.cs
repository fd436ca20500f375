namespace PlayStationStore.Web;

/// <summary>An order as Orders tells it.</summary>
/// <param name="Status">One of <see cref="OrderStatus"/>; a newer word is shown as it stands.</param>
/// <param name="StatusReason">Why it was rejected or cancelled, as a short word.</param>
/// <param name="ShippingAddress">Where physical goods go, as it was at placement.</param>
/// <param name="Cancellable">The shopper may still cancel.</param>
/// <param name="ShippingMethod">How parcels are sent; null where nothing is, or that is not known yet.</param>
/// <param name="Shipments">The parcels, in the order in which they left.</param>
/// <param name="Refunds">What went back after it was delivered, oldest first.</param>
/// <param name="ReleaseAt">When what was pre-ordered comes out; null where it is no pre-order.</param>
/// <param name="Coupons">Its coupons; null where Orders does not tell them one by one.</param>
public sealed record OrderView(
    Guid Id, string Number, string Status, string? StatusReason, IReadOnlyList<OrderLineView> Lines, Guid? UserId,
    Money Subtotal, Money Discount, Money Shipping, Money Tax, Money Total, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    AddressView? ShippingAddress, OrderPaymentView? Payment, string? CouponCode, string? TrackingNumber,
    IReadOnlyList<OrderMoment> History, bool Cancellable, IReadOnlyList<RefundView>? Refunds = null,
    ShippingMethodView? ShippingMethod = null, IReadOnlyList<ShipmentView>? Shipments = null, DateTimeOffset? ReleaseAt = null,
    IReadOnlyList<OrderCouponView>? Coupons = null)
{
    /// <summary>Its coupons, of which an order of before there could be several tells the code of the one.</summary>
    public IReadOnlyList<OrderCouponView> CouponsTaken => Coupons ?? (CouponCode is null ? [] : [new OrderCouponView(CouponCode, Discount)]);

    /// <summary>It waits for the day on which what was pre-ordered comes out.</summary>
    public bool Waits => ReleaseAt is not null && (Status == OrderStatus.Paid || (Status == OrderStatus.AwaitingPayment && Payment?.Status == PaymentStatus.Waiting));

    /// <summary>It is out, its payment was declined, and it can be paid in another way.</summary>
    public bool AwaitsOtherPayment => Status == OrderStatus.AwaitingPayment && Payment is { Status: PaymentStatus.Declined, PayUntil: not null };

    /// <summary>It is delivered, and something of it has not gone back.</summary>
    public bool Refundable => Status is OrderStatus.Completed or OrderStatus.Delivered or OrderStatus.PartiallyRefunded;

    /// <summary>What was paid for sending and has not gone back, in minor units.</summary>
    public long ShippingLeft => Shipping.Amount - (Refunds ?? []).Sum(refund => refund.Shipping?.Amount ?? 0);

    /// <summary>Nothing more will happen to the order by itself.</summary>
    public bool Final => OrderStatus.Final.Contains(Status);

    /// <summary>Something of it is sent by mail.</summary>
    public bool Physical => ShippingAddress is not null || Lines.Any(line => line is { Digital: false, Name: not null });

    /// <summary>What of it should have been sent was cancelled before anything was, and what is digital is delivered.</summary>
    public bool NotSent => Lines.Any(line => line is { Digital: false, Name: not null }) && ReachedAt(OrderStatus.Completed) is not null;

    /// <summary>All of it is gift cards, which are codes and go into no library.</summary>
    public bool OnlyGiftCards => Lines.All(line => line.Kind == "giftCard");

    /// <summary>All of it is memberships, which begin and go into no library.</summary>
    public bool OnlyMemberships => Lines.All(line => line.Membership is not null);

    /// <summary>It fills the wallet, and holds nothing else.</summary>
    public bool FillsWallet => Lines.All(line => line.Kind == "walletFunds");

    /// <summary>All of it is given to friends.</summary>
    public bool OnlyGifts => Lines.All(line => line.Gift is not null);

    /// <summary>When it came to a status, or null where it has not.</summary>
    /// <param name="status">One of <see cref="OrderStatus"/>.</param>
    public DateTimeOffset? ReachedAt(string status) => History.FirstOrDefault(moment => moment.Status == status)?.At;
}

/// <summary>A coupon of an order.</summary>
/// <param name="Discount">What it took off the order.</param>
public sealed record OrderCouponView(string Code, Money Discount);

/// <summary>A line of an order.</summary>
/// <param name="Name">Null, as are what follows, until Products has confirmed the line.</param>
/// <param name="RefundedQuantity">Pieces that were given back.</param>
/// <param name="Credit">What the shopper owned of it took off before; null where nothing was.</param>
/// <param name="Contents">What comes with it into the library.</param>
/// <param name="Gift">For whom it is, where it is a gift.</param>
public sealed record OrderLineView(
    string Sku, Guid? ProductId, string? Name, string? Kind, string? Platform, string? Edition, int Quantity, Money UnitPrice, Money LineTotal,
    Money? Discount, bool Digital, int RefundedQuantity = 0, Money? Credit = null, IReadOnlyList<LineContentView>? Contents = null, GiftWish? Gift = null,
    Money? MemberSaving = null, SoldMembership? Membership = null);

/// <summary>Something that a line brings into the library beside itself.</summary>
public sealed record LineContentView(string Sku, string Name, string? Platform, string? Edition);

/// <summary>How an order is paid, and how far that has come.</summary>
/// <param name="Status">One of <see cref="PaymentStatus"/>, or null.</param>
/// <param name="Refunded">What went back to the shopper.</param>
/// <param name="FromWallet">What of the total the wallet pays.</param>
/// <param name="GivenToWallet">What of <paramref name="Refunded"/> the card did not take, and is in the wallet instead.</param>
/// <param name="PayUntil">Until when what was declined can be paid in another way; null where it cannot.</param>
/// <param name="Refusal">Why it was declined, as a short word.</param>
public sealed record OrderPaymentView(
    string Method, string? Description, string? Status = null, Money? Refunded = null, Money? FromWallet = null, Money? GivenToWallet = null,
    DateTimeOffset? PayUntil = null, string? Refusal = null);

/// <summary>Where a payment stands, as far as pages tell it apart.</summary>
public static class PaymentStatus
{
    public const string Waiting = "waiting";
    public const string Declined = "declined";
    public const string Refunding = "refunding";
    public const string Refunded = "refunded";
    public const string Void = "void";
}

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
        new HashSet<string>(StringComparer.Ordinal) { Delivered, Completed, Rejected, Cancelled, PartiallyRefunded, Refunded };

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

    /// <summary>Where an order stands, in the words of a list.</summary>
    /// <param name="order">The order.</param>
    public static string Label(OrderView order) => (order.Status, order.Payment?.Status) switch
    {
        (Cancelled, PaymentStatus.Refunded) => "Cancelled, refunded",
        (AwaitingShipment, _) when OrderParcels.PartlySent(order) => "Partly sent",
        _ when order.AwaitsOtherPayment => "Pay in another way",
        (Rejected, PaymentStatus.Refunded) => "Not completed, refunded",
        _ => Label(order.Status),
    };

    /// <summary>Why an order ended without being delivered, as a shopper is told. What became of the money is for <see cref="OrderMoney"/>.</summary>
    /// <param name="reason">The order's reason.</param>
    public static string Reason(string? reason) => reason switch
    {
        "soldOut" => "Something in it had sold out.",
        "unknown" or "withdrawn" => "Something in it is no longer sold.",
        "priceChanged" => "A price had changed since you saw it.",
        "currency" => "Something in it is not sold in this currency.",
        "declined" => "The card was declined.",
        "insufficientFunds" => "The wallet did not hold enough.",
        "couponInvalid" => "A coupon could not be used.",
        "addressRequired" => "It needs an address to be sent to.",
        "alreadyOwned" => "Something in it is in your library already.",
        "preorderAlone" => "A pre-order is ordered by itself.",
        "gameNeeded" => "An add-on in it needs its game, which is not in your library.",
        "onlyOne" => "Something in it is bought once, and the order had more of it.",
        "cancelledByShopper" => "You cancelled it.",
        "cancelledByStaff" => "The store cancelled it.",
        "paymentTimeout" => "The payment was not completed in time.",
        "shippingChanged" => "What sending it costs had changed.",
        "notServed" => "The store does not send parcels to that country.",
        "noAnswer" => "It could not be checked in time.",
        _ => "It could not be completed.",
    };
}
