using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>At least one line cannot be sold: the order ends with the first line's reason.</summary>
public sealed class StockRejectedConsumer(OrdersDbContext database, Settlement settlement, DuePayments payments, OrderMetrics metrics, TimeProvider clock) : IConsumer<StockRejected>
{
    public async Task Consume(ConsumeContext<StockRejected> context)
    {
        var rejected = context.Message;
        var order = await database.Orders.Where(order => order.Id == rejected.OrderId).WholeAsync(context.CancellationToken);
        if (order is null || !order.Cancellable)
        {
            return;
        }

        var before = order.Status;
        var reason = rejected.Lines.Select(line => line.Reason).FirstOrDefault(OrderReasons.Unknown);
        if (before is OrderStatus.Submitted)
        {
            await settlement.RejectAsync(order, reason, clock.GetUtcNow(), context.CancellationToken);
        }
        else if (order.HasRest)
        {
            // As below; what is delivered stays, since a code may be redeemed and a download begun by now.
            var grant = new RefundGrant(RefundReason.NotSent, "It was sold out by the time that it was paid.", Guid.Empty, ByStaff: true);
            await settlement.CancelRestAsync(order, grant, clock.GetUtcNow(), context.CancellationToken);
        }
        else
        {
            // The reservation had run out before the payment arrived, and the stock was gone: the money goes back.
            await settlement.CancelAsync(order, reason, null, clock.GetUtcNow(), context.CancellationToken);
        }

        await database.SaveChangesAsync(context.CancellationToken);
        metrics.Moved(order, before);
        payments.Enqueue(order.Id);
    }
}
