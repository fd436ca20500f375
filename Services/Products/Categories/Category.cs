using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Products;

/// <summary>A shelf of the store. Shelves form a tree; a product on a shelf is also on every shelf above it.</summary>
public sealed class Category
{
    private Category()
    {
    }

    public Guid Id { get; private init; }

    public string Slug { get; private set; } = null!;

    public string Name { get; private set; } = null!;

    public Guid? ParentId { get; private set; }

    /// <summary>Its place among its parent's categories.</summary>
    public int Position { get; private set; }

    public int Version { get; private set; }

    public static Category Create(Guid id, string slug, string name, Guid? parentId, int position)
    {
        var category = new Category { Id = id };
        category.Change(slug, name, parentId, position);
        return category;
    }

    public void Change(string slug, string name, Guid? parentId, int position)
    {
        (Slug, Name, ParentId, Position) = (slug, name, parentId, position);
        Version++;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<Category>
    {
        public void Configure(EntityTypeBuilder<Category> builder)
        {
            builder.ToTable("Categories");
            builder.Property(category => category.Id).ValueGeneratedNever();
            builder.Property(category => category.Slug).HasMaxLength(160);
            builder.HasIndex(category => category.Slug).IsUnique();
            builder.Property(category => category.Name).HasMaxLength(80);
            builder.Property(category => category.Version).IsConcurrencyToken();
            builder.HasOne<Category>().WithMany().HasForeignKey(category => category.ParentId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
