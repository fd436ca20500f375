using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products;

/// <summary>Turns what is held for an order into a sale.</summary>
public sealed class OrderPaidConsumer(StockRoom stock) : IConsumer<OrderPaid>
{
    public Task Consume(ConsumeContext<OrderPaid> context) => context.Message.Held ? stock.SellAsync(context.Message.OrderId) : Task.CompletedTask;
}
