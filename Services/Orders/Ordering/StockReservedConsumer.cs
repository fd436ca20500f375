using MassTransit;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

namespace PlayStationStore.Orders;

/// <summary>Stock is held: the order is charged if it costs what the shopper saw, else it ends with the reason.</summary>
public sealed class StockReservedConsumer(
    OrdersDbContext database, Settlement settlement, Memberships memberships, CouponUses coupons, DuePayments payments, OrderMetrics metrics, AfterCommit afterCommit,
    TimeProvider clock)
    : IBatchedConsumer<StockReserved>
{
    // Digital goods are not held for anybody, so their payment may take its time.
    private static readonly TimeSpan DigitalPatience = TimeSpan.FromMinutes(30);

    private IReadOnlySet<(Guid UserId, string Sku)>? taken;

    public async Task<IReadOnlyCollection<StockReserved>> ReadAheadAsync(IReadOnlyCollection<StockReserved> messages, CancellationToken cancel)
    {
        var orders = await database.WholeOrdersAsync([.. messages.Select(stock => stock.OrderId)], cancel);
        taken = await Claims.TakenAsync(database, orders, messages, cancel);
        // Coupons are counted in a transaction of their own, and what costs nothing is handed over here, which may need what was handed over before.
        var alone = orders.Where(order => order.CouponsTaken().Count > 0 || order.Total == 0).Select(order => order.Id).ToHashSet();
        return [.. messages.Where(stock => !alone.Contains(stock.OrderId))];
    }

    public async Task Consume(ConsumeContext<StockReserved> context)
    {
        var stock = context.Message;
        var now = clock.GetUtcNow();
        var order = await database.WholeOrderAsync(stock.OrderId, context.CancellationToken);
        if (order is null)
        {
            return;
        }

        var before = order.Status;
        if (before is OrderStatus.Submitted)
        {
            await Charge(order, stock, now, context.CancellationToken);
        }
        else if (before is OrderStatus.Cancelled or OrderStatus.Rejected)
        {
            // The order ended while Products was holding stock for it, and Products may have heard of the end first. The shopper was told then.
            await settlement.GiveBackAsync(order, context.CancellationToken);
            database.Publish(order.Standing());
        }

        afterCommit.Do(() =>
        {
            metrics.Moved(order, before);
            if (order.Payment.Status is PaymentStatus.Pending && before is OrderStatus.Submitted)
            {
                payments.EnqueueStarted(order);
            }
            else if (order.Payment.Status is PaymentStatus.Pending)
            {
                payments.Enqueue(order.Id);
            }
        });
    }

    private async Task Charge(Order order, StockReserved stock, DateTimeOffset now, CancellationToken cancel)
    {
        var claims = await Claims.OfAsync(database, memberships, order, stock, now, cancel);
        var reason = order.Confirm(stock, claims.Owned, claims.Member);
        var deadline = order.Lines.All(line => line.Digital) ? now + DigitalPatience : stock.ExpiresAt;
        if (reason is null && deadline <= now)
        {
            reason = OrderReasons.PaymentTimeout;
        }

        if (reason is null && order.Forgotten && order.ReleaseAt is not null)
        {
            // Its shopper has closed the account before it was known to be a pre-order, which would be charged later.
            reason = OrderReasons.CancelledByShopper;
        }

        reason ??= await claims.RefusalAsync(taken, cancel);
        Guid[] used = [.. order.CouponsTaken().Select(coupon => coupon.Id)];
        if (reason is null && used.Length > 0 && !await coupons.TryTakeAsync(used, order.UserId, order.Id, cancel))
        {
            reason = OrderReasons.CouponInvalid;
        }

        if (reason is not null)
        {
            await settlement.RejectAsync(order, reason, now, cancel);
            return;
        }

        claims.Take();
        order.AwaitPayment(now);
        if (order.Total == 0)
        {
            order.Payment.Waive();
            await settlement.PayAsync(order, now, cancel);
        }
        else if (order.ReleaseAt is null || order.Payment.Method is PaymentMethod.Wallet)
        {
            order.Payment.Start(order.ReleaseAt is null ? deadline : now + DigitalPatience, now);
        }

        // A card is charged on the day when what was pre-ordered comes out.
    }
}
