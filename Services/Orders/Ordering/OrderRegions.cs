using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class OrderRegions
{
    /// <summary>The region whose prices an order was placed with; what it brought is renewed with them.</summary>
    /// <param name="database">Where the order is.</param>
    /// <param name="orderId">The order, or null.</param>
    /// <param name="cancel">Ends the look.</param>
    /// <returns>The default region where there is no such order.</returns>
    public static async Task<Region> RegionOfAsync(this OrdersDbContext database, Guid? orderId, CancellationToken cancel)
    {
        var order = await database.Orders.AsNoTracking().Where(order => order.Id == orderId).Select(order => new { order.Region, order.Currency })
            .SingleOrDefaultAsync(cancel);
        return Region.Of(order?.Region, order?.Currency) ?? Region.Default;
    }
}
