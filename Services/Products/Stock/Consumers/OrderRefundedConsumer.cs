using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products;

/// <summary>Takes back what was refunded.</summary>
public sealed class OrderRefundedConsumer(StockRoom stock) : IConsumer<OrderRefunded>
{
    public Task Consume(ConsumeContext<OrderRefunded> context) => context.Message.StockTold ? Task.CompletedTask
        : context.Message.Whole ? stock.ReleaseAsync(context.Message.OrderId, "refunded", soldToo: true)
        : stock.ReturnAsync(context.Message.OrderId, context.Message.Lines);
}
