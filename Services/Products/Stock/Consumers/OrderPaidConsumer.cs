using MassTransit;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

namespace PlayStationStore.Products;

/// <summary>Turns what is held for an order into a sale.</summary>
public sealed class OrderPaidConsumer(StockRoom stock) : IBatchedConsumer<OrderPaid>
{
    public async Task<IReadOnlyCollection<OrderPaid>> ReadAheadAsync(IReadOnlyCollection<OrderPaid> messages, CancellationToken cancel)
    {
        await stock.ReadAheadAsync([.. messages.Select(order => order.OrderId)], [], cancel);
        return messages;
    }

    public Task Consume(ConsumeContext<OrderPaid> context) => context.Message.Held ? stock.SellAsync(context.Message.OrderId) : Task.CompletedTask;
}
