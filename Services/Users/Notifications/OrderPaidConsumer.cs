using MassTransit;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

namespace PlayStationStore.Users;

/// <summary>Tells the shopper that the payment arrived, here and by mail.</summary>
public sealed class OrderPaidConsumer(UsersDbContext db, MailSettings mails, TimeProvider clock) : IBatchedConsumer<OrderPaid>
{
    private Known? ahead;

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
        // Told again under another id, an order is still mailed once.
        if (mails.Sends && !known.Mailed.Contains(order.OrderId))
        {
            db.Add(ReceiptMail.Of(order, clock.GetUtcNow()));
        }
    }

    private async Task<Known> ReadAsync(IReadOnlyCollection<OrderPaid> messages, CancellationToken cancel)
    {
        var orders = messages.Select(order => order.OrderId).ToList();
        return new(
            await db.AccountsAsync([.. messages.Select(order => order.UserId).Distinct()], cancel),
            mails.Sends
                ? await db.ReceiptMails.Where(mail => EF.Parameter(orders).Contains(mail.OrderId) && mail.GiftId == null && mail.Mailing == 0).Select(mail => mail.OrderId).ToHashSetAsync(cancel)
                : new HashSet<Guid>());
    }

    private sealed record Known(IReadOnlySet<Guid> Accounts, IReadOnlySet<Guid> Mailed);
}
