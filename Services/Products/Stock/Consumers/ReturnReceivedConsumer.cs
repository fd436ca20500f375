using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products;

/// <summary>Puts what came back and can be sold again into stock, and keeps who took it in.</summary>
public sealed class ReturnReceivedConsumer(StockRoom stock) : IConsumer<ReturnReceived>
{
    public Task Consume(ConsumeContext<ReturnReceived> context) => stock.TakeInAsync(context.Message);
}
