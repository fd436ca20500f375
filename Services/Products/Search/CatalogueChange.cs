using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Products;

/// <summary>
/// Says that what a shopper sees of a product has changed. It is saved with the change, and every replica's search index follows these rows.
/// </summary>
public sealed class CatalogueChange
{
    private CatalogueChange()
    {
    }

    public CatalogueChange(Guid? productId, DateTimeOffset now) => (Id, ProductId, ChangedAt) = (Guid.CreateVersion7(now), productId, now);

    public Guid Id { get; private init; }

    /// <summary>The product, or null where any product may look different, as after a change of the category tree.</summary>
    public Guid? ProductId { get; private init; }

    public DateTimeOffset ChangedAt { get; private init; }

    internal sealed class Configuration : IEntityTypeConfiguration<CatalogueChange>
    {
        public void Configure(EntityTypeBuilder<CatalogueChange> builder)
        {
            builder.ToTable("CatalogueChanges");
            builder.Property(change => change.Id).ValueGeneratedNever();
            builder.HasIndex(change => change.ChangedAt);
        }
    }
}
