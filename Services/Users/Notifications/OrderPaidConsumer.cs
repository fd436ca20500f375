using MassTransit;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;

namespace PlayStationStore.Users;

/// <summary>Tells the shopper that the payment arrived, here and by mail.</summary>
public sealed class OrderPaidConsumer(UsersDbContext db, MailSettings mails, TimeProvider clock) : IConsumer<OrderPaid>
{
    public async Task Consume(ConsumeContext<OrderPaid> context)
    {
        var order = context.Message;
        // Told again under another id, an order is still mailed once.
        var mail = mails.Sends && !await db.ReceiptMails.AnyAsync(one => one.OrderId == order.OrderId && one.GiftId == null, context.CancellationToken)
            ? ReceiptMail.Of(order, clock.GetUtcNow())
            : null;
        await db.TellAsync(
            Notification.OfOrder(
                NotificationKind.OrderPaid, order.UserId, order.OrderId, $"Order {order.Number} is paid",
                $"We have received your payment of {order.Total.InWords()}.", order.PaidAt),
            context.CancellationToken, mail);
    }
}
