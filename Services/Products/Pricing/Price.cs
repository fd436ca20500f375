using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>What a variant costs in one region, and its sale.</summary>
public sealed class Price
{
    private Price()
    {
    }

    internal Price(string sku, Region region, PriceTag tag)
    {
        (Sku, Region) = (sku, region);
        Set(tag);
    }

    internal Price(string sku, Region region, PriceTerms terms) =>
        (Sku, Region, Regular, Sale, SaleStartsAt, SaleEndsAt, Version) = (sku, region, terms.Regular, terms.Sale, terms.SaleStartsAt, terms.SaleEndsAt, 1);

    public string Sku { get; private init; } = null!;

    public Region Region { get; private init; } = Region.Default;

    /// <summary>ISO 4217.</summary>
    public string Currency => Region.Currency;

    /// <summary>Without a sale, in minor units.</summary>
    public long Regular { get; private set; }

    /// <summary>On sale, in minor units; null where there is none.</summary>
    public long? Sale { get; private set; }

    /// <summary>The instant from which the sale holds; null where it holds from when it was set.</summary>
    public DateTimeOffset? SaleStartsAt { get; private set; }

    /// <summary>The instant from which the sale no longer holds; null for one without an end.</summary>
    public DateTimeOffset? SaleEndsAt { get; private set; }

    /// <summary>The lowest price of the 30 days before the sale, in minor units; null where there is no sale, or was no price before it.</summary>
    public long? LowestBefore { get; private set; }

    /// <summary>What members pay, in minor units; null where they pay what everybody does.</summary>
    public long? Member { get; private set; }

    /// <summary>The lowest tier that pays <see cref="Member"/>; null where that is.</summary>
    public MembershipTier? MemberTier { get; private set; }

    /// <summary>Grows with every change; 0 stands for no price yet.</summary>
    public int Version { get; private set; }

    /// <summary>Sets the first price that there is.</summary>
    public void Set(PriceTag tag)
    {
        (Regular, Sale, SaleEndsAt) = tag.Original is { } original && original > tag.Amount
            ? (original, (long?)tag.Amount, tag.SaleEndsAt)
            : (tag.Amount, null, null);
        LowestBefore = tag.LowestBefore;
        Version++;
    }

    /// <summary>Sets another price.</summary>
    /// <param name="terms">What it costs from now on.</param>
    /// <param name="past">What it cost before, as far back as that matters; see <see cref="PriceHistory.Reach"/>.</param>
    /// <param name="now">The time.</param>
    /// <returns>What it cost until now, to be kept; null where that was set at this very instant, and so never held.</returns>
    public PastPrice? Change(PriceTerms terms, IReadOnlyCollection<PastPrice> past, DateTimeOffset now)
    {
        var until = new PastPrice(this, now);
        (Regular, Sale, SaleStartsAt, SaleEndsAt) = (terms.Regular, terms.Sale, terms.SaleStartsAt, terms.SaleEndsAt);
        // Until a later sale begins, the new regular price is a price before it too.
        LowestBefore = Sale is null ? null
            : SaleStartsAt is { } start && start > now ? PriceHistory.LowestBefore(start, [.. past, until, new PastPrice(this, start)])
            : PriceHistory.LowestBefore(now, [.. past, until]);
        Version++;
        return past.Any(price => price.Until == now) ? null : until;
    }

    /// <summary>Sets what members pay; null for what everybody does.</summary>
    public void SetForMembers(MemberPrice? member)
    {
        (Member, MemberTier) = (member?.Amount, member?.Tier);
        Version++;
    }

    /// <summary>The same price in a region where nobody has set one; see <see cref="PriceLists"/>.</summary>
    internal Price ConvertTo(Region region)
    {
        var regular = PriceLists.Convert(Regular, region);
        long? Share(long? lowered) => lowered is { } known ? PriceLists.Share(known, Regular, regular) : null;
        return new(Sku, region, new PriceTerms(regular, Share(Sale), SaleStartsAt, SaleEndsAt)) { LowestBefore = Share(LowestBefore), Member = Share(Member), MemberTier = MemberTier };
    }

    /// <summary>What members pay; null where they pay what everybody does. A sale may be lower, and then it is the sale that holds.</summary>
    public MemberPrice? ForMembers => Member is { } amount && MemberTier is { } tier ? new(amount, tier) : null;

    /// <summary>The same at an instant: null also where everybody pays no more.</summary>
    public MemberPrice? ForMembersAt(DateTimeOffset now) => ForMembers is { } member && member.Amount < At(now).Amount ? member : null;

    /// <summary>As it was set, whatever the time.</summary>
    public PriceTerms Terms => new(Regular, Sale, SaleStartsAt, SaleEndsAt);

    /// <summary>What it costs at an instant.</summary>
    public PriceTag At(DateTimeOffset now) => Terms.OnSaleAt(now) ? new(Sale!.Value, Regular, SaleEndsAt, LowestBefore) : new(Regular);

    internal sealed class Configuration : IEntityTypeConfiguration<Price>
    {
        public void Configure(EntityTypeBuilder<Price> builder)
        {
            builder.ToTable("Prices");
            builder.HasKey(price => new { price.Sku, price.Region });
            builder.Property(price => price.Sku).HasMaxLength(40);
            builder.Property(price => price.Region).IsRegion();
            builder.Property(price => price.MemberTier).HasConversion<string>().HasMaxLength(20);
            builder.Ignore(price => price.ForMembers).Ignore(price => price.Terms).Ignore(price => price.Currency);
            builder.Property(price => price.Version).IsConcurrencyToken();
            builder.HasIndex(price => price.SaleStartsAt);
            builder.HasIndex(price => price.SaleEndsAt);
        }
    }
}

/// <summary>A price as a shopper sees it.</summary>
/// <param name="Amount">What is paid, in minor units.</param>
/// <param name="Original">What it costs without the sale; null without one.</param>
/// <param name="SaleEndsAt">When the sale ends; null without a sale or without an end.</param>
/// <param name="LowestBefore">The lowest price of the 30 days before the sale, in minor units; null without one.</param>
public sealed record PriceTag(long Amount, long? Original = null, DateTimeOffset? SaleEndsAt = null, long? LowestBefore = null)
{
    /// <summary>The discount in percent, rounded down, so that no shop window promises more than the till gives.</summary>
    public int DiscountPercent => Original is { } original && original > Amount ? (int)((original - Amount) * 100 / original) : 0;

    /// <summary>What is paid.</summary>
    public Money Price(string currency) => new(Amount, currency);

    /// <summary>What it costs without the sale; null without one.</summary>
    public Money? OriginalPrice(string currency) => Original is { } original ? new(original, currency) : null;

    /// <summary>The lowest price of the 30 days before the sale; null without one.</summary>
    public Money? LowestPriceBefore(string currency) => LowestBefore is { } lowest ? new(lowest, currency) : null;
}

/// <summary>A price and its sale, as they are set.</summary>
/// <param name="Regular">Without the sale, in minor units.</param>
/// <param name="Sale">Minor units while the sale holds; null where there is none.</param>
/// <param name="SaleStartsAt">From when it holds; null for at once.</param>
/// <param name="SaleEndsAt">From when it no longer holds; null for no end.</param>
public sealed record PriceTerms(long Regular, long? Sale = null, DateTimeOffset? SaleStartsAt = null, DateTimeOffset? SaleEndsAt = null)
{
    /// <summary>Whether the sale holds at an instant.</summary>
    public bool OnSaleAt(DateTimeOffset now) => Sale is not null && !(SaleStartsAt > now) && !(SaleEndsAt <= now);
}
