using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Products;

/// <summary>A picture that an administrator uploaded for a product, as it was encoded anew here.</summary>
public sealed class Picture
{
    private Picture()
    {
    }

    public Guid ProductId { get; private init; }

    /// <summary>SHA-256 of the content in hexadecimal.</summary>
    public string Hash { get; private set; } = null!;

    /// <summary>A WebP file.</summary>
    public byte[] Content { get; private set; } = null!;

    public static Picture Of(Guid productId, byte[] webp)
    {
        var picture = new Picture { ProductId = productId };
        picture.Replace(webp);
        return picture;
    }

    public void Replace(byte[] webp) => (Content, Hash) = (webp, Convert.ToHexStringLower(SHA256.HashData(webp)));

    internal sealed class Configuration : IEntityTypeConfiguration<Picture>
    {
        public void Configure(EntityTypeBuilder<Picture> builder)
        {
            builder.ToTable("Pictures");
            builder.HasKey(picture => picture.ProductId);
            builder.Property(picture => picture.ProductId).ValueGeneratedNever();
            builder.Property(picture => picture.Hash).HasMaxLength(64);
            builder.HasOne<Product>().WithOne().HasForeignKey<Picture>(picture => picture.ProductId);
        }
    }
}
