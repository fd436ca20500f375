using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Users;

public enum NotificationKind
{
    OrderPaid,
    OrderShipped,
    OrderCompleted,
    OrderRejected,
    PaymentFailed,

    /// <summary>A pre-order's card was declined, and it can be paid in another way for some days.</summary>
    PaymentPostponed,
    OrderCancelled,
    OrderRefunded,
    OrderReturn,

    /// <summary>A card did not take a refund, which is in the wallet.</summary>
    RefundToWallet,

    /// <summary>What becomes of the shopper's membership.</summary>
    Membership,

    /// <summary>What the shopper gave to a friend.</summary>
    Gift,

    /// <summary>For administrators: something that the store cannot mend by itself.</summary>
    Store,
}

/// <summary>Something that a shopper is told.</summary>
public sealed class Notification
{
    private Notification()
    {
    }

    public Guid Id { get; private init; }

    public Guid AccountId { get; private init; }

    public NotificationKind Kind { get; private init; }

    public string Title { get; private init; } = null!;

    public string Text { get; private init; } = null!;

    /// <summary>A page of the web app, from its root.</summary>
    public string Link { get; private init; } = null!;

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset? ReadAt { get; private init; }

    public static Notification OfOrder(NotificationKind kind, Guid accountId, Guid orderId, string title, string text, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        AccountId = accountId,
        Kind = kind,
        Title = title,
        Text = text,
        Link = $"/orders/{orderId}",
        CreatedAt = now,
    };

    /// <summary>Tells a member.</summary>
    public static Notification OfMembership(Guid accountId, string title, string text, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        AccountId = accountId,
        Kind = NotificationKind.Membership,
        Title = title,
        Text = text,
        Link = "/membership",
        CreatedAt = now,
    };

    public static Notification OfUnmailedGift(Guid giverId, Guid orderId, string number, DateTimeOffset now) => OfOrder(
        NotificationKind.Gift, giverId, orderId, "Your gift could not be mailed",
        $"The mail with your gift of order {number} was not taken. On the order's page you can send it to another address, or give it back.", now);

    public static Notification OfUnmailedReceipt(Guid accountId, Guid orderId, string number, DateTimeOffset now) => OfOrder(
        NotificationKind.OrderPaid, accountId, orderId, "Your receipt could not be mailed",
        $"This store sends no mails at the moment. The receipt of order {number} is on the order's page, to print or to save.", now);

    /// <summary>Tells an administrator of the store itself.</summary>
    public static Notification OfStore(Guid accountId, string link, string title, string text, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        AccountId = accountId,
        Kind = NotificationKind.Store,
        Title = title,
        Text = text,
        Link = link,
        CreatedAt = now,
    };

    internal sealed class Configuration : IEntityTypeConfiguration<Notification>
    {
        public void Configure(EntityTypeBuilder<Notification> builder)
        {
            builder.Property(notification => notification.Id).ValueGeneratedNever();
            builder.Property(notification => notification.Kind).HasConversion<string>().HasMaxLength(40);
            builder.Property(notification => notification.Title).HasMaxLength(200);
            builder.Property(notification => notification.Text).HasMaxLength(1_000);
            builder.Property(notification => notification.Link).HasMaxLength(200);
            builder.HasOne<Account>().WithMany().HasForeignKey(notification => notification.AccountId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(notification => new { notification.AccountId, notification.CreatedAt, notification.Id });
            builder.HasIndex(notification => notification.AccountId, "IX_Notifications_Unread").HasFilter("[ReadAt] IS NULL");
        }
    }
}
