using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Orders;

/// <summary>How often the receipt of an order was mailed again. Of two that ask at once, one is saved, by the key or by the version.</summary>
public sealed class ReceiptMailing
{
    /// <summary>How often a shopper may ask for it.</summary>
    public const int Most = 5;

    /// <summary>How long a mail is given to arrive.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private ReceiptMailing()
    {
    }

    internal ReceiptMailing(Guid orderId) => OrderId = orderId;

    public Guid OrderId { get; private init; }

    public int Times { get; private set; }

    public DateTimeOffset AskedAt { get; private set; }

    public long Version { get; private set; }

    /// <summary>It is mailed once more.</summary>
    public void Again(DateTimeOffset now)
    {
        (Times, AskedAt) = (Times + 1, now);
        Version++;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<ReceiptMailing>
    {
        public void Configure(EntityTypeBuilder<ReceiptMailing> builder)
        {
            builder.ToTable("ReceiptMailings");
            builder.HasKey(mailing => mailing.OrderId);
            builder.Property(mailing => mailing.OrderId).ValueGeneratedNever();
            builder.Property(mailing => mailing.Version).IsConcurrencyToken();
        }
    }
}
