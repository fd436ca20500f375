using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Users;

/// <summary>Tells the shopper why the charge was refused; who had days to pay otherwise is told by mail too, since that may be long ago.</summary>
public sealed class PaymentFailedConsumer(UsersDbContext db, MailSettings mails, TimeProvider clock) : IConsumer<PaymentFailed>
{
    public Task Consume(ConsumeContext<PaymentFailed> context)
    {
        var (order, now) = (context.Message, clock.GetUtcNow());
        var notice = Notification.OfOrder(
            NotificationKind.PaymentFailed, order.UserId, order.OrderId,
            order.Waited ? $"Your pre-order {order.Number} has ended" : $"Payment for order {order.Number} failed",
            $"{OrderNotifications.ReasonInWords(order.Reason)} {(order.Waited ? "It was not paid in another way in time. " : "")}You were not charged.", now);
        return db.TellAsync(notice, context.CancellationToken, order.Waited && mails.Sends ? ReceiptMail.Of(notice, now) : null);
    }
}
