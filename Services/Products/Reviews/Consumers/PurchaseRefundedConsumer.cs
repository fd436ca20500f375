using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products;

/// <summary>Who gave something back no longer reviews it; what they have written stays.</summary>
public sealed class PurchaseRefundedConsumer(ProductsDbContext database) : IConsumer<OrderRefunded>
{
    public async Task Consume(ConsumeContext<OrderRefunded> context)
    {
        var order = context.Message;
        var purchases = await OrderPurchases.ReadAsync(database, [(order.OrderId, order.Lines)], context.CancellationToken);
        purchases.Each(order.OrderId, order.UserId, order.Lines, (purchase, quantity) => purchase.GiveBack(quantity, order.RefundedAt));
        await database.SaveChangesAsync(context.CancellationToken);
    }
}
