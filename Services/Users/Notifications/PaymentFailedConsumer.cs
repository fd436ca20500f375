using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Users;

/// <summary>Tells the shopper why the charge was refused.</summary>
public sealed class PaymentFailedConsumer(UsersDbContext db, TimeProvider clock) : IConsumer<PaymentFailed>
{
    public Task Consume(ConsumeContext<PaymentFailed> context)
    {
        var order = context.Message;
        return db.TellAsync(
            Notification.OfOrder(
                NotificationKind.PaymentFailed, order.UserId, order.OrderId, $"Payment for order {order.Number} failed",
                $"{OrderNotifications.ReasonInWords(order.Reason)} You were not charged.", clock.GetUtcNow()),
            context.CancellationToken);
    }
}
