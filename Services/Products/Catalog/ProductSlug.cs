using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Products;

/// <summary>An address that a product has, or had before it was renamed: it leads there for ever, and no other product ever gets it.</summary>
public sealed class ProductSlug
{
    private ProductSlug()
    {
    }

    internal ProductSlug(string slug, Guid productId) => (Slug, ProductId) = (slug, productId);

    public string Slug { get; private init; } = null!;

    public Guid ProductId { get; private init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ProductSlug>
    {
        public void Configure(EntityTypeBuilder<ProductSlug> builder)
        {
            builder.ToTable("ProductSlugs");
            builder.HasKey(one => one.Slug);
            builder.Property(one => one.Slug).HasMaxLength(160).ValueGeneratedNever();
        }
    }
}
