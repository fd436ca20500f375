using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products;

/// <summary>Lets who bought something review it.</summary>
public sealed class PurchaseCompletedConsumer(ProductsDbContext database) : IConsumer<OrderCompleted>
{
    public async Task Consume(ConsumeContext<OrderCompleted> context)
    {
        var order = context.Message;
        await Purchase.EachAsync(
            database, order.OrderId, order.UserId, order.Lines, (purchase, quantity) => purchase.Complete(quantity, order.CompletedAt), context.CancellationToken);
        await database.SaveChangesAsync(context.CancellationToken);
    }
}
