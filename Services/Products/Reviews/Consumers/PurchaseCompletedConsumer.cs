using MassTransit;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

namespace PlayStationStore.Products;

/// <summary>Lets who bought something review it.</summary>
public sealed class PurchaseCompletedConsumer(ProductsDbContext database) : IBatchedConsumer<OrderCompleted>
{
    private OrderPurchases? ahead;

    public async Task<IReadOnlyCollection<OrderCompleted>> ReadAheadAsync(IReadOnlyCollection<OrderCompleted> messages, CancellationToken cancel)
    {
        ahead = await OrderPurchases.ReadAsync(database, [.. messages.Select(order => (order.OrderId, order.Lines))], cancel);
        return messages;
    }

    public async Task Consume(ConsumeContext<OrderCompleted> context)
    {
        var order = context.Message;
        var purchases = ahead ?? await OrderPurchases.ReadAsync(database, [(order.OrderId, order.Lines)], context.CancellationToken);
        purchases.Each(order.OrderId, order.UserId, order.Lines, (purchase, quantity) => purchase.Complete(quantity, order.CompletedAt));
    }
}
