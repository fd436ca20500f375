using MassTransit;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

namespace PlayStationStore.Users;

/// <summary>Tells the shopper that everything is delivered; and where it was paid in the same moment, of the payment too, here and by mail.</summary>
public sealed class OrderCompletedConsumer(UsersDbContext db, MailSettings mails, TimeProvider clock) : IBatchedConsumer<OrderCompleted>
{
    private PaidOrders? ahead;

    public async Task<IReadOnlyCollection<OrderCompleted>> ReadAheadAsync(IReadOnlyCollection<OrderCompleted> messages, CancellationToken cancel)
    {
        ahead = await ReadAsync(messages, cancel);
        return messages;
    }

    public async Task Consume(ConsumeContext<OrderCompleted> context)
    {
        var order = context.Message;
        var known = ahead ?? await ReadAsync([order], context.CancellationToken);
        if (!known.Accounts.Contains(order.UserId))
        {
            return;
        }

        var payment = order is { PaidAtOnce: true, Total.Amount: > 0 } ? $"We have received your payment of {order.Total.InWords()}. " : "";
        db.Add(Notification.OfOrder(
            NotificationKind.OrderCompleted, order.UserId, order.OrderId, $"Order {order.Number} is complete",
            order.RestCancelled
                ? "What could not be sent is cancelled, and its money goes back. Everything else in it is yours."
                : $"{payment}Everything in it is yours. Games and add-ons are in your library.", order.CompletedAt));
        if (order.PaidAtOnce && known.IsUnmailed(order.OrderId, mails))
        {
            db.Add(ReceiptMail.Of(order, clock.GetUtcNow()));
        }
    }

    private Task<PaidOrders> ReadAsync(IReadOnlyCollection<OrderCompleted> messages, CancellationToken cancel) => PaidOrders.ReadAsync(
        db, mails, [.. messages.Where(order => order.PaidAtOnce).Select(order => order.OrderId)], messages.Select(order => order.UserId), cancel);
}
