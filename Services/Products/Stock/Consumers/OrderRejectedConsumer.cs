using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products;

/// <summary>Releases what is held for an order that ended before it was charged.</summary>
public sealed class OrderRejectedConsumer(StockRoom stock) : IConsumer<OrderRejected>
{
    public Task Consume(ConsumeContext<OrderRejected> context) => stock.ReleaseAsync(context.Message.OrderId, "rejected", soldToo: false);
}
