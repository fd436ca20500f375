using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;

namespace PlayStationStore.Users;

/// <summary>
/// Sends the mails that wait, and again until they are taken or given up. Safe with several replicas, since a mail is leased to one of them at a
/// time. A process that dies between the server's word and its own commit sends the mail again: twice is better than never.
/// </summary>
internal sealed class MailSender(
    IServiceScopeFactory scopes, MailSettings settings, MailPost post, GiftLetters gifts, ReceiptLetters receipts, TimeProvider clock, ILogger<MailSender> logger) : BackgroundService
{
    private const int BatchSize = 40;
    private const int AtOnce = 4;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private DateTimeOffset cleanedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.Sends)
        {
            logger.LogWarning("Store:Mail:Host is not set: nobody is mailed a receipt, a gift or a notice.");
            return;
        }

        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                // One batch a beat: in a rush of orders, mails that are written a minute later take nothing from who is buying.
                // What has begun is finished, also where the service stops: cut off, it might be sent twice.
                await Parallel.ForEachAsync(
                    await Claim(stoppingToken), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (mail, _) => await Send(mail));

                await Clean(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(exception, "Mails could not be sent; they are tried again.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<List<ClaimedMail>> Claim(CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<UsersDbContext>();
        var now = clock.GetUtcNow();
        var due = await database.ReceiptMails.Where(mail => mail.DueAt <= now).OrderBy(mail => mail.DueAt).ThenBy(mail => mail.Id)
            .Select(mail => mail.Id).Take(BatchSize).ToListAsync(stopping);
        if (due.Count == 0)
        {
            return [];
        }

        var claim = Guid.NewGuid();
        var until = now + ReceiptMail.Lease;
        await database.ReceiptMails.Where(mail => due.Contains(mail.Id) && mail.DueAt <= now).ExecuteUpdateAsync(
            set => set.SetProperty(mail => mail.DueAt, until).SetProperty(mail => mail.LeasedBy, claim), stopping);
        return await database.ReceiptMails.AsNoTracking().Where(mail => mail.LeasedBy == claim)
            .Join(database.Users, mail => mail.AccountId, account => account.Id, (mail, account) => new ClaimedMail(mail, account.Email!, account.DisplayName)).ToListAsync(stopping);
    }

    // No transaction is open while the server is asked.
    private async Task Send(ClaimedMail claimed)
    {
        bool? taken = null;
        try
        {
            var mail = claimed.Mail;
            using var letter = mail switch
            {
                { GiftId: not null } => await gifts.WriteAsync(mail, claimed.DisplayName, clock.GetUtcNow()),
                { NoticeTitle: not null } => NoticeLetter.Write(mail, claimed.Email, settings, clock.GetUtcNow()),
                _ => await receipts.WriteAsync(mail, claimed.Email, clock.GetUtcNow()),
            };
            var kind = mail switch { { GiftId: not null } => $"-gift-{mail.Id:N}", { NoticeTitle: not null } => $"notice-{mail.Id:N}", { Mailing: > 0 } => $"-again-{mail.Mailing}", _ => "" };
            // A gift that was redeemed or taken back meanwhile is done with, and so is a receipt that Orders does not have.
            taken = letter is null || await post.SendAsync(letter, $"{mail.PaidAt.UtcDateTime:yyyyMMdd-HHmmss}-{mail.Number}{kind}");
        }
        catch (Exception exception)
        {
            logger.LogWarning(exception, "Mail {MailId} was not taken.", claimed.Mail.Id);
        }

        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<UsersDbContext>();
        // Gone with its account, or taken over by another process, it is not this one's to settle.
        if (await database.ReceiptMails.SingleOrDefaultAsync(mail => mail.Id == claimed.Mail.Id && mail.LeasedBy == claimed.Mail.LeasedBy) is { } kept)
        {
            Settle(database, kept, taken, clock.GetUtcNow());
            await database.SaveChangesAsync();
        }
    }

    private void Settle(UsersDbContext database, ReceiptMail mail, bool? taken, DateTimeOffset now)
    {
        switch (taken)
        {
            case true:
                mail.Sent(now);
                break;
            case false:
                mail.GiveUp(now);
                logger.LogWarning("Mail {MailId} is given up: its receiver is refused.", mail.Id);
                break;
            default:
                mail.Failed(now);
                if (mail is { GivenUpAt: not null, GiftId: null, NoticeTitle: null })
                {
                    database.Publish(new AdministratorsTold(
                        $"The receipt of order {mail.Number} could not be mailed", "The mail server did not take it in three days.",
                        $"/admin/orders/{mail.OrderId}", now));
                }

                break;
        }

        if (mail is { GivenUpAt: not null, GiftId: not null })
        {
            database.Add(Notification.OfUnmailedGift(mail.AccountId, mail.OrderId, mail.Number, now));
        }
    }

    private async Task Clean(CancellationToken stopping)
    {
        var now = clock.GetUtcNow();
        if (now - cleanedAt < TimeSpan.FromHours(1))
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var before = now - Kept;
        await scope.ServiceProvider.GetRequiredService<UsersDbContext>().ReceiptMails
            .Where(mail => mail.DueAt == null && mail.CreatedAt < before).ExecuteDeleteAsync(stopping);
        cleanedAt = now;
    }

    private sealed record ClaimedMail(ReceiptMail Mail, string Email, string DisplayName);
}
