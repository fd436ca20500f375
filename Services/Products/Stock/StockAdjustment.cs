using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Products;

/// <summary>Who set a count of stock, when and why.</summary>
public sealed class StockAdjustment
{
    private StockAdjustment()
    {
    }

    public StockAdjustment(string sku, int onHand, string reason, Guid adjustedBy, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        (Sku, OnHand, Reason, AdjustedBy, AdjustedAt) = (sku, onHand, reason, adjustedBy, now);
    }

    public Guid Id { get; private init; }

    public string Sku { get; private init; } = null!;

    /// <summary>The count that was set.</summary>
    public int OnHand { get; private init; }

    public string Reason { get; private init; } = null!;

    /// <summary>The account.</summary>
    public Guid AdjustedBy { get; private init; }

    public DateTimeOffset AdjustedAt { get; private init; }

    internal sealed class Configuration : IEntityTypeConfiguration<StockAdjustment>
    {
        public void Configure(EntityTypeBuilder<StockAdjustment> builder)
        {
            builder.ToTable("StockAdjustments");
            builder.Property(adjustment => adjustment.Id).ValueGeneratedNever();
            builder.Property(adjustment => adjustment.Sku).HasMaxLength(40);
            builder.Property(adjustment => adjustment.Reason).HasMaxLength(200);
            builder.HasIndex(adjustment => new { adjustment.Sku, adjustment.AdjustedAt });
        }
    }
}
