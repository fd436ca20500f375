using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Users;

/// <summary>What the consumers of order events have in common.</summary>
internal static class OrderNotifications
{
    /// <summary>What happens to an order no more than once.</summary>
    public static readonly IReadOnlyList<NotificationKind> Once =
        [NotificationKind.OrderPaid, NotificationKind.OrderCompleted, NotificationKind.OrderRejected, NotificationKind.PaymentFailed,
        NotificationKind.PaymentPostponed, NotificationKind.OrderCancelled];

    /// <summary>Which of some accounts are still there.</summary>
    public static async Task<IReadOnlySet<Guid>> AccountsAsync(this UsersDbContext db, IReadOnlyCollection<Guid> accountIds, CancellationToken cancel) =>
        await db.Users.Where(account => EF.Parameter(accountIds).Contains(account.Id)).Select(account => account.Id).ToHashSetAsync(cancel);

    /// <summary>Saves the notification, and a mail with it; who has deleted their account is told nothing.</summary>
    public static async Task TellAsync(this UsersDbContext db, Notification notification, CancellationToken cancel, ReceiptMail? mail = null)
    {
        if (await db.Users.AnyAsync(account => account.Id == notification.AccountId, cancel))
        {
            db.Add(notification);
            if (mail is not null)
            {
                db.Add(mail);
            }
        }

        await db.SaveChangesAsync(cancel);
    }

    public static string InWords(this Money money) => Currency.Write(money.Amount, money.Currency);

    public static string ReasonInWords(string reason) => reason switch
    {
        "soldOut" => "Something in it is sold out.",
        "unknown" or "withdrawn" => "Something in it is not sold any more.",
        "priceChanged" => "A price has changed since you saw it.",
        "currency" => "It cannot be sold in this currency.",
        "couponInvalid" => "The coupon cannot be used for it.",
        "alreadyOwned" => "Something in it is in your library already.",
        "onlyOne" => "A download, or a membership, is bought once in an order.",
        "addressRequired" => "It needs a shipping address.",
        "shippingChanged" => "What sending it costs has changed.",
        "notServed" => "We do not send parcels to that country.",
        "declined" => "The card was declined.",
        "insufficientFunds" => "There was not enough money for it.",
        "paymentTimeout" => "The payment was not confirmed in time.",
        _ => "It could not be completed.",
    };
}
