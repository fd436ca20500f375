using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Orders;

/// <summary>What a shopper has of some SKUs.</summary>
/// <param name="Library">What is paid and in the library, by SKU.</param>
/// <param name="Boxed">What is paid and sent as a parcel, or will be; nobody can take a disc back from afar, so it counts until it is refunded.</param>
internal sealed record Holdings(IReadOnlyDictionary<string, LibraryItem> Library, IReadOnlySet<string> Boxed)
{
    public static readonly Holdings None = new(new Dictionary<string, LibraryItem>(), new HashSet<string>());

    private static readonly OrderStatus[] Sent =
        [OrderStatus.AwaitingShipment, OrderStatus.Shipped, OrderStatus.Delivered, OrderStatus.PartiallyRefunded];

    /// <summary>Reads what a shopper has. The library's items are tracked, so that who rests on one can say so.</summary>
    public static async Task<Holdings> OfAsync(OrdersDbContext database, Guid userId, IReadOnlyCollection<string> skus, CancellationToken cancel)
    {
        if (skus.Count == 0)
        {
            return None;
        }

        var items = await database.LibraryItems.Where(item => item.UserId == userId && EF.Parameter(skus).Contains(item.Sku)).ToListAsync(cancel);
        var boxed = await database.Orders.Where(order => order.UserId == userId && Sent.Contains(order.Status)).SelectMany(order => order.Lines)
            .Where(line => !line.Digital && line.RefundedQuantity < line.Quantity && EF.Parameter(skus).Contains(line.Sku))
            .Select(line => line.Sku).Distinct().ToListAsync(cancel);
        return new(items.DistinctBy(item => item.Sku).ToDictionary(item => item.Sku, StringComparer.Ordinal), boxed.ToHashSet(StringComparer.Ordinal));
    }

    public bool Has(string sku) => Library.ContainsKey(sku) || Boxed.Contains(sku);
}
