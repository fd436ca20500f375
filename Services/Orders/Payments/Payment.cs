using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Orders;

/// <summary>How a shopper pays.</summary>
public enum PaymentMethod
{
    Card,
    Wallet,
}

internal static class PaymentMethods
{
    /// <summary>The method in words for the shopper.</summary>
    public static string Describe(PaymentMethod method) => method is PaymentMethod.Wallet ? "Wallet" : "Test card";
}

/// <summary>Where the payment of an order stands.</summary>
public enum PaymentStatus
{
    /// <summary>Nothing may be charged before stock is held.</summary>
    Waiting,

    /// <summary>To be charged; whether the provider has done so is not known yet.</summary>
    Pending,

    /// <summary>Charged.</summary>
    Captured,

    /// <summary>The provider has said no.</summary>
    Declined,

    /// <summary>The order has ended: what was or will be charged goes back.</summary>
    Refunding,

    /// <summary>Charged, and given back.</summary>
    Refunded,

    /// <summary>Never charged, and never to be.</summary>
    Void,
}

/// <summary>The one payment of an order, and what is still to be done for it.</summary>
public sealed class Payment
{
    /// <summary>How long one process has a payment to itself; longer than <see cref="PaymentProcessor.Patience"/>.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private Payment()
    {
    }

    /// <summary>Also the key of the charge at the provider: asking again never charges twice.</summary>
    public Guid OrderId { get; private init; }

    public Guid UserId { get; private init; }

    public PaymentMethod Method { get; private init; }

    /// <summary>What the provider gave for the card; null for the wallet.</summary>
    public string? Token { get; private init; }

    /// <summary>The order's total in minor units.</summary>
    public long Amount { get; private init; }

    public string Currency { get; private init; } = null!;

    public PaymentStatus Status { get; private set; }

    /// <summary>Minor units that were charged.</summary>
    public long Captured { get; private set; }

    /// <summary>Minor units that went back; never more than <see cref="Captured"/>.</summary>
    public long Refunded { get; private set; }

    /// <summary>When the next step is to be taken; null where nothing is to be done. A claim moves it on by <see cref="Lease"/>.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>Which claim holds the lease; none for the process that started the payment.</summary>
    public Guid? ClaimedBy { get; private set; }

    /// <summary>How often the provider may have been asked before.</summary>
    public int Attempts { get; private set; }

    /// <summary>When an undecided payment is given up.</summary>
    public DateTimeOffset? Deadline { get; private set; }

    /// <summary>W3C trace context of the order, so that its trace goes on where a worker takes over.</summary>
    public string? TraceParent { get; private set; }

    public long Version { get; private set; }

    internal static Payment For(Order order, PaymentChoice choice) => new()
    {
        OrderId = order.Id,
        UserId = order.UserId,
        Method = choice.Method!.Value,
        Token = choice.Method is PaymentMethod.Card ? choice.Token : null,
        Amount = order.Total,
        Currency = order.Currency,
        TraceParent = Activity.Current?.Id,
    };

    /// <summary>Stock is held; the process that saves this has the first lease.</summary>
    /// <param name="deadline">When an undecided payment is given up.</param>
    /// <param name="now">The time.</param>
    public void Start(DateTimeOffset deadline, DateTimeOffset now)
    {
        Guard(Status is PaymentStatus.Waiting);
        TraceParent = Activity.Current?.Id ?? TraceParent;
        Deadline = deadline;
        Become(PaymentStatus.Pending, now + Lease);
    }

    /// <summary>A total of zero needs no provider.</summary>
    public void Waive()
    {
        Guard(Status is PaymentStatus.Waiting && Amount == 0);
        Become(PaymentStatus.Captured, null);
    }

    public void Capture()
    {
        Guard(Status is PaymentStatus.Pending);
        Captured = Amount;
        Become(PaymentStatus.Captured, null);
    }

    public void Decline()
    {
        Guard(Status is PaymentStatus.Pending);
        Become(PaymentStatus.Declined, null);
    }

    /// <summary>The order has ended. What was not sent to the provider never will be; anything else is settled with it.</summary>
    public void GiveUp(DateTimeOffset now)
    {
        if (Status is PaymentStatus.Waiting || (Status is PaymentStatus.Captured && Captured == 0))
        {
            Become(PaymentStatus.Void, null);
        }
        else if (Status is PaymentStatus.Pending or PaymentStatus.Captured)
        {
            Attempts = 0;
            Become(PaymentStatus.Refunding, now);
        }
    }

    /// <summary>The provider has given back what it had charged.</summary>
    public void MarkRefunded()
    {
        Guard(Status is PaymentStatus.Refunding);
        Captured = Refunded = Amount;
        Become(PaymentStatus.Refunded, null);
    }

    /// <summary>The provider has charged nothing, and will not.</summary>
    public void MarkVoid()
    {
        Guard(Status is PaymentStatus.Refunding);
        Become(PaymentStatus.Void, null);
    }

    /// <summary>A part of what was charged is to go back.</summary>
    public void Owe(DateTimeOffset now)
    {
        Guard(Status is PaymentStatus.Captured && Captured > 0);
        Attempts = 0;
        Become(PaymentStatus.Captured, now);
    }

    /// <summary>The provider has given a part back.</summary>
    /// <param name="amount">Minor units.</param>
    /// <param name="more">Whether another part is to go back.</param>
    /// <param name="now">The time.</param>
    public void GiveBack(long amount, bool more, DateTimeOffset now)
    {
        Guard(Status is PaymentStatus.Captured && Refunded + amount <= Captured);
        Refunded += amount;
        Become(Refunded == Captured ? PaymentStatus.Refunded : PaymentStatus.Captured, more ? now : null);
    }

    /// <summary>Not decided yet; the provider is asked again, each time a little later.</summary>
    public void AskLater(DateTimeOffset now)
    {
        Guard(Status is PaymentStatus.Pending or PaymentStatus.Refunding || (Status is PaymentStatus.Captured && DueAt is not null));
        var delay = TimeSpan.FromSeconds(Math.Min(300, 10 << Math.Clamp(Attempts, 1, 5)));
        Attempts = Math.Max(Attempts, 1);
        Become(Status, now + delay);
    }

    private void Become(PaymentStatus status, DateTimeOffset? dueAt)
    {
        (Status, DueAt) = (status, dueAt);
        Version++;
    }

    private void Guard(bool allowed)
    {
        if (!allowed)
        {
            throw new InvalidOperationException($"A payment that is {Status} cannot take this step.");
        }
    }

    internal sealed class Configuration : IEntityTypeConfiguration<Payment>
    {
        public void Configure(EntityTypeBuilder<Payment> builder)
        {
            builder.ToTable("Payments");
            builder.HasKey(payment => payment.OrderId);
            builder.Property(payment => payment.OrderId).ValueGeneratedNever();
            builder.Property(payment => payment.Method).HasConversion<string>().HasMaxLength(10);
            builder.Property(payment => payment.Status).HasConversion<string>().HasMaxLength(10);
            builder.Property(payment => payment.Token).HasMaxLength(100);
            builder.Property(payment => payment.Currency).HasMaxLength(3);
            builder.Property(payment => payment.TraceParent).HasMaxLength(60);
            builder.Property(payment => payment.Version).IsConcurrencyToken();
            builder.HasIndex(payment => payment.DueAt);
        }
    }
}
