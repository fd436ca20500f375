namespace PlayStationStore.Contracts;

/// <summary>A line as the shopper ordered it.</summary>
/// <param name="UnitPrice">The price that the shopper saw, in minor units of the order's currency.</param>
public sealed record OrderedLine(string Sku, int Quantity, long UnitPrice);

/// <summary>An order is accepted; stock is to be reserved for it.</summary>
/// <param name="Region">The code of the region whose prices the shopper saw; null for the first that has the currency.</param>
public sealed record OrderSubmitted(
    Guid OrderId, string Number, Guid UserId, string Currency, IReadOnlyList<OrderedLine> Lines, DateTimeOffset SubmittedAt, string? Region = null);

/// <summary>The order is charged, and something of it is still to come; what is held for it is sold.</summary>
/// <param name="Held">False where Products holds nothing for it: what is digital is in no stock.</param>
public sealed record OrderPaid(Guid OrderId, string Number, Guid UserId, Money Total, DateTimeOffset PaidAt, bool Held = true);

/// <summary>The receipt of an order that was paid is to be mailed once more; what it says is asked of Orders when it is written.</summary>
/// <param name="Mailing">1 for the first time that it is asked for, and one more each time; <see cref="OrderPaid"/>, or <see cref="OrderCompleted"/>, was the first mail.</param>
public sealed record ReceiptToBeMailed(Guid OrderId, string Number, Guid UserId, Money Total, DateTimeOffset PaidAt, int Mailing, DateTimeOffset AskedAt);

/// <summary>The charge was refused; what is held for the order is to be released.</summary>
/// <param name="Waited">Its shopper had days to pay in another way (<see cref="PaymentPostponed"/>), and has not.</param>
public sealed record PaymentFailed(Guid OrderId, string Number, Guid UserId, string Reason, bool Waited = false);

/// <summary>A pre-order is out and its charge was refused: it stays, with all that is held for it, and can be paid in another way for some days.</summary>
/// <param name="Reason">A short word for programs, such as <c>declined</c>.</param>
/// <param name="Payment">What was refused, in words for the shopper.</param>
/// <param name="PayUntil">When it ends unless it is paid.</param>
public sealed record PaymentPostponed(
    Guid OrderId, string Number, Guid UserId, string Reason, Money Total, string Payment, DateTimeOffset PayUntil, DateTimeOffset At);

/// <summary>The order ended before anything was charged.</summary>
/// <param name="Reason">A short word for programs, such as <c>soldOut</c> or <c>priceChanged</c>.</param>
public sealed record OrderRejected(Guid OrderId, string Number, Guid UserId, string Reason);

/// <summary>The shopper or staff cancelled the order before shipment; what was held or sold for it is to be released.</summary>
public sealed record OrderCancelled(Guid OrderId, string Number, Guid UserId, DateTimeOffset CancelledAt);

/// <summary>Physical lines of the order are on their way.</summary>
/// <param name="ShipmentId">The parcel.</param>
/// <param name="TrackingUrl">Where the carrier tells where it is; null where that is not known.</param>
/// <param name="Lines">What is in it.</param>
/// <param name="Whole">Whether all of the order is on its way by now; else something still waits to be sent.</param>
public sealed record OrderShipped(
    Guid OrderId, string Number, Guid UserId, string? TrackingNumber, DateTimeOffset ShippedAt,
    Guid? ShipmentId = null, string? Carrier = null, string? TrackingUrl = null, IReadOnlyList<SoldLine>? Lines = null, bool Whole = true);

/// <summary>A line that was sold, for best sellers and the like.</summary>
/// <param name="Gift">It was bought for a friend, who owns it once it is redeemed: see <see cref="GiftRedeemed"/>.</param>
public sealed record SoldLine(Guid ProductId, string Sku, int Quantity, bool Gift = false);

/// <summary>Everything in the order is delivered.</summary>
/// <param name="PaidAtOnce">It was charged in the same moment, as an order is that is digital as a whole: no <see cref="OrderPaid"/> tells of that.</param>
/// <param name="RestCancelled">A part of it was not sent and never will be; its money goes back.</param>
public sealed record OrderCompleted(
    Guid OrderId, string Number, Guid UserId, IReadOnlyList<SoldLine> Lines, Money Total, DateTimeOffset CompletedAt, bool PaidAtOnce = false,
    bool RestCancelled = false);

/// <summary>Money went back to the shopper for some or all lines.</summary>
/// <param name="StockTold">What is left is told by <see cref="OrderStands"/>, or <see cref="ReturnReceived"/>; this event changes no stock.</param>
public sealed record OrderRefunded(
    Guid OrderId, string Number, Guid UserId, Money Refunded, IReadOnlyList<SoldLine> Lines, bool Whole, DateTimeOffset RefundedAt,
    bool StockTold = false);

/// <summary>A card did not take back what was to go there; it is in the shopper's wallet instead.</summary>
public sealed record RefundWentToWallet(Guid OrderId, string Number, Guid UserId, Money Amount, DateTimeOffset At);

/// <summary>Pieces of one variant.</summary>
public sealed record OrderPieces(string Sku, int Quantity);

/// <summary>
/// How an order stands, whole and without regard to what was told before: told to who asks, and again until Products agrees where goods come
/// back. Nobody but Products needs to hear it.
/// </summary>
/// <param name="Stock">
/// What Products must have of it: <c>asked</c> or <c>held</c> while it is under way, <c>sold</c>, or <c>released</c>; also for one that nobody knows.
/// </param>
/// <param name="Lines">The physical lines, without what was given back.</param>
/// <param name="Version">Grows with every change of the order.</param>
public sealed record OrderStands(Guid OrderId, string Stock, IReadOnlyList<OrderPieces> Lines, long Version);

/// <summary>Something that the store cannot mend by itself; its administrators are to look.</summary>
/// <param name="Link">A page of the back office, from its root.</param>
public sealed record AdministratorsTold(string Title, string Text, string Link, DateTimeOffset At);
