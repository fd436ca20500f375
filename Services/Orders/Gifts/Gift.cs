using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Orders;

/// <summary>
/// A paid line that its buyer gives away: a code that puts it into one library, once. It is redeemed or taken back, never both, which the
/// version decides.
/// </summary>
public sealed class Gift
{
    /// <summary>A giver cannot have a stranger mailed without end.</summary>
    public const int MostMailings = 5;

    private Gift()
    {
    }

    public Guid Id { get; private init; }

    public Guid OrderId { get; private init; }

    public int LinePosition { get; private init; }

    public Guid GiverId { get; private init; }

    /// <summary>Whom it is mailed to; null once the giver has deleted their account.</summary>
    public string? Email { get; private set; }

    public string? Message { get; private init; }

    /// <summary>SHA-256 of the code, by which it is redeemed. Unique.</summary>
    public byte[] CodeHash { get; private set; } = null!;

    /// <summary>The code under the service's keys, for as long as it may have to be mailed; null once it is good for nothing.</summary>
    public string? SealedCode { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>How often it was, or is to be, mailed.</summary>
    public int Mailings { get; private set; }

    public DateTimeOffset MailedAt { get; private set; }

    public Guid? RedeemedBy { get; private set; }

    public DateTimeOffset? RedeemedAt { get; private set; }

    /// <summary>When its line was given back, or its order cancelled.</summary>
    public DateTimeOffset? TakenBackAt { get; private set; }

    public long Version { get; private set; }

    public GiftStatus Status => (RedeemedAt, TakenBackAt) switch
    {
        (not null, _) => GiftStatus.Redeemed,
        (_, not null) => GiftStatus.TakenBack,
        _ => GiftStatus.Waiting,
    };

    /// <summary>The gift of a line that was paid.</summary>
    internal static Gift Of(Order order, OrderLine line, string code, string sealedCode, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        OrderId = order.Id,
        LinePosition = line.Position,
        GiverId = order.UserId,
        Email = line.Gift!.Email,
        Message = line.Gift.Message,
        CodeHash = GiftCode.Hash(code),
        SealedCode = sealedCode,
        CreatedAt = now,
        Mailings = 1,
        MailedAt = now,
    };

    /// <summary>It goes into a library.</summary>
    public void Redeem(Guid userId, DateTimeOffset now)
    {
        Guard();
        (RedeemedBy, RedeemedAt, SealedCode) = (userId, now, null);
    }

    /// <summary>Its code is good for nothing from now on.</summary>
    public void TakeBack(DateTimeOffset now)
    {
        Guard();
        (TakenBackAt, SealedCode) = (now, null);
    }

    /// <summary>It is mailed once more.</summary>
    public void MailAgain(DateTimeOffset now)
    {
        Guard();
        (Mailings, MailedAt) = (Mailings + 1, now);
    }

    /// <summary>It goes to another address, under another code: who has the first one has nothing.</summary>
    public void Readdress(string email, string code, string sealedCode)
    {
        Guard();
        (Email, CodeHash, SealedCode) = (email, GiftCode.Hash(code), sealedCode);
    }

    private void Guard()
    {
        if (Status is not GiftStatus.Waiting)
        {
            throw new InvalidOperationException($"A gift that is {Status} cannot take this step.");
        }

        Version++;
    }

    [ExcludeFromCodeCoverage]
    internal sealed class Configuration : IEntityTypeConfiguration<Gift>
    {
        public void Configure(EntityTypeBuilder<Gift> builder)
        {
            builder.ToTable("Gifts");
            builder.Property(gift => gift.Id).ValueGeneratedNever();
            builder.Property(gift => gift.Email).HasMaxLength(MailAddressAttribute.Longest);
            builder.Property(gift => gift.Message).HasMaxLength(GiftWish.LongestMessage);
            builder.Property(gift => gift.CodeHash).HasMaxLength(32);
            builder.Property(gift => gift.SealedCode).HasMaxLength(400);
            builder.Property(gift => gift.Version).IsConcurrencyToken();
            builder.Ignore(gift => gift.Status);
            builder.HasIndex(gift => gift.CodeHash).IsUnique();
            builder.HasIndex(gift => new { gift.OrderId, gift.LinePosition }).IsUnique();
            builder.HasIndex(gift => new { gift.GiverId, gift.CreatedAt, gift.Id });
        }
    }
}

/// <summary>Where a gift stands.</summary>
public enum GiftStatus
{
    /// <summary>Nobody has redeemed it; its line can be given back.</summary>
    Waiting,

    /// <summary>It is in somebody's library, for good.</summary>
    Redeemed,

    /// <summary>Its money went back, and its code is good for nothing.</summary>
    TakenBack,
}
