using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Orders;

/// <summary>A card that a shopper has saved. The number is the provider's; the store has what charges it again, sealed.</summary>
public sealed class SavedCard
{
    /// <summary>How many a shopper may have.</summary>
    public const int Limit = 3;

    private SavedCard()
    {
    }

    public Guid Id { get; private init; }

    public Guid UserId { get; private init; }

    /// <summary>1 to <see cref="Limit"/>; unique for a shopper, so that cards saved at once do not exceed the limit.</summary>
    public int Slot { get; private init; }

    public string SealedToken { get; private init; } = null!;

    /// <summary>The same for the same card, which a shopper saves once.</summary>
    public string Fingerprint { get; private init; } = null!;

    public string Brand { get; private init; } = null!;

    public string Last4 { get; private init; } = null!;

    public int ExpiryMonth { get; private init; }

    public int ExpiryYear { get; private init; }

    public DateTimeOffset SavedAt { get; private init; }

    /// <summary>The card in words.</summary>
    public string Label => $"{Brand} ending {Last4}";

    public static SavedCard Save(Guid userId, int slot, CardDetails card, string sealedToken, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserId = userId,
        Slot = slot,
        SealedToken = sealedToken,
        Fingerprint = card.Fingerprint,
        Brand = card.Brand,
        Last4 = card.Last4,
        ExpiryMonth = card.ExpiryMonth,
        ExpiryYear = card.ExpiryYear,
        SavedAt = now,
    };

    /// <summary>Whether it can no longer be charged. A card ends with its month wherever on Earth that ends last.</summary>
    public bool HasExpired(DateTimeOffset now) => new DateTimeOffset(ExpiryYear, ExpiryMonth, 1, 0, 0, 0, TimeSpan.FromHours(-12)).AddMonths(1) <= now;

    internal sealed class Configuration : IEntityTypeConfiguration<SavedCard>
    {
        public void Configure(EntityTypeBuilder<SavedCard> builder)
        {
            builder.ToTable("SavedCards");
            builder.Property(card => card.Id).ValueGeneratedNever();
            builder.Property(card => card.SealedToken).HasMaxLength(500);
            builder.Property(card => card.Fingerprint).HasMaxLength(100);
            builder.Property(card => card.Brand).HasMaxLength(30);
            builder.Property(card => card.Last4).HasMaxLength(4);
            builder.Ignore(card => card.Label);
            builder.HasIndex(card => new { card.UserId, card.Slot }).IsUnique();
            builder.HasIndex(card => new { card.UserId, card.Fingerprint }).IsUnique();
        }
    }
}
