using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products;

/// <summary>A game that members may claim for a time, in the variant that they get.</summary>
public sealed class MonthlyGame
{
    private MonthlyGame()
    {
    }

    public Guid Id { get; private init; }

    public string Sku { get; private init; } = null!;

    public Guid ProductId { get; private init; }

    /// <summary>The lowest tier whose members may claim it.</summary>
    public MembershipTier Tier { get; private set; }

    /// <summary>The first instant at which it can be claimed.</summary>
    public DateTimeOffset From { get; private set; }

    /// <summary>The instant from which it no longer can. Who has claimed it keeps it as a member.</summary>
    public DateTimeOffset Until { get; private set; }

    public int Version { get; private set; }

    public static MonthlyGame Of(Guid id, Variant variant, MembershipTier tier, DateTimeOffset from, DateTimeOffset until)
    {
        var month = new MonthlyGame { Id = id, Sku = variant.Sku, ProductId = variant.ProductId };
        month.Set(tier, from, until);
        return month;
    }

    public void Set(MembershipTier tier, DateTimeOffset from, DateTimeOffset until)
    {
        (Tier, From, Until) = (tier, from.ToUniversalTime(), until.ToUniversalTime());
        Version++;
    }

    /// <summary>What other services are told of it.</summary>
    internal OfferedMonthlyGame Offered(Product product, Variant variant) => new(product.Name, variant.Platform, variant.Edition, Tier, From, Until);

    /// <summary>Those of some products that are not over, by SKU.</summary>
    internal static async Task<ILookup<string, MonthlyGame>> OfferedAsync(
        ProductsDbContext database, IReadOnlyCollection<Guid> products, DateTimeOffset now, CancellationToken cancel) =>
        (await database.MonthlyGames.AsNoTracking().Where(month => EF.Parameter(products).Contains(month.ProductId) && month.Until > now)
            .OrderBy(month => month.From).ToListAsync(cancel)).ToLookup(month => month.Sku, StringComparer.Ordinal);

    internal sealed class Configuration : IEntityTypeConfiguration<MonthlyGame>
    {
        public void Configure(EntityTypeBuilder<MonthlyGame> builder)
        {
            builder.ToTable("MonthlyGames");
            builder.Property(month => month.Id).ValueGeneratedNever();
            builder.Property(month => month.Sku).HasMaxLength(40);
            builder.Property(month => month.Tier).HasConversion<string>().HasMaxLength(20);
            builder.Property(month => month.Version).IsConcurrencyToken();
            builder.HasOne<Variant>().WithMany().HasForeignKey(month => month.Sku);
            builder.HasIndex(month => month.ProductId);
            builder.HasIndex(month => month.Until);
        }
    }
}
