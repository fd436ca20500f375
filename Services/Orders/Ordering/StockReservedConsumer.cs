using MassTransit;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

namespace PlayStationStore.Orders;

/// <summary>Stock is held: the order is charged if it costs what the shopper saw, else it ends with the reason.</summary>
public sealed class StockReservedConsumer(
    OrdersDbContext database, Settlement settlement, CouponUses coupons, DuePayments payments, OrderMetrics metrics, TimeProvider clock)
    : IConsumer<StockReserved>
{
    // Digital goods are not held for anybody, so their payment may take its time.
    private static readonly TimeSpan DigitalPatience = TimeSpan.FromMinutes(30);

    public async Task Consume(ConsumeContext<StockReserved> context)
    {
        var stock = context.Message;
        var now = clock.GetUtcNow();
        var order = await database.Orders.Where(order => order.Id == stock.OrderId).WholeAsync(context.CancellationToken);
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

        await database.SaveChangesAsync(context.CancellationToken);
        metrics.Moved(order, before);
        if (order.Payment.Status is PaymentStatus.Pending)
        {
            payments.Enqueue(order.Id);
        }
    }

    private async Task Charge(Order order, StockReserved stock, DateTimeOffset now, CancellationToken cancel)
    {
        var reason = order.Confirm(stock);
        var deadline = order.Lines.All(line => line.Digital) ? now + DigitalPatience : stock.ExpiresAt;
        if (reason is null && deadline <= now)
        {
            reason = OrderReasons.PaymentTimeout;
        }

        if (reason is null && await IsOwned(order, cancel))
        {
            reason = OrderReasons.AlreadyOwned;
        }

        if (reason is null && order.CouponId is { } coupon && !await coupons.TryTakeAsync(coupon, order.UserId, order.Id, cancel))
        {
            reason = OrderReasons.CouponInvalid;
        }

        if (reason is not null)
        {
            await settlement.RejectAsync(order, reason, now, cancel);
            return;
        }

        // Another order of the same shopper at the same moment runs into the key, comes again, and finds the download owned.
        database.AddRange(order.Lines.Where(line => line.OwnedOnce).Select(line => new Ownership(order.UserId, line.Sku, order.Id)));
        order.AwaitPayment(now);
        if (order.Total == 0)
        {
            order.Payment.Waive();
            settlement.Pay(order, now);
        }
        else
        {
            order.Payment.Start(deadline, now);
        }
    }
    private async Task<bool> IsOwned(Order order, CancellationToken cancel)
    {
        var once = order.Lines.Where(line => line.OwnedOnce).Select(line => line.Sku).ToList();
        return once.Count > 0 && await database.Ownerships.AnyAsync(owned => owned.UserId == order.UserId && EF.Parameter(once).Contains(owned.Sku), cancel);
    }
}
