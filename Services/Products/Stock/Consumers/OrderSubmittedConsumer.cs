using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products;

/// <summary>Holds stock for an accepted order, or tells why it cannot.</summary>
public sealed class OrderSubmittedConsumer(StockRoom stock) : IConsumer<OrderSubmitted>
{
    public Task Consume(ConsumeContext<OrderSubmitted> context) => stock.ReserveAsync(context.Message);
}
