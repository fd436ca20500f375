using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products;

/// <summary>Makes the stock what Orders says of an order, where the news of it was lost.</summary>
public sealed class OrderStandsConsumer(StockRoom stock) : IConsumer<OrderStands>
{
    public Task Consume(ConsumeContext<OrderStands> context) => stock.AgreeAsync(context.Message);
}
