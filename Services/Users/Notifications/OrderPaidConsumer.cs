using MassTransit;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

namespace PlayStationStore.Users;

/// <summary>Tells the shopper that the payment arrived, here and by mail.</summary>
public sealed class OrderPaidConsumer(UsersDbContext db, MailSettings mails, TimeProvider clock) : IBatchedConsumer<OrderPaid>
{
    private PaidOrders? ahead;

    public async Task<IReadOnlyCollection<OrderPaid>> ReadAheadAsync(IReadOnlyCollection<OrderPaid> messages, CancellationToken cancel)
    {
        ahead = await ReadAsync(messages, cancel);
        return messages;
    }

    public async Task Consume(ConsumeContext<OrderPaid> context)
    {
        var order = context.Message;
        var known = ahead ?? await ReadAsync([order], context.CancellationToken);
        if (!known.Accounts.Contains(order.UserId))
        {
            return;
        }

        db.Add(Notification.OfOrder(
            NotificationKind.OrderPaid, order.UserId, order.OrderId, $"Order {order.Number} is paid",
            $"We have received your payment of {order.Total.InWords()}.", order.PaidAt));
        if (known.IsUnmailed(order.OrderId, mails))
        {
            db.Add(ReceiptMail.Of(order, clock.GetUtcNow()));
        }
    }

    private Task<PaidOrders> ReadAsync(IReadOnlyCollection<OrderPaid> messages, CancellationToken cancel) =>
        PaidOrders.ReadAsync(db, mails, [.. messages.Select(order => order.OrderId)], messages.Select(order => order.UserId), cancel);
}
