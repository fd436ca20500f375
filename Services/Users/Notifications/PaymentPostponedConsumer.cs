using System.Globalization;
using MassTransit;
using PlayStationStore.Contracts;

namespace PlayStationStore.Users;

/// <summary>Tells the shopper, here and by mail, that a pre-order is out and not paid, and until when it can be.</summary>
public sealed class PaymentPostponedConsumer(UsersDbContext db, MailSettings mails, TimeProvider clock) : IConsumer<PaymentPostponed>
{
    public Task Consume(ConsumeContext<PaymentPostponed> context)
    {
        var order = context.Message;
        var notice = Notification.OfOrder(
            NotificationKind.PaymentPostponed, order.UserId, order.OrderId, $"Your pre-order {order.Number} is out and not paid",
            $"{OrderNotifications.ReasonInWords(order.Reason)} {order.Payment} could not pay {order.Total.InWords()}. We keep it for you until "
                + $"{order.PayUntil.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture)}: pay in another way on the order's page.",
            order.At);
        return db.TellAsync(notice, context.CancellationToken, mails.Sends ? ReceiptMail.Of(notice, clock.GetUtcNow()) : null);
    }
}
