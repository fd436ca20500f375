using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Products;

/// <summary>
/// How much of a physical variant lies in the warehouse, and how much of that is held for orders. Counts are changed only by conditional
/// updates of the database, never by saving what was read before, so that no two orders are given the same piece.
/// </summary>
public sealed class StockItem
{
    /// <summary>More than any warehouse holds, and far from where counts would overflow.</summary>
    public const int Most = 1_000_000;

    private StockItem()
    {
    }

    internal StockItem(string sku, int onHand = 0) => (Sku, OnHand) = (sku, onHand);

    public string Sku { get; private init; } = null!;

    public int OnHand { get; private set; }

    public int Reserved { get; private set; }

    /// <summary>What can still be sold.</summary>
    public int Available => OnHand - Reserved;

    /// <summary>Sets the count of a variant that is new; later only a count and orders change it.</summary>
    internal void Count(int onHand) => OnHand = onHand;

    internal sealed class Configuration : IEntityTypeConfiguration<StockItem>
    {
        public void Configure(EntityTypeBuilder<StockItem> builder)
        {
            // The last guard: whatever a statement was written like, the database refuses to sell what is not there.
            builder.ToTable("Stock", table => table.HasCheckConstraint("CK_Stock_NeverOversold", "Reserved >= 0 AND OnHand >= Reserved"));
            builder.HasKey(stock => stock.Sku);
            builder.Property(stock => stock.Sku).HasMaxLength(40);
            builder.Ignore(stock => stock.Available);
        }
    }
}
