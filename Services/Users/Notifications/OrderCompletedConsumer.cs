using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Users;

/// <summary>Tells the shopper that everything is delivered.</summary>
public sealed class OrderCompletedConsumer(UsersDbContext db) : IConsumer<OrderCompleted>
{
    public Task Consume(ConsumeContext<OrderCompleted> context)
    {
        var order = context.Message;
        return db.TellAsync(
            Notification.OfOrder(
                NotificationKind.OrderCompleted, order.UserId, order.OrderId, $"Order {order.Number} is complete",
                "Everything in it is yours. Games and add-ons are in your library.", order.CompletedAt),
            context.CancellationToken);
    }
}
