using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>What a variant cost in one region until another price was set. It held since the one before it, or ever.</summary>
public sealed class PastPrice
{
    private PastPrice()
    {
    }

    internal PastPrice(Price price, DateTimeOffset until) => (Sku, Region, Until, Regular, Sale, SaleStartsAt, SaleEndsAt) =
        (price.Sku, price.Region, until, price.Regular, price.Sale, price.SaleStartsAt, price.SaleEndsAt);

    public string Sku { get; private init; } = null!;

    public Region Region { get; private init; } = Region.Default;

    public DateTimeOffset Until { get; private init; }

    /// <summary>Without a sale, in minor units.</summary>
    public long Regular { get; private init; }

    public long? Sale { get; private init; }

    public DateTimeOffset? SaleStartsAt { get; private init; }

    public DateTimeOffset? SaleEndsAt { get; private init; }

    public PriceTerms Terms => new(Regular, Sale, SaleStartsAt, SaleEndsAt);

    internal sealed class Configuration : IEntityTypeConfiguration<PastPrice>
    {
        public void Configure(EntityTypeBuilder<PastPrice> builder)
        {
            builder.ToTable("PastPrices");
            // Two changes at one instant are two editors; the second is told so.
            builder.HasKey(price => new { price.Sku, price.Region, price.Until });
            builder.Property(price => price.Sku).HasMaxLength(40);
            builder.Property(price => price.Region).IsRegion();
            builder.Ignore(price => price.Terms);
        }
    }
}
