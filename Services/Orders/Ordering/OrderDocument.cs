using System.Linq.Expressions;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>An order as its shopper and staff see it.</summary>
/// <param name="StatusReason">A short word, where the order ended without a sale.</param>
/// <param name="Tax">Included in <paramref name="Total"/>.</param>
/// <param name="Total">What is charged.</param>
/// <param name="Cancellable">Whether the shopper may still take it back.</param>
public sealed record OrderDocument(
    Guid Id, string Number, Guid UserId, OrderStatus Status, string? StatusReason, IReadOnlyList<OrderLineDocument> Lines, Money Subtotal, Money Discount,
    Money Shipping, Money Tax, Money Total, string Currency, string? CouponCode, PaymentDocument Payment, Address? ShippingAddress,
    string? TrackingNumber, IReadOnlyList<OrderStep> History, bool Cancellable, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static readonly Expression<Func<Order, OrderDocument>> Projection = order => new OrderDocument(
        order.Id, order.Number, order.UserId, order.Status, order.StatusReason,
        order.Lines.OrderBy(line => line.Position).Select(line => new OrderLineDocument(
            line.Sku, line.ProductId, line.Name, line.Kind, line.Platform, line.Edition, line.Quantity, new Money(line.UnitPrice, order.Currency),
            new Money(line.UnitPrice * line.Quantity, order.Currency), new Money(line.Discount, order.Currency), line.Digital)).ToList(),
        new Money(order.Subtotal, order.Currency), new Money(order.Discount, order.Currency), new Money(order.Shipping, order.Currency),
        new Money(order.Tax, order.Currency), new Money(order.Total, order.Currency), order.Currency, order.CouponCode,
        new PaymentDocument(
            order.Payment.Method, PaymentMethods.Describe(order.Payment.Method), order.Payment.Status, new Money(order.Payment.Refunded, order.Currency)),
        order.ShippingAddress, order.TrackingNumber,
        order.History.OrderBy(step => step.Position).Select(step => new OrderStep(step.Status, step.At, step.Note)).ToList(),
        order.Status == OrderStatus.Submitted || order.Status == OrderStatus.AwaitingPayment || order.Status == OrderStatus.Paid
            || order.Status == OrderStatus.AwaitingShipment,
        order.CreatedAt, order.UpdatedAt);

    private static readonly Func<Order, OrderDocument> InMemory = Projection.Compile();

    /// <summary>The document of an order that is loaded whole.</summary>
    internal static OrderDocument Of(Order order) => InMemory(order);
}

/// <summary>A line of an order. What describes the product is null until Products has confirmed the line.</summary>
/// <param name="LineTotal">Before the discount.</param>
/// <param name="Discount">The line's share of the order's discount.</param>
public sealed record OrderLineDocument(
    string Sku, Guid? ProductId, string? Name, string? Kind, string? Platform, string? Edition, int Quantity, Money UnitPrice, Money LineTotal,
    Money Discount, bool Digital);

/// <summary>How an order is paid, and how far that has come.</summary>
public sealed record PaymentDocument(PaymentMethod Method, string Description, PaymentStatus Status, Money Refunded);

/// <summary>A step that an order has taken.</summary>
/// <param name="Note">What staff wrote with it.</param>
public sealed record OrderStep(OrderStatus Status, DateTimeOffset At, string? Note);
