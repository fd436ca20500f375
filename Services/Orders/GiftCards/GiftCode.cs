using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>A code that puts money into a wallet, once. Who can read the database cannot redeem it: only its hash is stored.</summary>
public sealed class GiftCode
{
    private GiftCode()
    {
    }

    public Guid Id { get; private init; }

    /// <summary>SHA-256 of the code; a code is random enough (12 of 30 letters) that no salt or slow hash is needed. Unique.</summary>
    public byte[] CodeHash { get; private init; } = null!;

    /// <summary>Minor units.</summary>
    public long Amount { get; private init; }

    public string Currency { get; private init; } = null!;

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The order and line that bought it; null where an administrator made it.</summary>
    public Guid? OrderId { get; private init; }

    public int? LinePosition { get; private init; }

    /// <summary>The code under the service's keys, for its buyer to read again; null where an administrator made it.</summary>
    public string? SealedCode { get; private init; }

    public Guid? RedeemedBy { get; private set; }

    public DateTimeOffset? RedeemedAt { get; private set; }

    /// <summary>When it was taken back with its order.</summary>
    public DateTimeOffset? VoidedAt { get; private set; }

    public long Version { get; private set; }

    /// <summary>A code that an administrator makes.</summary>
    public static GiftCode Create(string code, Money value, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        CodeHash = Hash(code),
        Amount = value.Amount,
        Currency = value.Currency,
        CreatedAt = now,
    };

    /// <summary>A code that an order has bought.</summary>
    public static GiftCode Sold(string code, string sealedCode, Money value, Guid orderId, int linePosition, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        CodeHash = Hash(code),
        Amount = value.Amount,
        Currency = value.Currency,
        OrderId = orderId,
        LinePosition = linePosition,
        SealedCode = sealedCode,
        CreatedAt = now,
    };

    /// <summary>Puts the code's value into a wallet of its currency.</summary>
    public LedgerTransaction Redeem(ShopperWallet wallet, DateTimeOffset now)
    {
        if (RedeemedAt is not null || VoidedAt is not null)
        {
            throw new InvalidOperationException("A code is redeemed once, and not after it was taken back.");
        }

        (RedeemedBy, RedeemedAt) = (wallet.UserId, now);
        Version++;
        return wallet.Move(Amount, LedgerAccount.GiftCards, LedgerKind.GiftCard, $"code:{Id:N}", "Gift card", now);
    }

    /// <summary>Takes the code back with its order, unless somebody has its money already.</summary>
    public void Void(DateTimeOffset now)
    {
        if (RedeemedAt is null && VoidedAt is null)
        {
            VoidedAt = now;
            Version++;
        }
    }

    /// <summary>The hash of a code as people type it: lower case, spaces and dashes do not matter.</summary>
    public static byte[] Hash(string code) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(code.Where(letter => letter is not ('-' or ' '))).ToUpperInvariant()));

    [ExcludeFromCodeCoverage]
    internal sealed class Configuration : IEntityTypeConfiguration<GiftCode>
    {
        public void Configure(EntityTypeBuilder<GiftCode> builder)
        {
            builder.ToTable("GiftCodes");
            builder.Property(code => code.Id).ValueGeneratedNever();
            builder.Property(code => code.CodeHash).HasMaxLength(32);
            builder.Property(code => code.Currency).HasMaxLength(3);
            builder.Property(code => code.Version).IsConcurrencyToken();
            builder.Property(code => code.SealedCode).HasMaxLength(400);
            builder.HasIndex(code => code.CodeHash).IsUnique();
            builder.HasIndex(code => code.OrderId);
        }
    }
}
