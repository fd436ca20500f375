using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

namespace PlayStationStore.Orders;

/// <summary>The ways an order can end, each with everything that belongs to it in one unit of work, which the caller saves.</summary>
internal static class Settlement
{
    /// <summary>The total is charged: the shopper owns what is digital.</summary>
    public static void Pay(OrdersDbContext database, Order order, DateTimeOffset now)
    {
        order.MarkPaid(now);
        database.AddRange(order.Lines.Where(line => line.Digital).Select(line => LibraryItem.For(order, line, now)));
        database.Publish(new OrderPaid(order.Id, order.Number, order.UserId, new Money(order.Total, order.Currency), now));
        if (order.Status is OrderStatus.Completed)
        {
            PublishCompleted(database, order, now);
        }
    }

    /// <summary>Nothing was charged, and nothing will be.</summary>
    public static async Task RejectAsync(OrdersDbContext database, Order order, string reason, DateTimeOffset now, CancellationToken cancel)
    {
        order.Reject(reason, now);
        order.Payment.GiveUp(now);
        await GiveCouponBack(database, order, cancel);
        database.Publish(new OrderRejected(order.Id, order.Number, order.UserId, reason));
    }

    /// <summary>The provider refused, or did not decide in time; should it have charged all the same, that goes back.</summary>
    public static async Task FailAsync(OrdersDbContext database, Order order, string reason, DateTimeOffset now, CancellationToken cancel)
    {
        order.Reject(reason, now);
        order.Payment.GiveUp(now);
        await GiveCouponBack(database, order, cancel);
        database.Publish(new PaymentFailed(order.Id, order.Number, order.UserId, reason));
    }

    /// <summary>The order is taken back whole: what was charged is returned, and what was delivered with it leaves the library.</summary>
    public static async Task CancelAsync(
        OrdersDbContext database, Order order, string reason, string? note, DateTimeOffset now, CancellationToken cancel)
    {
        order.Cancel(reason, note, now);
        order.Payment.GiveUp(now);
        await GiveCouponBack(database, order, cancel);
        database.RemoveRange(await database.LibraryItems.Where(item => item.OrderId == order.Id).ToListAsync(cancel));
        database.Publish(new OrderCancelled(order.Id, order.Number, order.UserId, now));
    }

    public static void Deliver(OrdersDbContext database, Order order, DateTimeOffset now)
    {
        order.Deliver(now);
        PublishCompleted(database, order, now);
    }

    /// <summary>An order that ended without a sale has not used its coupon.</summary>
    public static async Task GiveCouponBack(OrdersDbContext database, Order order, CancellationToken cancel)
    {
        if (order.CouponId is not null)
        {
            database.RemoveRange(await database.CouponUses.Where(use => use.OrderId == order.Id).ToListAsync(cancel));
        }
    }

    private static void PublishCompleted(OrdersDbContext database, Order order, DateTimeOffset now) => database.Publish(new OrderCompleted(
        order.Id, order.Number, order.UserId, [.. order.Lines.Select(line => new SoldLine(line.ProductId!.Value, line.Sku, line.Quantity))],
        new Money(order.Total, order.Currency), now));
}
