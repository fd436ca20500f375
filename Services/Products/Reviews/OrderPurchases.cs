using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products;

/// <summary>The purchases of some orders, read at once: of their lines, and of what comes with them; a demo is none.</summary>
internal sealed class OrderPurchases
{
    private readonly ProductsDbContext database;
    private readonly List<Variant> variants;
    private readonly Dictionary<string, Guid> productOf;
    private readonly ILookup<Guid, Purchase> known;

    private OrderPurchases(ProductsDbContext database, List<Variant> variants, Dictionary<string, Guid> productOf, ILookup<Guid, Purchase> known) =>
        (this.database, this.variants, this.productOf, this.known) = (database, variants, productOf, known);

    public static Task<OrderPurchases> ReadAsync(ProductsDbContext database, IReadOnlyCollection<OrderCompleted> orders, CancellationToken cancel) =>
        ReadAsync(database, [.. orders.Select(order => (order.OrderId, order.Lines))], cancel);

    public static async Task<OrderPurchases> ReadAsync(
        ProductsDbContext database, IReadOnlyCollection<(Guid OrderId, IReadOnlyList<SoldLine> Lines)> orders, CancellationToken cancel)
    {
        var skus = orders.SelectMany(order => order.Lines).Select(line => line.Sku).Distinct(StringComparer.Ordinal).ToList();
        var variants = await database.Variants.AsNoTracking().Where(variant => EF.Parameter(skus).Contains(variant.Sku) && !variant.Demo).ToListAsync(cancel);
        var contained = variants.SelectMany(variant => variant.Contains).Distinct(StringComparer.Ordinal).ToList();
        var productOf = contained.Count == 0 ? [] : await database.Variants.Where(variant => EF.Parameter(contained).Contains(variant.Sku))
            .ToDictionaryAsync(variant => variant.Sku, variant => variant.ProductId, StringComparer.Ordinal, cancel);
        var ids = orders.Select(order => order.OrderId).ToList();
        var known = await database.Purchases.Where(purchase => EF.Parameter(ids).Contains(purchase.OrderId)).ToListAsync(cancel);
        return new(database, variants, productOf, known.ToLookup(purchase => purchase.OrderId));
    }

    /// <summary>Lets the shopper have what one of the orders has brought. The caller saves.</summary>
    public void Complete(OrderCompleted order) =>
        Each(order.OrderId, order.UserId, order.Lines, (purchase, quantity) => purchase.Complete(quantity, order.CompletedAt));

    /// <summary>Changes those of one of the orders, and makes those that are missing. A gift makes its giver no owner. The caller saves.</summary>
    public void Each(Guid orderId, Guid userId, IReadOnlyList<SoldLine> lines, Action<Purchase, int> change)
    {
        foreach (var variant in variants.Where(variant => lines.Any(line => line.Sku == variant.Sku)))
        {
            var quantity = lines.Where(line => line.Sku == variant.Sku).Sum(line => line.Quantity);
            foreach (var product in variant.Contains.Where(productOf.ContainsKey).Select(sku => productOf[sku]).Prepend(variant.ProductId).Distinct())
            {
                var purchase = known[orderId].FirstOrDefault(one => one.Sku == variant.Sku && one.ProductId == product);
                if (purchase is null)
                {
                    if (lines.Any(line => line.Sku == variant.Sku && line.Gift))
                    {
                        continue;
                    }

                    purchase = Purchase.Of(orderId, userId, variant.Sku, product);
                    database.Add(purchase);
                }

                change(purchase, quantity);
            }
        }
    }
}
