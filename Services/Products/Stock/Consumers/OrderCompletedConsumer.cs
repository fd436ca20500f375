using MassTransit;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

namespace PlayStationStore.Products;

/// <summary>Counts what the store sells, for the order of best sellers, and lets who bought it review it.</summary>
public sealed class OrderCompletedConsumer(ProductsDbContext database, TimeProvider clock) : IBatchedConsumer<OrderCompleted>
{
    private IReadOnlyCollection<OrderCompleted>? uncounted;
    private OrderPurchases? ahead;

    public async Task<IReadOnlyCollection<OrderCompleted>> ReadAheadAsync(IReadOnlyCollection<OrderCompleted> messages, CancellationToken cancel)
    {
        uncounted = messages;
        ahead = await OrderPurchases.ReadAsync(database, messages, cancel);
        return messages;
    }

    public async Task Consume(ConsumeContext<OrderCompleted> context)
    {
        var purchases = ahead ?? await OrderPurchases.ReadAsync(database, [context.Message], context.CancellationToken);
        purchases.Complete(context.Message);
        // What is handled together is saved as a whole or not at all, so the first of it counts the sales of all.
        var orders = uncounted ?? [context.Message];
        uncounted = uncounted is null ? null : [];
        if (orders.Count > 0)
        {
            await database.InTransactionAsync(() => CountAsync(orders));
        }
    }

    private async Task CountAsync(IReadOnlyCollection<OrderCompleted> orders)
    {
        var now = clock.GetUtcNow();
        var sold = orders.SelectMany(order => order.Lines).Where(line => line.Quantity > 0)
            .GroupBy(line => line.ProductId, line => (long)line.Quantity).GroupBy(product => product.Sum(), product => product.Key);
        // Most are sold once, so that nearly always one statement counts all.
        foreach (var products in sold.OrderBy(products => products.Key))
        {
            var ids = products.Order().ToList();
            await database.Products.Where(product => EF.Parameter(ids).Contains(product.Id)).ExecuteUpdateAsync(set => set
                .SetProperty(product => product.StoreSales, product => product.StoreSales + products.Key)
                .SetProperty(product => product.LastSoldAt, now));
        }
    }
}
