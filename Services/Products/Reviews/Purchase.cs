using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlayStationStore.Contracts;

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

    public Guid UserId { get; private init; }

    public int Bought { get; private set; }

    public int GivenBack { get; private set; }

    public DateTimeOffset? CompletedAt { get; private set; }

    public DateTimeOffset? GivenBackAt { get; private set; }

    public int Version { get; private set; }

    /// <summary>Those that shoppers still have.</summary>
    internal static IQueryable<Purchase> Kept(ProductsDbContext database) => database.Purchases.Where(purchase => purchase.Bought > purchase.GivenBack);

    /// <summary>Changes the purchases of an order's lines, those of what comes with them too; a demo is none. The caller saves.</summary>
    internal static async Task EachAsync(
        ProductsDbContext database, Guid orderId, Guid userId, IReadOnlyList<SoldLine> lines, Action<Purchase, int> change, CancellationToken cancel)
    {
        var skus = lines.Select(line => line.Sku).Distinct(StringComparer.Ordinal).ToList();
        var variants = await database.Variants.AsNoTracking().Where(variant => EF.Parameter(skus).Contains(variant.Sku) && !variant.Demo).ToListAsync(cancel);
        var contained = variants.SelectMany(variant => variant.Contains).Distinct(StringComparer.Ordinal).ToList();
        var productOf = await database.Variants.Where(variant => EF.Parameter(contained).Contains(variant.Sku))
            .ToDictionaryAsync(variant => variant.Sku, variant => variant.ProductId, StringComparer.Ordinal, cancel);
        var known = await database.Purchases.Where(purchase => purchase.OrderId == orderId).ToListAsync(cancel);
        foreach (var variant in variants)
        {
            var quantity = lines.Where(line => line.Sku == variant.Sku).Sum(line => line.Quantity);
            foreach (var product in variant.Contains.Where(productOf.ContainsKey).Select(sku => productOf[sku]).Prepend(variant.ProductId).Distinct())
            {
                var purchase = known.Find(one => one.Sku == variant.Sku && one.ProductId == product);
                if (purchase is null)
                {
                    purchase = new Purchase { OrderId = orderId, Sku = variant.Sku, ProductId = product, UserId = userId };
                    database.Add(purchase);
                }

                change(purchase, quantity);
            }
        }
    }

    public void Complete(int quantity, DateTimeOffset at)
    {
        (Bought, CompletedAt) = (quantity, at);
        if (GivenBackAt <= at)
        {
            GivenBack = 0;
        }

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
        }
    }
}
