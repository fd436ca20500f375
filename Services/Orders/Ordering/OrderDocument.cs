using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>An order as its shopper and staff see it.</summary>
/// <param name="StatusReason">A short word, where the order ended without a sale.</param>
/// <param name="Tax">Included in <paramref name="Total"/>.</param>
/// <param name="Total">What is charged: subtotal − discount + shipping.</param>
/// <param name="ShippingMethod">How parcels are sent; null where nothing is sent, or that is not known yet.</param>
/// <param name="TrackingNumber">Of the parcel that left last.</param>
/// <param name="Shipments">The parcels, in the order in which they left.</param>
/// <param name="Cancellable">Whether the shopper may still take it back.</param>
/// <param name="ReleaseAt">When what was pre-ordered comes out: a card is charged then, and everything is delivered. Null where it is no pre-order.</param>
/// <param name="CouponCode">The first of its coupons.</param>
/// <param name="Coupons">All of its coupons, with what each takes off.</param>
/// <param name="Region">The code of the region whose prices it has; null for what is no goods, and for old orders.</param>
public sealed record OrderDocument(
    Guid Id, string Number, Guid UserId, OrderStatus Status, string? StatusReason, IReadOnlyList<OrderLineDocument> Lines, Money Subtotal, Money Discount,
    Money Shipping, Money Tax, Money Total, string Currency, string? CouponCode, PaymentDocument Payment, Address? ShippingAddress,
    ShippingMethod? ShippingMethod, string? TrackingNumber, IReadOnlyList<ShipmentDocument> Shipments, IReadOnlyList<OrderStep> History,
    IReadOnlyList<RefundDocument> Refunds, bool Cancellable, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? ReleaseAt = null,
    IReadOnlyList<OrderCouponDocument>? Coupons = null, string? Region = null)
{
    /// <summary>The document of an order that is loaded whole.</summary>
    internal static OrderDocument Of(Order order)
    {
        return new OrderDocument(
            order.Id, order.Number, order.UserId, order.Status, order.StatusReason, [.. order.Lines.Select(Line)], In(order.Subtotal), In(order.Discount),
            In(order.Shipping), In(order.Tax), In(order.Total), order.Currency, order.CouponCode,
            new PaymentDocument(
                order.Payment.Method, order.Payment.Description, order.Payment.Status, In(order.Payment.WalletAmount), order.Payment.Card, In(order.Payment.Refunded),
                In(order.Payment.GivenToWallet), order.Payment.PayUntil, order.Payment.PayUntil is null ? null : order.Payment.Refusal),
            order.ShippingAddress, order.ShippingMethod, order.TrackingNumber,
            [.. order.Shipments.Select(parcel => ShipmentDocument.Of(order, parcel))],
            [.. order.History.Select(step => new OrderStep(step.Status, step.At, step.Note))],
            [.. order.Refunds.Select(RefundOf)],
            order.Cancellable, order.CreatedAt, order.UpdatedAt, order.ReleaseAt,
            [.. order.CouponsTaken().Select(coupon => new OrderCouponDocument(coupon.Code, In(coupon.Discount)))], order.Region);

        Money In(long amount) => new(amount, order.Currency);

        OrderLineDocument Line(OrderLine line) => new(
            line.Sku, line.ProductId, line.Name, line.Kind, line.Platform, line.Edition, line.Quantity, In(line.UnitPrice),
            In(line.UnitPrice * line.Quantity), In(line.Discount), line.Digital, line.RefundedQuantity,
            line.Credit == 0 ? null : In(line.Credit), line.Contents, line.Gift,
            line.MemberSaving == 0 ? null : In(line.MemberSaving), line.Membership);

        RefundDocument RefundOf(Refund refund) => new(
            refund.Id, In(refund.Amount), In(refund.Shipping), refund.Reason, refund.Note, refund.CreatedAt, refund.GivenBackAt,
            [.. refund.Lines.Select(line => new RefundedLine(order.Lines.Single(ordered => ordered.Position == line.Position).Sku, line.Quantity, In(line.Amount)))],
            In(refund.GivenToWallet));
    }
}

/// <summary>A coupon of an order.</summary>
/// <param name="Discount">What it takes off the order.</param>
public sealed record OrderCouponDocument(string Code, Money Discount);

/// <summary>A line of an order. What describes the product is null until Products has confirmed the line.</summary>
/// <param name="LineTotal">Before the discount.</param>
/// <param name="Discount">The line's share of the order's discount.</param>
/// <param name="RefundedQuantity">Pieces for which the money went or goes back.</param>
/// <param name="Credit">What the shopper owned of it took off; <paramref name="UnitPrice"/> is what was left. Null where nothing was.</param>
/// <param name="Contents">What comes with it into the library.</param>
/// <param name="Gift">For whom it is, where it is a gift; <c>/api/gifts</c> tells what became of it.</param>
/// <param name="MemberSaving">What the shopper paid less as a member; <paramref name="UnitPrice"/> is what was left. Null where they paid what everybody does.</param>
/// <param name="Membership">The membership that it sells; null where it sells none.</param>
public sealed record OrderLineDocument(
    string Sku, Guid? ProductId, string? Name, string? Kind, string? Platform, string? Edition, int Quantity, Money UnitPrice, Money LineTotal,
    Money Discount, bool Digital, int RefundedQuantity, Money? Credit = null, IReadOnlyList<LineContent>? Contents = null, GiftWish? Gift = null,
    Money? MemberSaving = null, OfferedMembership? Membership = null);

/// <summary>How an order is paid, and how far that has come.</summary>
/// <param name="Description">In words, such as "Wallet and Visa ending 4242".</param>
/// <param name="FromWallet">What of the total the wallet pays.</param>
/// <param name="Card">The card that pays the rest, in words; null where none does.</param>
/// <param name="Refunded">What went back.</param>
/// <param name="GivenToWallet">What of <paramref name="Refunded"/> the card did not take, and is in the wallet instead.</param>
/// <param name="PayUntil">Until when a pre-order whose payment was declined can be paid in another way; null for any other order.</param>
/// <param name="Refusal">Why it was declined, a short word; null where nothing waits for another way to pay.</param>
public sealed record PaymentDocument(
    PaymentMethod Method, string Description, PaymentStatus Status, Money FromWallet, string? Card, Money Refunded, Money GivenToWallet,
    DateTimeOffset? PayUntil = null, string? Refusal = null);

/// <summary>A step that an order has taken.</summary>
/// <param name="Note">What staff wrote with it.</param>
public sealed record OrderStep(OrderStatus Status, DateTimeOffset At, string? Note);

/// <summary>Money that went or goes back for what was delivered.</summary>
/// <param name="Shipping">What of the amount was paid for sending.</param>
/// <param name="Note">A sentence for the shopper.</param>
/// <param name="GivenBackAt">When the payment provider had given it back; null until then.</param>
/// <param name="GivenToWallet">What of <paramref name="Amount"/> the card did not take, and is in the wallet instead.</param>
public sealed record RefundDocument(
    Guid Id, Money Amount, Money Shipping, RefundReason Reason, string? Note, DateTimeOffset CreatedAt, DateTimeOffset? GivenBackAt, IReadOnlyList<RefundedLine> Lines,
    Money GivenToWallet);

/// <summary>Pieces of a line that were given back.</summary>
public sealed record RefundedLine(string Sku, int Quantity, Money Amount);
