using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products;

/// <summary>What a variant costs in one currency, and its sale.</summary>
public sealed class Price
{
    private Price()
    {
    }

    internal Price(string sku, string currency, PriceTag tag)
    {
        (Sku, Currency) = (sku, currency);
        Set(tag);
    }

    public string Sku { get; private init; } = null!;

    /// <summary>ISO 4217.</summary>
    public string Currency { get; private init; } = null!;

    /// <summary>Without a sale, in minor units.</summary>
    public long Regular { get; private set; }

    /// <summary>On sale, in minor units; null where there is none.</summary>
    public long? Sale { get; private set; }

    /// <summary>The instant from which the sale no longer holds; null for one without an end.</summary>
    public DateTimeOffset? SaleEndsAt { get; private set; }

    /// <summary>What members pay, in minor units; null where they pay what everybody does.</summary>
    public long? Member { get; private set; }

    /// <summary>The lowest tier that pays <see cref="Member"/>; null where that is.</summary>
    public MembershipTier? MemberTier { get; private set; }

    public int Version { get; private set; }

    public void Set(PriceTag tag)
    {
        (Regular, Sale, SaleEndsAt) = tag.Original is { } original && original > tag.Amount
            ? (original, (long?)tag.Amount, tag.SaleEndsAt)
            : (tag.Amount, null, null);
        Version++;
    }

    /// <summary>Sets what members pay; null for what everybody does.</summary>
    public void SetForMembers(MemberPrice? member)
    {
        (Member, MemberTier) = (member?.Amount, member?.Tier);
        Version++;
    }

    /// <summary>What members pay; null where they pay what everybody does. A sale may be lower, and then it is the sale that holds.</summary>
    public MemberPrice? ForMembers => Member is { } amount && MemberTier is { } tier ? new(amount, tier) : null;

    /// <summary>The same at an instant: null also where everybody pays no more.</summary>
    public MemberPrice? ForMembersAt(DateTimeOffset now) => ForMembers is { } member && member.Amount < At(now).Amount ? member : null;

    /// <summary>What it costs at an instant.</summary>
    public PriceTag At(DateTimeOffset now) => Sale is { } sale && (SaleEndsAt is null || now < SaleEndsAt)
        ? new(sale, Regular, SaleEndsAt)
        : new(Regular, null, null);

    internal sealed class Configuration : IEntityTypeConfiguration<Price>
    {
        public void Configure(EntityTypeBuilder<Price> builder)
        {
            builder.ToTable("Prices");
            builder.HasKey(price => new { price.Sku, price.Currency });
            builder.Property(price => price.Sku).HasMaxLength(40);
            builder.Property(price => price.Currency).HasMaxLength(3).IsFixedLength();
            builder.Property(price => price.MemberTier).HasConversion<string>().HasMaxLength(20);
            builder.Ignore(price => price.ForMembers);
            builder.Property(price => price.Version).IsConcurrencyToken();
            builder.HasIndex(price => price.SaleEndsAt);
        }
    }
}

/// <summary>A price as a shopper sees it.</summary>
/// <param name="Amount">What is paid, in minor units.</param>
/// <param name="Original">What it costs without the sale; null without one.</param>
/// <param name="SaleEndsAt">When the sale ends; null without a sale or without an end.</param>
public sealed record PriceTag(long Amount, long? Original = null, DateTimeOffset? SaleEndsAt = null)
{
    /// <summary>The discount in percent, rounded down, so that no shop window promises more than the till gives.</summary>
    public int DiscountPercent => Original is { } original && original > Amount ? (int)((original - Amount) * 100 / original) : 0;

    /// <summary>What is paid.</summary>
    public Money Price(string currency) => new(Amount, currency);

    /// <summary>What it costs without the sale; null without one.</summary>
    public Money? OriginalPrice(string currency) => Original is { } original ? new(original, currency) : null;
}
