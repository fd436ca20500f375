using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products;

/// <summary>Releases what is held for an order that could not be charged.</summary>
public sealed class PaymentFailedConsumer(StockRoom stock) : IConsumer<PaymentFailed>
{
    public Task Consume(ConsumeContext<PaymentFailed> context) => stock.ReleaseAsync(context.Message.OrderId, "paymentFailed", soldToo: false);
}
