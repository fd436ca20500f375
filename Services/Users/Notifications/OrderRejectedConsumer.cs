using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Users;

/// <summary>Tells the shopper why an order ended before it was charged.</summary>
public sealed class OrderRejectedConsumer(UsersDbContext db, TimeProvider clock) : IConsumer<OrderRejected>
{
    public Task Consume(ConsumeContext<OrderRejected> context)
    {
        var order = context.Message;
        return db.TellAsync(
            Notification.OfOrder(
                NotificationKind.OrderRejected, order.UserId, order.OrderId, $"Order {order.Number} could not be accepted",
                $"{OrderNotifications.ReasonInWords(order.Reason)} You were not charged.", clock.GetUtcNow()),
            context.CancellationToken);
    }
}
