using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products;

/// <summary>Takes back what is held or sold for a cancelled order.</summary>
public sealed class OrderCancelledConsumer(StockRoom stock) : IConsumer<OrderCancelled>
{
    public Task Consume(ConsumeContext<OrderCancelled> context) => stock.ReleaseAsync(context.Message.OrderId, "cancelled", soldToo: true);
}
