using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>A reservation ran out before its order was paid: the order ends, and a payment that still arrives goes back.</summary>
public sealed class StockReleasedConsumer(OrdersDbContext database, Settlement settlement, DuePayments payments, OrderMetrics metrics, TimeProvider clock) : IConsumer<StockReleased>
{
    private const string Expired = "expired";

    public async Task Consume(ConsumeContext<StockReleased> context)
    {
        if (context.Message.Reason is not Expired)
        {
            return;
        }

        var order = await database.Orders.Where(order => order.Id == context.Message.OrderId).WholeAsync(context.CancellationToken);
        if (order?.Status is not (OrderStatus.Submitted or OrderStatus.AwaitingPayment))
        {
            return;
        }

        var before = order.Status;
        await settlement.FailAsync(order, OrderReasons.PaymentTimeout, clock.GetUtcNow(), context.CancellationToken);
        await database.SaveChangesAsync(context.CancellationToken);
        metrics.Moved(order, before);
        payments.Enqueue(order.Id);
    }
}
