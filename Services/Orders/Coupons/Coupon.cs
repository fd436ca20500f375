using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Orders;

/// <summary>A code that takes something off an order: a percentage, or an amount in one currency.</summary>
public sealed class Coupon
{
    private Coupon()
    {
    }

    public Guid Id { get; private init; }

    /// <summary>Upper case; unique.</summary>
    public string Code { get; private init; } = null!;

    public string Description { get; private set; } = null!;

    /// <summary>1 to 100; null where <see cref="AmountOff"/> is set.</summary>
    public int? Percent { get; private set; }

    /// <summary>Minor units of <see cref="Currency"/>.</summary>
    public long? AmountOff { get; private set; }

    /// <summary>The currency of <see cref="AmountOff"/> and <see cref="MinimumSubtotal"/>; null for a percentage on any order.</summary>
    public string? Currency { get; private set; }

    public long? MinimumSubtotal { get; private set; }

    public int? MaxUses { get; private set; }

    public int? MaxUsesPerShopper { get; private set; }

    public DateTimeOffset? StartsAt { get; private set; }

    public DateTimeOffset? EndsAt { get; private set; }

    /// <summary>With <see cref="CategoryIds"/>, what the coupon is for; where both are empty, it is for all that is ordered.</summary>
    public List<Guid> ProductIds { get; private set; } = [];

    /// <summary>What stands in one of these, or below it, is lowered too.</summary>
    public List<Guid> CategoryIds { get; private set; } = [];

    /// <summary>Whether an order may use it together with others that say so.</summary>
    public bool Combinable { get; private set; }

    public bool Active { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>Written by every use, so that uses of one coupon queue behind its row.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    public long Version { get; private set; }

    public static Coupon Create(CouponTerms terms, DateTimeOffset now)
    {
        var coupon = new Coupon { Id = Guid.CreateVersion7(now), Code = Normalize(terms.Code), CreatedAt = now };
        coupon.Change(terms);
        return coupon;
    }

    /// <summary>Changes everything but the code, which orders and shoppers know the coupon by.</summary>
    public void Change(CouponTerms terms)
    {
        Description = terms.Description;
        Percent = terms.Percent;
        AmountOff = terms.AmountOff;
        Currency = terms.Currency;
        MinimumSubtotal = terms.MinimumSubtotal;
        MaxUses = terms.MaxUses;
        MaxUsesPerShopper = terms.MaxUsesPerShopper;
        StartsAt = terms.StartsAt?.ToUniversalTime();
        EndsAt = terms.EndsAt?.ToUniversalTime();
        ProductIds = [.. (terms.ProductIds ?? []).Distinct()];
        CategoryIds = [.. (terms.CategoryIds ?? []).Distinct()];
        Combinable = terms.Combinable;
        Active = terms.Active;
        Version++;
    }

    public void Withdraw()
    {
        Active = false;
        Version++;
    }

    /// <summary>Whether the coupon is for some products or categories only.</summary>
    private bool Restricted => ProductIds.Count > 0 || CategoryIds.Count > 0;

    /// <summary>What the coupon takes off lines, where it is the only one.</summary>
    /// <param name="discountable">Of the lines that the coupon lowers, in minor units.</param>
    /// <returns>Minor units, at most <paramref name="discountable"/>.</returns>
    public long DiscountOn(long discountable) =>
        Percent is { } percent ? Discounts.Percent(discountable, percent) : Math.Min(AmountOff ?? 0, discountable);

    /// <summary>Whether the coupon may lower the price of something: not of money, and only of what it is for.</summary>
    /// <param name="offer">What is known of the thing; null where nothing is.</param>
    public bool Lowers(Offer? offer) => offer?.Kind is not Kinds.GiftCard
        && (!Restricted || (offer is not null && (ProductIds.Contains(offer.ProductId) || CategoryIds.Exists(offer.CategoryIds.Contains))));

    /// <summary>Why the coupon does not hold.</summary>
    /// <param name="lines">Of the order: what each costs in minor units, and whether the coupon lowers it.</param>
    /// <param name="currency">The order's currency.</param>
    /// <param name="now">The time.</param>
    /// <returns>Null where the coupon holds; else a sentence for the shopper.</returns>
    public string? Refusal(IReadOnlyList<(long Total, bool Lowered)> lines, string currency, DateTimeOffset now)
    {
        var (subtotal, lowered) = (lines.Sum(line => line.Total), lines.Where(line => line.Lowered).Sum(line => line.Total));
        return true switch
        {
            _ when !Active || now < StartsAt => "This coupon is not valid.",
            _ when now >= EndsAt => "This coupon has ended.",
            _ when Currency is not null && !string.Equals(Currency, currency, StringComparison.Ordinal) => $"This coupon is for orders in {Currency}.",
            _ when Restricted && !lines.Any(line => line.Lowered) => "Nothing in this order is what the coupon is for.",
            _ when Restricted && lowered < MinimumSubtotal => "The order has too little of what this coupon is for.",
            _ when subtotal < MinimumSubtotal => "The order is too small for this coupon.",
            _ when subtotal > 0 && lowered == 0 => "Coupons do not lower the price of gift cards.",
            _ => null,
        };
    }

    public static string Normalize(string code) => code.Trim().ToUpperInvariant();

    [ExcludeFromCodeCoverage]
    internal sealed class Configuration : IEntityTypeConfiguration<Coupon>
    {
        public void Configure(EntityTypeBuilder<Coupon> builder)
        {
            builder.Property(coupon => coupon.Id).ValueGeneratedNever();
            builder.Property(coupon => coupon.Code).HasMaxLength(40);
            builder.Property(coupon => coupon.Description).HasMaxLength(200);
            builder.Property(coupon => coupon.Currency).HasMaxLength(3);
            builder.Property(coupon => coupon.Version).IsConcurrencyToken();
            builder.HasIndex(coupon => coupon.Code).IsUnique();
        }
    }
}

/// <summary>What administrators say of a coupon.</summary>
/// <param name="Percent">Either this or <paramref name="AmountOff"/>.</param>
/// <param name="AmountOff">Minor units of <paramref name="Currency"/>.</param>
/// <param name="Currency">ISO 4217; needed beside an amount.</param>
/// <param name="MinimumSubtotal">Minor units of <paramref name="Currency"/>.</param>
/// <param name="ProductIds">With <paramref name="CategoryIds"/>: the coupon lowers only these, and its minimum counts only them.</param>
/// <param name="CategoryIds">What stands in one of these categories, or in one below it.</param>
/// <param name="Combinable">Whether an order may use it together with others that say so.</param>
/// <param name="Version">The version that the change is based on; not used where a coupon is created.</param>
public sealed record CouponTerms(
    [Required, StringLength(40, MinimumLength = 3), RegularExpression("[A-Za-z0-9_-]*", ErrorMessage = "A code has letters, digits, dashes and underscores.")] string Code,
    [Required, StringLength(200)] string Description,
    [Range(1, 100)] int? Percent = null,
    [Range(1, 1_000_000_000)] long? AmountOff = null,
    [CurrencyCode] string? Currency = null,
    [Range(0, 1_000_000_000)] long? MinimumSubtotal = null,
    [Range(1, int.MaxValue)] int? MaxUses = null,
    [Range(1, int.MaxValue)] int? MaxUsesPerShopper = null,
    DateTimeOffset? StartsAt = null,
    DateTimeOffset? EndsAt = null,
    bool Active = true,
    long? Version = null,
    [MaxLength(100)] IReadOnlyList<Guid>? ProductIds = null,
    [MaxLength(100)] IReadOnlyList<Guid>? CategoryIds = null,
    bool Combinable = false);
