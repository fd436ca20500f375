using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Orders;

/// <summary>An order: what is known of it. The steps that it may take are in <c>OrderSteps.cs</c>.</summary>
public sealed partial class Order
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

    /// <summary>The code of the region whose prices the shopper saw; null for what is no goods, and for orders from before there were regions.</summary>
    public string? Region { get; private init; }

    /// <summary>The sum of the lines, in minor units, as are the other amounts.</summary>
    public long Subtotal { get; private init; }

    public long Discount { get; private init; }

    public long Shipping { get; private init; }

    /// <summary>How its parcels are sent; null where nothing is sent, or nobody knows yet.</summary>
    public ShippingMethod? ShippingMethod { get; private set; }

    /// <summary>What was paid for sending and has not gone back.</summary>
    public long ShippingLeft => Shipping - refunds.Sum(refund => refund.Shipping);

    /// <summary>What of <see cref="Total"/> is tax; prices include it.</summary>
    public long Tax { get; private init; }

    /// <summary>Whose tax that is, as it was then: rates change, and addresses are forgotten. Null where no country was known.</summary>
    public string? TaxCountry { get; private init; }

    /// <summary>The rate of then in ten-thousandths; null for orders from before it was kept.</summary>
    public int? TaxRate { get; private init; }

    /// <summary>What the shopper saw, and what is charged.</summary>
    public long Total { get; private init; }

    public Guid? CouponId { get; private init; }

    /// <summary>The first of its coupons.</summary>
    public string? CouponCode { get; private init; }

    /// <summary>The coupons that it was placed with. Orders of before there could be several have none here; see <see cref="CouponsTaken"/>.</summary>
    public IReadOnlyList<OrderCoupon> Coupons { get; private init; } = [];

    /// <summary>The count of <see cref="Coupons"/>, which the books are checked by.</summary>
    public int CouponCount { get; private init; }

    /// <summary>A copy, so that a change of the address book does not redirect a parcel.</summary>
    public Address? ShippingAddress { get; private set; }

    /// <summary>Of the parcel that left last.</summary>
    public string? TrackingNumber { get; private set; }

    /// <summary>What was sent, in the order in which it left. Orders that were sent before parcels were counted have none.</summary>
    public IReadOnlyList<Shipment> Shipments { get; private set; } = [];

    /// <summary>The shopper has deleted their account: the address goes as soon as nobody needs it.</summary>
    public bool Forgotten { get; private set; }

    /// <summary>When what was pre-ordered comes out: then a card is charged, and everything is delivered. Null where it is no pre-order.</summary>
    public DateTimeOffset? ReleaseAt { get; private set; }

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

    /// <summary>From when the days count in which it can be given back: it is paid, and out. Null where it was not paid.</summary>
    public DateTimeOffset? HadSince => PaidAt is { } paid && ReleaseAt > paid ? ReleaseAt : PaidAt;

    /// <summary>When the last of its parcels arrived; null until then.</summary>
    public DateTimeOffset? DeliveredAt => history.Find(step => step.Status is OrderStatus.Delivered)?.At;

    /// <summary>Whether money can go back for its lines: it is delivered, and something of it is left.</summary>
    public bool Refundable => Status is OrderStatus.Completed or OrderStatus.Delivered or OrderStatus.PartiallyRefunded;

    /// <summary>Whether the whole of it can be taken back: nothing is on its way.</summary>
    public bool Cancellable => Shipments.Count == 0
        && Status is OrderStatus.Submitted or OrderStatus.AwaitingPayment or OrderStatus.Paid or OrderStatus.AwaitingShipment;

    /// <summary>Whether a part of it is delivered or on its way, and the rest waits to be sent.</summary>
    public bool HasRest => Status is OrderStatus.AwaitingShipment && (Shipments.Count > 0 || lines.Exists(line => line.Digital));

    /// <summary>Whether it has parcels of which none was sent and none will be: their money went back, and what is digital stays.</summary>
    public bool NothingIsSent => Status is not OrderStatus.AwaitingShipment && Shipments.Count == 0
        && lines.Exists(line => !line.Digital && line.RefundedQuantity == line.Quantity) && lines.TrueForAll(line => line.Digital || line.RefundedQuantity == line.Quantity);

    public bool IsFinal => Final.Contains(Status);

    [ExcludeFromCodeCoverage]
    internal sealed class Configuration : IEntityTypeConfiguration<Order>
    {
        public void Configure(EntityTypeBuilder<Order> builder)
        {
            builder.Property(order => order.Id).ValueGeneratedNever();
            builder.Property(order => order.Number).HasMaxLength(12);
            builder.Property(order => order.Status).HasConversion<string>().HasMaxLength(20);
            builder.Property(order => order.StatusReason).HasMaxLength(40);
            builder.Property(order => order.Currency).HasMaxLength(3);
            builder.Property(order => order.Region).HasMaxLength(2);
            builder.Property(order => order.CouponCode).HasMaxLength(40);
            builder.Property(order => order.Coupons).HasMaxLength(1_000).HasConversion(new OrderCoupon.Converter(), new OrderCoupon.Comparer());
            builder.Property(order => order.TaxCountry).HasMaxLength(2);
            builder.Property(order => order.TrackingNumber).HasMaxLength(100);
            builder.Property(order => order.ShippingAddress).HasMaxLength(4_000).HasConversion(
                address => JsonSerializer.Serialize(address, JsonSerializerOptions.Web),
                json => JsonSerializer.Deserialize<Address>(json, JsonSerializerOptions.Web)!);
            builder.Property(order => order.ShippingMethod).HasMaxLength(200).HasConversion(
                method => JsonSerializer.Serialize(method, JsonSerializerOptions.Web),
                json => JsonSerializer.Deserialize<ShippingMethod>(json, JsonSerializerOptions.Web)!);
            builder.Property(order => order.Shipments).HasConversion(new Shipment.Converter(), new Shipment.Comparer());
            builder.Ignore(order => order.ShippingLeft);
            builder.Property(order => order.Version).IsConcurrencyToken();
            builder.HasMany(order => order.Lines).WithOne().HasForeignKey(line => line.OrderId);
            builder.HasMany(order => order.History).WithOne().HasForeignKey(change => change.OrderId);
            builder.HasMany(order => order.Refunds).WithOne().HasForeignKey(refund => refund.OrderId);
            builder.Ignore(order => order.PaidAt).Ignore(order => order.HadSince).Ignore(order => order.DeliveredAt);
            builder.HasIndex(order => order.ReleaseAt);
            builder.HasOne(order => order.Payment).WithOne().HasForeignKey<Payment>(payment => payment.OrderId);
            builder.HasIndex(order => order.Number).IsUnique();
            builder.HasIndex(order => new { order.UserId, order.CreatedAt, order.Id });
            builder.HasIndex(order => new { order.Status, order.CreatedAt, order.Id });
            builder.HasIndex(order => new { order.CreatedAt, order.Id });
        }
    }
}
