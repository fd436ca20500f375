using MassTransit;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

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
            if (order is not null && OrderStanding.StockOf(order.Status) is "sold")
            {
                // It was paid, and the news of that was lost: Products takes the goods again, or tells that they are gone.
                database.Publish(order.Standing());
                await database.SaveChangesAsync(context.CancellationToken);
            }

            return;
        }

        var before = order.Status;
        await settlement.FailAsync(order, OrderReasons.PaymentTimeout, clock.GetUtcNow(), context.CancellationToken);
        await database.SaveChangesAsync(context.CancellationToken);
        metrics.Moved(order, before);
        payments.Enqueue(order.Id);
    }
}
