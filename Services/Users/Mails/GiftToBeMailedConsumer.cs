using MassTransit;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;

namespace PlayStationStore.Users;

/// <summary>A gift is to be mailed: a row in this transaction. A store that mails nobody tells the giver, who can give the gift back.</summary>
public sealed class GiftToBeMailedConsumer(UsersDbContext db, MailSettings mails, TimeProvider clock) : IConsumer<GiftToBeMailed>
{
    public async Task Consume(ConsumeContext<GiftToBeMailed> context)
    {
        var (gift, cancel) = (context.Message, context.CancellationToken);
        // Told again under another id, a mailing is still one mail; the account may be gone.
        if (await db.ReceiptMails.AnyAsync(mail => mail.GiftId == gift.GiftId && mail.Mailing == gift.Mailing, cancel)
            || !await db.Users.AnyAsync(account => account.Id == gift.UserId, cancel))
        {
            return;
        }

        if (mails.Sends)
        {
            db.Add(ReceiptMail.Of(gift, clock.GetUtcNow()));
        }
        else
        {
            db.Add(Notification.OfUnmailedGift(gift.UserId, gift.OrderId, gift.Number, clock.GetUtcNow()));
        }

        await db.SaveChangesAsync(cancel);
    }
}
