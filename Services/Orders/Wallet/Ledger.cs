using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Orders;

/// <summary>A shopper's wallet in one currency. Its balance is the sum of its entries and is stored nowhere.</summary>
public sealed class ShopperWallet
{
    private ShopperWallet()
    {
    }

    public Guid Id { get; private init; }

    public Guid UserId { get; private init; }

    public string Currency { get; private init; } = null!;

    /// <summary>Grows with every movement: of two that read the same balance, one is saved and the other reads again.</summary>
    public long Version { get; private set; }

    public static ShopperWallet Open(Guid userId, string currency, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), UserId = userId, Currency = currency };

    /// <summary>Something is decided by what the wallet holds now: it is saved only where nothing has moved since.</summary>
    public void Hold() => Version++;

    /// <summary>Moves money between the wallet and another account: two entries that sum to zero.</summary>
    /// <param name="amount">Minor units; above zero into the wallet, below zero out of it.</param>
    /// <param name="other">The account on the other side.</param>
    /// <param name="kind">What the movement is for.</param>
    /// <param name="key">Names the movement; a second one of the same key cannot be saved.</param>
    /// <param name="description">For the shopper.</param>
    /// <param name="now">The time.</param>
    public LedgerTransaction Move(long amount, LedgerAccount other, LedgerKind kind, string key, string description, DateTimeOffset now)
    {
        Version++;
        return new LedgerTransaction(key, kind, description, now,
            new LedgerEntry(LedgerAccount.Wallet, Id, amount, Currency, now), new LedgerEntry(other, null, -amount, Currency, now));
    }

    [ExcludeFromCodeCoverage]
    internal sealed class Configuration : IEntityTypeConfiguration<ShopperWallet>
    {
        public void Configure(EntityTypeBuilder<ShopperWallet> builder)
        {
            builder.ToTable("Wallets");
            builder.Property(wallet => wallet.Id).ValueGeneratedNever();
            builder.Property(wallet => wallet.Currency).HasMaxLength(3);
            builder.Property(wallet => wallet.Version).IsConcurrencyToken();
            builder.HasIndex(wallet => new { wallet.UserId, wallet.Currency }).IsUnique();
        }
    }
}

/// <summary>A movement of money, by double entry.</summary>
public sealed class LedgerTransaction
{
    private readonly List<LedgerEntry> entries = [];

    private LedgerTransaction()
    {
    }

    /// <summary>Moves money between two accounts of the store.</summary>
    public static LedgerTransaction Between(
        LedgerAccount from, LedgerAccount to, long amount, string currency, LedgerKind kind, string key, string description, DateTimeOffset at) =>
        new(key, kind, description, at, new LedgerEntry(from, null, -amount, currency, at), new LedgerEntry(to, null, amount, currency, at));

    internal LedgerTransaction(string key, LedgerKind kind, string description, DateTimeOffset at, params LedgerEntry[] entries)
    {
        (Id, Key, Kind, Description, At) = (Guid.CreateVersion7(at), key, kind, description, at);
        this.entries.AddRange(entries);
    }

    public Guid Id { get; private init; }

    /// <summary>Unique: an order is charged once and refunded once, a code is redeemed once.</summary>
    public string Key { get; private init; } = null!;

    public LedgerKind Kind { get; private init; }

    public string Description { get; private init; } = null!;

    public DateTimeOffset At { get; private init; }

    public IReadOnlyList<LedgerEntry> Entries => entries;

    [ExcludeFromCodeCoverage]
    internal sealed class Configuration : IEntityTypeConfiguration<LedgerTransaction>
    {
        public void Configure(EntityTypeBuilder<LedgerTransaction> builder)
        {
            builder.ToTable("LedgerTransactions");
            builder.Property(transaction => transaction.Id).ValueGeneratedNever();
            builder.Property(transaction => transaction.Key).HasMaxLength(60);
            builder.Property(transaction => transaction.Kind).HasConversion<string>().HasMaxLength(20);
            builder.Property(transaction => transaction.Description).HasMaxLength(200);
            builder.HasMany(transaction => transaction.Entries).WithOne(entry => entry.Transaction).HasForeignKey(entry => entry.TransactionId);
            builder.HasIndex(transaction => transaction.Key).IsUnique();
        }
    }
}

/// <summary>One side of a movement.</summary>
public sealed class LedgerEntry
{
    private LedgerEntry()
    {
    }

    internal LedgerEntry(LedgerAccount account, Guid? walletId, long amount, string currency, DateTimeOffset at) =>
        (Id, Account, WalletId, Amount, Currency, At) = (Guid.CreateVersion7(at), account, walletId, amount, currency, at);

    public Guid Id { get; private init; }

    public Guid TransactionId { get; private init; }

    public LedgerTransaction Transaction { get; private init; } = null!;

    public LedgerAccount Account { get; private init; }

    /// <summary>Which wallet, for the account of wallets.</summary>
    public Guid? WalletId { get; private init; }

    /// <summary>Minor units; above zero into the account.</summary>
    public long Amount { get; private init; }

    public string Currency { get; private init; } = null!;

    public DateTimeOffset At { get; private init; }

    [ExcludeFromCodeCoverage]
    internal sealed class Configuration : IEntityTypeConfiguration<LedgerEntry>
    {
        public void Configure(EntityTypeBuilder<LedgerEntry> builder)
        {
            builder.ToTable("LedgerEntries");
            builder.Property(entry => entry.Id).ValueGeneratedNever();
            builder.Property(entry => entry.Account).HasConversion<string>().HasMaxLength(20);
            builder.Property(entry => entry.Currency).HasMaxLength(3);
            builder.HasOne<ShopperWallet>().WithMany().HasForeignKey(entry => entry.WalletId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(entry => new { entry.WalletId, entry.At, entry.Id }).IncludeProperties(entry => entry.Amount);
        }
    }
}

/// <summary>Whose money an entry counts.</summary>
public enum LedgerAccount
{
    /// <summary>Shoppers' wallets, each by its own identifier.</summary>
    Wallet,

    /// <summary>Gift cards that were sold and not redeemed.</summary>
    GiftCards,

    /// <summary>What cards have brought into wallets, by a top-up or by not taking a refund.</summary>
    Cards,

    /// <summary>What is set aside for orders that are being paid.</summary>
    Holds,

    /// <summary>What orders have brought in.</summary>
    Sales,
}

/// <summary>What a movement is for.</summary>
public enum LedgerKind
{
    GiftCard,
    Purchase,
    Refund,

    /// <summary>A card has filled the wallet, or what it brought goes back.</summary>
    TopUp,

    /// <summary>What was set aside for an order goes back, since the order was not bought.</summary>
    Released,

    /// <summary>Moves nothing: takes the key of a charge that must not be made any more.</summary>
    Voided,
}
