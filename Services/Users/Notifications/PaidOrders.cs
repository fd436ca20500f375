using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Users;

/// <summary>What has to be known before shoppers are told that their orders are paid.</summary>
/// <param name="Accounts">Who is still there.</param>
/// <param name="Mailed">The orders whose receipt is mailed, or about to be; none where the store sends no mails.</param>
internal sealed record PaidOrders(IReadOnlySet<Guid> Accounts, IReadOnlySet<Guid> Mailed)
{
    /// <summary>Reads it for several orders at once.</summary>
    /// <param name="db">Is read.</param>
    /// <param name="mails">Whether the store sends mails.</param>
    /// <param name="orders">The orders that are paid.</param>
    /// <param name="userIds">Who is to be told, also of other orders.</param>
    /// <param name="cancel">Ends the look.</param>
    public static async Task<PaidOrders> ReadAsync(
        UsersDbContext db, MailSettings mails, IReadOnlyCollection<Guid> orders, IEnumerable<Guid> userIds, CancellationToken cancel) => new(
            await db.AccountsAsync([.. userIds.Distinct()], cancel),
            mails.Sends && orders.Count > 0
                ? await db.ReceiptMails.Where(mail => EF.Parameter(orders).Contains(mail.OrderId) && mail.GiftId == null && mail.Mailing == 0).Select(mail => mail.OrderId).ToHashSetAsync(cancel)
                : new HashSet<Guid>());

    /// <summary>Whether its receipt is to be mailed: told again under another id, an order is still mailed once.</summary>
    public bool IsUnmailed(Guid orderId, MailSettings mails) => mails.Sends && !Mailed.Contains(orderId);
}
