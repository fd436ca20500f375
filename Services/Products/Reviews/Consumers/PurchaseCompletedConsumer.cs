using MassTransit;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

namespace PlayStationStore.Products;

/// <summary>Lets who bought something review it, as <see cref="OrderCompletedConsumer"/> does now.</summary>
public sealed class PurchaseCompletedConsumer(ProductsDbContext database) : IRetiredConsumer<OrderCompleted>
{
    public async Task Consume(ConsumeContext<OrderCompleted> context)
    {
        var purchases = await OrderPurchases.ReadAsync(database, [context.Message], context.CancellationToken);
        purchases.Complete(context.Message);
    }
}
