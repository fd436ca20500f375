using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>An order, and every step that it may take.</summary>
public sealed class Order
{
    /// <summary>Nothing follows these.</summary>
    public static readonly IReadOnlyList<OrderStatus> Final =
        [OrderStatus.Delivered, OrderStatus.Completed, OrderStatus.Rejected, OrderStatus.Cancelled, OrderStatus.Refunded];

    private readonly List<OrderLine> lines = [];
    private readonly List<OrderStatusChange> history = [];
    private readonly List<Refund> refunds = [];

    private Order()
    {
    }

    public Guid Id { get; private init; }

    /// <summary>What people call the order: short, random, unique.</summary>
    public string Number { get; private init; } = null!;

    public Guid UserId { get; private init; }

    public OrderStatus Status { get; private set; }

    /// <summary>One of <see cref="OrderReasons"/> or Products' reasons, where the order ended without a sale.</summary>
    public string? StatusReason { get; private set; }

    public string Currency { get; private init; } = null!;

    /// <summary>The sum of the lines, in minor units, as are the other amounts.</summary>
    public long Subtotal { get; private init; }

    public long Discount { get; private init; }

    public long Shipping { get; private init; }

    /// <summary>What of <see cref="Total"/> is tax; prices include it.</summary>
    public long Tax { get; private init; }

    /// <summary>What the shopper saw, and what is charged.</summary>
    public long Total { get; private init; }

    public Guid? CouponId { get; private init; }

    public string? CouponCode { get; private init; }

    /// <summary>A copy, so that a change of the address book does not redirect a parcel.</summary>
    public Address? ShippingAddress { get; private set; }

    public string? TrackingNumber { get; private set; }

    /// <summary>The shopper has deleted their account: the address goes as soon as nobody needs it.</summary>
    public bool Forgotten { get; private set; }

    /// <summary>When Products was last asked.</summary>
    public DateTimeOffset AskedAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Grows with every change; the concurrency token.</summary>
    public long Version { get; private set; }

    public Payment Payment { get; private set; } = null!;

    public IReadOnlyList<OrderLine> Lines => lines;

    public IReadOnlyList<OrderStatusChange> History => history;

    public IReadOnlyList<Refund> Refunds => refunds;

    /// <summary>When it was paid; null where it was not.</summary>
    public DateTimeOffset? PaidAt => history.Find(step => step.Status is OrderStatus.Paid)?.At;

    /// <summary>Whether money can go back for its lines: it is delivered, and something of it is left.</summary>
    public bool Refundable => Status is OrderStatus.Completed or OrderStatus.Delivered or OrderStatus.PartiallyRefunded;

    public bool Cancellable =>
        Status is OrderStatus.Submitted or OrderStatus.AwaitingPayment or OrderStatus.Paid or OrderStatus.AwaitingShipment;

    public bool IsFinal => Final.Contains(Status);

    /// <summary>Accepts an order.</summary>
    /// <param name="userId">Who orders.</param>
    /// <param name="currency">ISO 4217 code of every amount.</param>
    /// <param name="ordered">At least one line; no SKU twice.</param>
    /// <param name="coupon">The coupon and what it takes off, or null.</param>
    /// <param name="address">Where physical lines go, or null.</param>
    /// <param name="payment">How it is to be paid.</param>
    /// <param name="now">The time.</param>
    /// <returns>An order that is <see cref="OrderStatus.Submitted"/>.</returns>
    public static Order Place(
        Guid userId, string currency, IReadOnlyList<OrderedLine> ordered, AppliedCoupon? coupon, Address? address, PaymentPlan payment, DateTimeOffset now)
    {
        var subtotal = ordered.Sum(line => line.UnitPrice * line.Quantity);
        var discount = coupon?.Discount ?? 0;
        // Sending is free to every country: when an order is placed nobody knows yet which of its lines are parcels, and the total that the
        // shopper saw is the total that is charged.
        const long shipping = 0;
        var total = subtotal - discount + shipping;
        var order = new Order
        {
            Id = Guid.CreateVersion7(now),
            Number = UnambiguousCode.New(10),
            UserId = userId,
            Currency = currency,
            Subtotal = subtotal,
            Discount = discount,
            Shipping = shipping,
            Total = total,
            Tax = TaxRates.IncludedIn(total, address?.Country, currency),
            CouponId = coupon?.Id,
            CouponCode = coupon?.Code,
            ShippingAddress = address,
            CreatedAt = now,
            AskedAt = now,
        };
        order.lines.AddRange(ordered.Select((line, index) => new OrderLine(index, line, coupon?.Shares[index] ?? 0)));
        order.Payment = Payment.For(order, payment);
        order.Become(OrderStatus.Submitted, now);
        return order;
    }

    /// <summary>Takes what Products vouches for, and says whether the order can be charged.</summary>
    /// <param name="stock">The lines that stock is held for.</param>
    /// <returns>Null where it can; else the reason to reject it.</returns>
    public string? Confirm(StockReserved stock)
    {
        Guard(Status is OrderStatus.Submitted);
        var reserved = stock.Lines.ToDictionary(line => line.Sku, StringComparer.Ordinal);
        foreach (var line in lines.Where(line => reserved.ContainsKey(line.Sku)))
        {
            line.Confirm(reserved[line.Sku]);
        }

        return true switch
        {
            _ when !string.Equals(stock.Currency, Currency, StringComparison.Ordinal) => OrderReasons.Currency,
            _ when lines.Any(line => !reserved.TryGetValue(line.Sku, out var held) || held.Quantity != line.Quantity) => OrderReasons.Unknown,
            _ when lines.Any(line => reserved[line.Sku].UnitPrice != line.UnitPrice) => OrderReasons.PriceChanged,
            _ when lines.Exists(line => line is { OwnedOnce: true, Quantity: > 1 }) => OrderReasons.OnlyOne,
            // It is known to be money only now: a coupon would have sold it below its value.
            _ when lines.Exists(line => line is { Kind: Kinds.GiftCard, Discount: > 0 }) => OrderReasons.CouponInvalid,
            _ when ShippingAddress is null && lines.Any(line => !line.Digital) => OrderReasons.AddressRequired,
            _ => null,
        };
    }

    /// <summary>The event that asks Products to hold stock.</summary>
    public OrderSubmitted Submitted() =>
        new(Id, Number, UserId, Currency, [.. lines.Select(line => new OrderedLine(line.Sku, line.Quantity, line.UnitPrice))], CreatedAt);

    public void AwaitPayment(DateTimeOffset now)
    {
        Guard(Status is OrderStatus.Submitted);
        Become(OrderStatus.AwaitingPayment, now);
    }

    /// <summary>The total is charged: what is digital is delivered with this step, what is physical waits for staff.</summary>
    public void MarkPaid(DateTimeOffset now)
    {
        Guard(Status is OrderStatus.AwaitingPayment);
        Become(OrderStatus.Paid, now);
        Become(lines.TrueForAll(line => line.Digital) ? OrderStatus.Completed : OrderStatus.AwaitingShipment, now);
    }

    public void Ship(string? trackingNumber, DateTimeOffset now)
    {
        Guard(Status is OrderStatus.AwaitingShipment);
        TrackingNumber = trackingNumber;
        Become(OrderStatus.Shipped, now);
    }

    public void Deliver(DateTimeOffset now)
    {
        Guard(Status is OrderStatus.Shipped);
        Become(OrderStatus.Delivered, now);
    }

    /// <summary>Ends the order before it was paid.</summary>
    public void Reject(string reason, DateTimeOffset now)
    {
        Guard(Status is OrderStatus.Submitted or OrderStatus.AwaitingPayment);
        StatusReason = reason;
        Become(OrderStatus.Rejected, now);
    }

    /// <summary>Ends the order before it was sent.</summary>
    public void Cancel(string reason, string? note, DateTimeOffset now)
    {
        Guard(Cancellable);
        StatusReason = reason;
        Become(OrderStatus.Cancelled, now, note);
    }

    /// <summary>Takes lines back for which the money goes back.</summary>
    /// <param name="given">Lines of this order with pieces that are left.</param>
    /// <param name="grant">Why, and by whose decision.</param>
    /// <param name="now">The time.</param>
    /// <returns>The refund, which is the order's from now on.</returns>
    public Refund Refund(IReadOnlyList<(OrderLine Line, int Quantity)> given, RefundGrant grant, DateTimeOffset now)
    {
        Guard(Refundable && given.Count > 0);
        var refund = new Refund(
            this, [.. given.Select(one => new RefundLine(one.Line.Position, one.Quantity, RefundRules.Worth(one.Line, one.Quantity)))],
            grant.Reason, grant.Note, grant.By, grant.ByStaff, now);
        foreach (var (line, quantity) in given)
        {
            line.TakeBack(quantity);
        }

        refunds.Add(refund);
        Become(lines.TrueForAll(line => line.RefundedQuantity == line.Quantity) ? OrderStatus.Refunded : OrderStatus.PartiallyRefunded, now, grant.Note);
        return refund;
    }

    /// <summary>Products is asked again.</summary>
    public void AskAgain(DateTimeOffset now)
    {
        Guard(Status is OrderStatus.Submitted);
        AskedAt = now;
        Version++;
    }

    private void Become(OrderStatus status, DateTimeOffset now, string? note = null)
    {
        Status = status;
        UpdatedAt = now;
        Version++;
        history.Add(new OrderStatusChange(history.Count, status, now, note));
        if (Forgotten && IsFinal)
        {
            ShippingAddress = null;
        }
    }

    private void Guard(bool allowed)
    {
        if (!allowed)
        {
            throw new InvalidOperationException($"An order that is {Status} cannot take this step.");
        }
    }

    internal sealed class Configuration : IEntityTypeConfiguration<Order>
    {
        public void Configure(EntityTypeBuilder<Order> builder)
        {
            builder.Property(order => order.Id).ValueGeneratedNever();
            builder.Property(order => order.Number).HasMaxLength(12);
            builder.Property(order => order.Status).HasConversion<string>().HasMaxLength(20);
            builder.Property(order => order.StatusReason).HasMaxLength(40);
            builder.Property(order => order.Currency).HasMaxLength(3);
            builder.Property(order => order.CouponCode).HasMaxLength(40);
            builder.Property(order => order.TrackingNumber).HasMaxLength(100);
            builder.Property(order => order.ShippingAddress).HasMaxLength(4_000).HasConversion(
                address => JsonSerializer.Serialize(address, JsonSerializerOptions.Web),
                json => JsonSerializer.Deserialize<Address>(json, JsonSerializerOptions.Web)!);
            builder.Property(order => order.Version).IsConcurrencyToken();
            builder.HasMany(order => order.Lines).WithOne().HasForeignKey(line => line.OrderId);
            builder.HasMany(order => order.History).WithOne().HasForeignKey(change => change.OrderId);
            builder.HasMany(order => order.Refunds).WithOne().HasForeignKey(refund => refund.OrderId);
            builder.Ignore(order => order.PaidAt);
            builder.HasOne(order => order.Payment).WithOne().HasForeignKey<Payment>(payment => payment.OrderId);
            builder.HasIndex(order => order.Number).IsUnique();
            builder.HasIndex(order => new { order.UserId, order.CreatedAt, order.Id });
            builder.HasIndex(order => new { order.Status, order.CreatedAt, order.Id });
            builder.HasIndex(order => new { order.CreatedAt, order.Id });
        }
    }
}
