using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Products;

/// <summary>
/// What a line of a completed order brought its shopper: who may review what. The events of an order may arrive in any order; an order's
/// completion leaves out what was refunded before it.
/// </summary>
public sealed class Purchase
{
    private Purchase()
    {
    }

    public Guid OrderId { get; private init; }

    /// <summary>The variant that was ordered.</summary>
    public string Sku { get; private init; } = null!;

    /// <summary>Its product, or one of those that come with it.</summary>
    public Guid ProductId { get; private init; }

    public Guid UserId { get; private set; }

    public int Bought { get; private set; }

    public int GivenBack { get; private set; }

    public DateTimeOffset? CompletedAt { get; private set; }

    public DateTimeOffset? GivenBackAt { get; private set; }

    public int Version { get; private set; }

    /// <summary>Those that shoppers still have.</summary>
    internal static IQueryable<Purchase> Kept(ProductsDbContext database) => database.Purchases.Where(purchase => purchase.Bought > purchase.GivenBack);

    internal static Purchase Of(Guid orderId, Guid userId, string sku, Guid productId) => new() { OrderId = orderId, UserId = userId, Sku = sku, ProductId = productId };

    public void Complete(int quantity, DateTimeOffset at)
    {
        (Bought, CompletedAt) = (quantity, at);
        if (GivenBackAt <= at)
        {
            GivenBack = 0;
        }

        Version++;
    }

    /// <summary>It was a gift, and is its receiver's.</summary>
    public void HandTo(Guid userId)
    {
        UserId = userId;
        Version++;
    }

    public void GiveBack(int quantity, DateTimeOffset at)
    {
        if (at > CompletedAt || CompletedAt is null)
        {
            GivenBack += quantity;
            GivenBackAt = at;
            Version++;
        }
    }

    internal sealed class Configuration : IEntityTypeConfiguration<Purchase>
    {
        public void Configure(EntityTypeBuilder<Purchase> builder)
        {
            builder.ToTable("Purchases");
            builder.HasKey(purchase => new { purchase.OrderId, purchase.Sku, purchase.ProductId });
            builder.Property(purchase => purchase.Sku).HasMaxLength(40);
            builder.Property(purchase => purchase.Version).IsConcurrencyToken();
            builder.HasIndex(purchase => new { purchase.UserId, purchase.ProductId });
            builder.HasIndex(purchase => new { purchase.ProductId, purchase.OrderId });
        }
    }
}
