using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlayStationStore.Contracts;

namespace PlayStationStore.Users;

/// <summary>
/// The mail that an order is paid, that brings a gift of it to a friend, or that tells a shopper of their membership or of a payment. It is saved
/// in the transaction that hears of it, and written when it is sent, to the address of then; it goes with the account.
/// </summary>
public sealed class ReceiptMail
{
    /// <summary>How long one process has a mail to itself: well above what a whole batch may take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    // From a try that failed to the next; three days and a little in all.
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(3),
        TimeSpan.FromHours(8), TimeSpan.FromHours(12), TimeSpan.FromHours(24), TimeSpan.FromHours(24),
    ];

    private ReceiptMail()
    {
    }

    public Guid Id { get; private init; }

    public Guid AccountId { get; private init; }

    /// <summary>The order; a notice, which is of none, has its own id here.</summary>
    public Guid OrderId { get; private init; }

    /// <summary>What a notice is about; null for a receipt.</summary>
    public string? NoticeTitle { get; private init; }

    /// <summary>What it says; null for a receipt.</summary>
    public string? NoticeText { get; private init; }

    /// <summary>Where its link leads, from the store's root; null for a receipt, and for a notice of before there were others than memberships'.</summary>
    public string? NoticeLink { get; private init; }

    /// <summary>The gift that it brings; null for a receipt.</summary>
    public Guid? GiftId { get; private init; }

    /// <summary>1 for a gift's first mail, 0 for a receipt's, and one more each time that it is asked for again.</summary>
    public int Mailing { get; private init; }

    public string Number { get; private init; } = null!;

    /// <summary>What was paid, in minor units; 0 for a gift, whose receiver is not told.</summary>
    public long Amount { get; private init; }

    public string Currency { get; private init; } = null!;

    public DateTimeOffset PaidAt { get; private init; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>When it is sent next; null once it is sent or given up.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    public Guid? LeasedBy { get; private set; }

    public int Failures { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    public DateTimeOffset? GivenUpAt { get; private set; }

    public static ReceiptMail Of(OrderPaid order, DateTimeOffset now) =>
        Receipt(order.UserId, order.OrderId, order.Number, order.Total, order.PaidAt, mailing: 0, now);

    /// <summary>The receipt of an order that was paid and completed at once.</summary>
    public static ReceiptMail Of(OrderCompleted order, DateTimeOffset now) =>
        Receipt(order.UserId, order.OrderId, order.Number, order.Total, order.CompletedAt, mailing: 0, now);

    /// <summary>The same mail once more.</summary>
    public static ReceiptMail Of(ReceiptToBeMailed asked, DateTimeOffset now) =>
        Receipt(asked.UserId, asked.OrderId, asked.Number, asked.Total, asked.PaidAt, asked.Mailing, now);

    /// <summary>The mail that goes with a notification.</summary>
    public static ReceiptMail Of(Notification notice, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        return new()
        {
            Id = id,
            AccountId = notice.AccountId,
            OrderId = id,
            NoticeTitle = notice.Title,
            NoticeText = notice.Text,
            NoticeLink = notice.Link,
            Number = "",
            Currency = "",
            PaidAt = notice.CreatedAt,
            CreatedAt = now,
            DueAt = now,
        };
    }

    public static ReceiptMail Of(GiftToBeMailed gift, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        AccountId = gift.UserId,
        OrderId = gift.OrderId,
        GiftId = gift.GiftId,
        Mailing = gift.Mailing,
        Number = gift.Number,
        Currency = "",
        PaidAt = gift.AskedAt,
        CreatedAt = now,
        DueAt = now,
    };

    private static ReceiptMail Receipt(Guid accountId, Guid orderId, string number, Money total, DateTimeOffset paidAt, int mailing, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        AccountId = accountId,
        OrderId = orderId,
        Mailing = mailing,
        Number = number,
        Amount = total.Amount,
        Currency = total.Currency,
        PaidAt = paidAt,
        CreatedAt = now,
        DueAt = now,
    };

    public void Sent(DateTimeOffset now) => (SentAt, DueAt, LeasedBy) = (now, null, null);

    /// <summary>It was not taken: it is sent again later, each time a little later than before, and given up after three days.</summary>
    public void Failed(DateTimeOffset now)
    {
        if (Failures == Pauses.Length)
        {
            GiveUp(now);
        }
        else
        {
            (DueAt, LeasedBy) = (now + Pauses[Failures++], null);
        }
    }

    /// <summary>Nobody will ever take it.</summary>
    public void GiveUp(DateTimeOffset now) => (GivenUpAt, DueAt, LeasedBy) = (now, null, null);

    internal sealed class Configuration : IEntityTypeConfiguration<ReceiptMail>
    {
        public void Configure(EntityTypeBuilder<ReceiptMail> builder)
        {
            builder.ToTable("ReceiptMails");
            builder.Property(mail => mail.Id).ValueGeneratedNever();
            builder.Property(mail => mail.Number).HasMaxLength(12);
            builder.Property(mail => mail.NoticeTitle).HasMaxLength(200);
            builder.Property(mail => mail.NoticeText).HasMaxLength(1_000);
            builder.Property(mail => mail.NoticeLink).HasMaxLength(200);
            builder.Property(mail => mail.Currency).HasMaxLength(3);
            builder.Property(mail => mail.LeasedBy).IsConcurrencyToken();
            builder.HasOne<Account>().WithMany().HasForeignKey(mail => mail.AccountId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(mail => new { mail.OrderId, mail.Mailing }).IsUnique().HasFilter("[GiftId] IS NULL");
            builder.HasIndex(mail => new { mail.GiftId, mail.Mailing }).IsUnique().HasFilter("[GiftId] IS NOT NULL");
            builder.HasIndex(mail => mail.DueAt).HasFilter("[DueAt] IS NOT NULL");
        }
    }
}
