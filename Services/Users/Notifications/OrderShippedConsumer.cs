using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Users;

/// <summary>Tells the shopper that a parcel left.</summary>
public sealed class OrderShippedConsumer(UsersDbContext db) : IConsumer<OrderShipped>
{
    public Task Consume(ConsumeContext<OrderShipped> context)
    {
        var order = context.Message;
        return db.TellAsync(
            Notification.OfOrder(
                NotificationKind.OrderShipped, order.UserId, order.OrderId, order.Whole ? $"Order {order.Number} is on its way" : $"A part of order {order.Number} is on its way",
                (order.TrackingNumber is { } number ? $"Your parcel has the tracking number {number}." : "Your parcel was handed to the carrier.")
                    + (order.Whole ? "" : " The rest follows."), order.ShippedAt),
            context.CancellationToken);
    }
}
