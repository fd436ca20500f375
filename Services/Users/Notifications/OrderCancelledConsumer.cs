using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Users;

/// <summary>Tells the shopper that the order is cancelled.</summary>
public sealed class OrderCancelledConsumer(UsersDbContext db) : IConsumer<OrderCancelled>
{
    public Task Consume(ConsumeContext<OrderCancelled> context)
    {
        var order = context.Message;
        return db.TellAsync(
            Notification.OfOrder(
                NotificationKind.OrderCancelled, order.UserId, order.OrderId, $"Order {order.Number} is cancelled",
                "What you paid for it goes back to the way you paid.", order.CancelledAt),
            context.CancellationToken);
    }
}
