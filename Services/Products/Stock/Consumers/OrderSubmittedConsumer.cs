using MassTransit;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

namespace PlayStationStore.Products;

/// <summary>Holds stock for an accepted order, or tells why it cannot.</summary>
public sealed class OrderSubmittedConsumer(StockRoom stock) : IBatchedConsumer<OrderSubmitted>
{
    public async Task<IReadOnlyCollection<OrderSubmitted>> ReadAheadAsync(IReadOnlyCollection<OrderSubmitted> messages, CancellationToken cancel)
    {
        await stock.ReadAheadAsync(
            [.. messages.Select(order => order.OrderId)], [.. messages.SelectMany(order => order.Lines).Select(line => line.Sku).Distinct()], cancel);
        return messages;
    }

    public Task Consume(ConsumeContext<OrderSubmitted> context) => stock.ReserveAsync(context.Message);
}
