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

    public Guid? RedeemedBy { get; private set; }

    public DateTimeOffset? RedeemedAt { get; private set; }

    public long Version { get; private set; }

    public static GiftCode Create(string code, Money value, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        CodeHash = Hash(code),
        Amount = value.Amount,
        Currency = value.Currency,
        CreatedAt = now,
    };

    /// <summary>Puts the code's value into a wallet of its currency.</summary>
    public LedgerTransaction Redeem(ShopperWallet wallet, DateTimeOffset now)
    {
        if (RedeemedAt is not null)
        {
            throw new InvalidOperationException("A code is redeemed once.");
        }

        (RedeemedBy, RedeemedAt) = (wallet.UserId, now);
        Version++;
        return wallet.Move(Amount, LedgerAccount.GiftCards, LedgerKind.GiftCard, $"code:{Id:N}", "Gift card", now);
    }

    /// <summary>The hash of a code as people type it: lower case, spaces and dashes do not matter.</summary>
    public static byte[] Hash(string code) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(code.Where(letter => letter is not ('-' or ' '))).ToUpperInvariant()));

    internal sealed class Configuration : IEntityTypeConfiguration<GiftCode>
    {
        public void Configure(EntityTypeBuilder<GiftCode> builder)
        {
            builder.ToTable("GiftCodes");
            builder.Property(code => code.Id).ValueGeneratedNever();
            builder.Property(code => code.CodeHash).HasMaxLength(32);
            builder.Property(code => code.Currency).HasMaxLength(3);
            builder.Property(code => code.Version).IsConcurrencyToken();
            builder.HasIndex(code => code.CodeHash).IsUnique();
        }
    }
}
