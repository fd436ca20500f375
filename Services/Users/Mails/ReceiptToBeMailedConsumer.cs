using MassTransit;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;

namespace PlayStationStore.Users;

/// <summary>A receipt is to be mailed once more: a row in this transaction. Where the store mails nobody, its shopper is told where it is.</summary>
public sealed class ReceiptToBeMailedConsumer(UsersDbContext db, MailSettings mails, TimeProvider clock) : IConsumer<ReceiptToBeMailed>
{
    public async Task Consume(ConsumeContext<ReceiptToBeMailed> context)
    {
        var (asked, cancel) = (context.Message, context.CancellationToken);
        // Told again under another id, a mailing is still one mail; the account may be gone.
        if (await db.ReceiptMails.AnyAsync(mail => mail.OrderId == asked.OrderId && mail.GiftId == null && mail.Mailing == asked.Mailing, cancel)
            || !await db.Users.AnyAsync(account => account.Id == asked.UserId, cancel))
        {
            return;
        }

        if (mails.Sends)
        {
            db.Add(ReceiptMail.Of(asked, clock.GetUtcNow()));
        }
        else
        {
            db.Add(Notification.OfUnmailedReceipt(asked.UserId, asked.OrderId, asked.Number, clock.GetUtcNow()));
        }

        await db.SaveChangesAsync(cancel);
    }
}
