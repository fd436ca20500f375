using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Orders;

/// <summary>Why money goes back for what was delivered.</summary>
public enum RefundReason
{
    /// <summary>The shopper does not want it.</summary>
    ChangedMind,

    /// <summary>It does not work as it should.</summary>
    Faulty,

    /// <summary>It came back in a parcel.</summary>
    Returned,

    /// <summary>It was bought by mistake, or by somebody who should not have.</summary>
    Mistake,

    /// <summary>Staff are being kind.</summary>
    Goodwill,

    /// <summary>It was paid, and could not be sent with the rest.</summary>
    NotSent,
}

/// <summary>
/// Money that goes back for lines of an order that was delivered. The decision is final when this row is saved; the payment provider is told
/// afterwards, with the row's id as key, until it has given the money back.
/// </summary>
public sealed class Refund
{
    private readonly List<RefundLine> lines = [];

    private Refund()
    {
    }

    internal Refund(Order order, IEnumerable<RefundLine> refunded, long shipping, RefundReason reason, string? note, Guid by, bool byStaff, DateTimeOffset now)
    {
        (Id, OrderId, Shipping, Reason, Note, By, ByStaff, CreatedAt) = (Guid.CreateVersion7(now), order.Id, shipping, reason, note, by, byStaff, now);
        lines.AddRange(refunded);
        Amount = lines.Sum(line => line.Amount) + shipping;
        GivenBackAt = Amount == 0 ? now : null;
    }

    /// <summary>Also the key of the refund at the provider: asking again never gives back twice.</summary>
    public Guid Id { get; private init; }

    public Guid OrderId { get; private init; }

    /// <summary>Minor units of the order's currency; the sum of the lines, and <see cref="Shipping"/>.</summary>
    public long Amount { get; private init; }

    /// <summary>What of the amount was paid for sending.</summary>
    public long Shipping { get; private init; }

    public RefundReason Reason { get; private init; }

    /// <summary>A sentence for the shopper.</summary>
    public string? Note { get; private init; }

    /// <summary>The shopper, or who of the staff; empty where the store itself could not send it.</summary>
    public Guid By { get; private init; }

    public bool ByStaff { get; private init; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>When the provider had given the money back; null until then.</summary>
    public DateTimeOffset? GivenBackAt { get; private set; }

    /// <summary>Minor units of <see cref="Amount"/> that the card did not take and that went into the wallet instead.</summary>
    public long GivenToWallet { get; private set; }

    public IReadOnlyList<RefundLine> Lines => lines;

    /// <summary>The provider has given the money back.</summary>
    public void MarkGivenBack(DateTimeOffset now) => GivenBackAt ??= now;

    /// <summary>The card did not take its part, which is in the wallet.</summary>
    /// <param name="amount">Minor units.</param>
    public void GiveToWallet(long amount) => GivenToWallet += amount;

    [ExcludeFromCodeCoverage]
    internal sealed class Configuration : IEntityTypeConfiguration<Refund>
    {
        public void Configure(EntityTypeBuilder<Refund> builder)
        {
            builder.ToTable("Refunds");
            builder.Property(refund => refund.Id).ValueGeneratedNever();
            builder.Property(refund => refund.Reason).HasConversion<string>().HasMaxLength(20);
            builder.Property(refund => refund.Note).HasMaxLength(500);
            builder.HasMany(refund => refund.Lines).WithOne().HasForeignKey(line => line.RefundId);
        }
    }
}

/// <summary>What goes back for one line of an order.</summary>
public sealed class RefundLine
{
    private RefundLine()
    {
    }

    internal RefundLine(int position, int quantity, long amount) => (Position, Quantity, Amount) = (position, quantity, amount);

    public Guid RefundId { get; private init; }

    /// <summary>The line's position in its order.</summary>
    public int Position { get; private init; }

    public int Quantity { get; private init; }

    /// <summary>Minor units: what was paid for these pieces, the discount taken off.</summary>
    public long Amount { get; private init; }

    [ExcludeFromCodeCoverage]
    internal sealed class Configuration : IEntityTypeConfiguration<RefundLine>
    {
        public void Configure(EntityTypeBuilder<RefundLine> builder)
        {
            builder.ToTable("RefundLines");
            builder.HasKey(line => new { line.RefundId, line.Position });
        }
    }
}
