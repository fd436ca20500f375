using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Users;

/// <summary>Tells the shopper that money goes back.</summary>
public sealed class OrderRefundedConsumer(UsersDbContext db) : IConsumer<OrderRefunded>
{
    public Task Consume(ConsumeContext<OrderRefunded> context)
    {
        var order = context.Message;
        return db.TellAsync(
            Notification.OfOrder(
                NotificationKind.OrderRefunded, order.UserId, order.OrderId, $"Refund for order {order.Number}",
                $"{order.Refunded.InWords()} {(order.Whole ? "for the whole order" : "for a part of the order")} is on its way back to you.", order.RefundedAt),
            context.CancellationToken);
    }
}
