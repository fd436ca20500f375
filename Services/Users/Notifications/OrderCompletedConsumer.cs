using MassTransit;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

namespace PlayStationStore.Users;

/// <summary>Tells the shopper that everything is delivered.</summary>
public sealed class OrderCompletedConsumer(UsersDbContext db) : IBatchedConsumer<OrderCompleted>
{
    private IReadOnlySet<Guid>? accounts;

    public async Task<IReadOnlyCollection<OrderCompleted>> ReadAheadAsync(IReadOnlyCollection<OrderCompleted> messages, CancellationToken cancel)
    {
        accounts = await db.AccountsAsync([.. messages.Select(order => order.UserId).Distinct()], cancel);
        return messages;
    }

    public async Task Consume(ConsumeContext<OrderCompleted> context)
    {
        var order = context.Message;
        accounts ??= await db.AccountsAsync([order.UserId], context.CancellationToken);
        if (accounts.Contains(order.UserId))
        {
            db.Add(Notification.OfOrder(
                NotificationKind.OrderCompleted, order.UserId, order.OrderId, $"Order {order.Number} is complete",
                "Everything in it is yours. Games and add-ons are in your library.", order.CompletedAt));
        }
    }
}
