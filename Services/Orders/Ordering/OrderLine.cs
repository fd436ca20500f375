using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>A line of an order: what the shopper asked for and saw, and what Products vouched for.</summary>
public sealed class OrderLine
{
    private OrderLine()
    {
    }

    internal OrderLine(int position, OrderedLine line, long discount) =>
        (Position, Sku, Quantity, UnitPrice, Discount) = (position, line.Sku, line.Quantity, line.UnitPrice, discount);

    public Guid OrderId { get; private init; }

    public int Position { get; private init; }

    public string Sku { get; private init; } = null!;

    public int Quantity { get; private init; }

    /// <summary>The price that the shopper saw, in minor units.</summary>
    public long UnitPrice { get; private init; }

    /// <summary>The line's share of the order's discount, in minor units.</summary>
    public long Discount { get; private init; }

    /// <summary>Null, as are the four below, until Products has confirmed the line.</summary>
    public Guid? ProductId { get; private set; }

    public string? Name { get; private set; }

    public string? Kind { get; private set; }

    public string? Platform { get; private set; }

    public string? Edition { get; private set; }

    /// <summary>Delivered into the library, not by staff. False until Products has confirmed the line.</summary>
    public bool Digital { get; private set; }

    /// <summary>Pieces for which the money went or goes back.</summary>
    public int RefundedQuantity { get; private set; }

    /// <summary>Of those, the pieces that came back in no state to be sold again: for the stock they stay sold.</summary>
    public int Discarded { get; private set; }

    /// <summary>Whether a shopper who has it needs no second one.</summary>
    public bool OwnedOnce => Digital && Kinds.OwnedOnce(Kind);

    internal void Confirm(ReservedLine line) =>
        (ProductId, Name, Kind, Platform, Edition, Digital) = (line.ProductId, line.Name, line.Kind, line.Platform, line.Edition, line.Digital);

    internal void Discard(int quantity) => Discarded += quantity;

    internal void TakeBack(int quantity) => RefundedQuantity = RefundedQuantity + quantity <= Quantity
        ? RefundedQuantity + quantity
        : throw new InvalidOperationException("No more goes back than was sold.");

    internal sealed class Configuration : IEntityTypeConfiguration<OrderLine>
    {
        public void Configure(EntityTypeBuilder<OrderLine> builder)
        {
            builder.ToTable("OrderLines");
            builder.HasKey(line => new { line.OrderId, line.Position });
            builder.Property(line => line.Position).ValueGeneratedNever();
            builder.Ignore(line => line.OwnedOnce);
            builder.Property(line => line.Sku).HasMaxLength(64);
            builder.Property(line => line.Name).HasMaxLength(300);
            builder.Property(line => line.Kind).HasMaxLength(20);
            builder.Property(line => line.Platform).HasMaxLength(50);
            builder.Property(line => line.Edition).HasMaxLength(100);
        }
    }
}
