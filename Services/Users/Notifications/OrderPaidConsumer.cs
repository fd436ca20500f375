using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Users;

/// <summary>Tells the shopper that the payment arrived.</summary>
public sealed class OrderPaidConsumer(UsersDbContext db) : IConsumer<OrderPaid>
{
    public Task Consume(ConsumeContext<OrderPaid> context)
    {
        var order = context.Message;
        return db.TellAsync(
            Notification.OfOrder(
                NotificationKind.OrderPaid, order.UserId, order.OrderId, $"Order {order.Number} is paid",
                $"We have received your payment of {order.Total.InWords()}.", order.PaidAt),
            context.CancellationToken);
    }
}
