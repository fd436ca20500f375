using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlayStationStore.Messaging;

namespace PlayStationStore.Orders;

/// <summary>Where an order stands.</summary>
public enum OrderStatus
{
    /// <summary>Accepted; Products has not answered yet.</summary>
    Submitted,

    /// <summary>Stock is held, and the payment provider is asked.</summary>
    AwaitingPayment,

    /// <summary>Charged; lasts no longer than the step that delivers, but for a pre-order, which waits for its day.</summary>
    Paid,

    /// <summary>Charged, with lines that staff send.</summary>
    AwaitingShipment,

    /// <summary>On its way.</summary>
    Shipped,

    /// <summary>The physical lines have arrived. Final.</summary>
    Delivered,

    /// <summary>Everything was digital and is in the library. Final.</summary>
    Completed,

    /// <summary>Ended before anything was charged. Final.</summary>
    Rejected,

    /// <summary>Ended by the shopper or staff; what was charged goes back. Final.</summary>
    Cancelled,

    /// <summary>Some of the money went back.</summary>
    PartiallyRefunded,

    /// <summary>All of the money went back. Final.</summary>
    Refunded,
}

/// <summary>Why an order ended without a sale: short words for programs.</summary>
public static class OrderReasons
{
    public const string Unknown = "unknown";
    public const string PriceChanged = "priceChanged";
    public const string Currency = "currency";
    public const string Declined = "declined";
    public const string InsufficientFunds = "insufficientFunds";
    public const string CouponInvalid = "couponInvalid";
    public const string AlreadyOwned = "alreadyOwned";
    public const string OnlyOne = "onlyOne";
    public const string GameNeeded = "gameNeeded";
    public const string NoGift = "noGift";
    public const string PreorderAlone = "preorderAlone";
    public const string AddressRequired = "addressRequired";
    public const string ShippingChanged = "shippingChanged";
    public const string NotServed = "notServed";
    public const string CancelledByShopper = "cancelledByShopper";
    public const string CancelledByStaff = "cancelledByStaff";
    public const string PaymentTimeout = "paymentTimeout";
    public const string NoAnswer = "noAnswer";
}

/// <summary>One step of an order's history, chained to the one before it; who took it is filled in by the save.</summary>
public sealed class OrderStatusChange : ChainedStep
{
    private OrderStatusChange()
    {
    }

    internal OrderStatusChange(int position, OrderStatus status, DateTimeOffset at, string? note) =>
        (Position, Status, At, Note) = (position, status, at, note);

    public Guid OrderId { get; private init; }

    public OrderStatus Status { get; private init; }

    public DateTimeOffset At { get; private init; }

    /// <summary>What staff wrote for the shopper, if anything.</summary>
    public string? Note { get; private init; }

    protected override string Subject => SubjectOf(OrderId);

    protected override string Action => ActionOf(Status);

    protected override object?[] Content => [Status.ToString(), At.UtcTicks, Note];

    /// <summary>What the audit trail calls an order.</summary>
    public static string SubjectOf(Guid orderId) => $"order/{orderId}";

    /// <summary>What the audit trail calls a step to a status.</summary>
    public static string ActionOf(OrderStatus status) => "order." + JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    internal sealed class Configuration : IEntityTypeConfiguration<OrderStatusChange>
    {
        public void Configure(EntityTypeBuilder<OrderStatusChange> builder)
        {
            builder.ToTable("OrderHistory");
            builder.HasKey(change => new { change.OrderId, change.Position });
            builder.Property(change => change.Position).ValueGeneratedNever();
            builder.Property(change => change.Status).HasConversion<string>().HasMaxLength(20);
            builder.Property(change => change.Note).HasMaxLength(500);
            builder.Property(change => change.ActorKind).HasConversion<string>().HasMaxLength(10);
            builder.Property(change => change.Hash).HasMaxLength(32);
        }
    }
}
