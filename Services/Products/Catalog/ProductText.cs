using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>What a product says in a language other than <see cref="Language.Default"/>; what it does not say there is shown in that one.</summary>
public sealed class ProductText
{
    private ProductText()
    {
    }

    internal ProductText(Guid productId, Language language) => (ProductId, Language) = (productId, language);

    public Guid ProductId { get; private init; }

    public Language Language { get; private init; } = Language.Default;

    public string? Name { get; private set; }

    /// <summary>The name as words without accents and capitals, to search by.</summary>
    public string? FoldedName { get; private set; }

    public string? Description { get; private set; }

    internal void Say(ProductWords words) =>
        (Name, FoldedName, Description) = (words.Name, words.Name is { } name ? SearchText.Fold(name) : null, words.Description);

    internal sealed class Configuration : IEntityTypeConfiguration<ProductText>
    {
        public void Configure(EntityTypeBuilder<ProductText> builder)
        {
            builder.ToTable("ProductTexts");
            builder.HasKey(text => new { text.ProductId, text.Language });
            builder.Property(text => text.Language).HasMaxLength(12).HasConversion(language => language.Code, code => Language.Find(code)!);
            builder.Property(text => text.Name).HasMaxLength(ProductWords.LongestName);
            builder.Property(text => text.FoldedName).HasMaxLength(ProductWords.LongestFolded);
            builder.Property(text => text.Description).HasMaxLength(ProductWords.LongestDescription);
        }
    }
}

/// <summary>The words of a product in a language.</summary>
/// <param name="Name">Null where it is called as in English.</param>
/// <param name="Description">Null where it is described in English only.</param>
public sealed record ProductWords(string? Name = null, string? Description = null)
{
    internal const int LongestName = 200;
    internal const int LongestDescription = 4_000;

    // Folding writes some letters as two.
    internal const int LongestFolded = 4 * LongestName;

    /// <summary>Whether it says anything.</summary>
    internal bool Any => Name is not null || Description is not null;

    internal ProductWords Trimmed() => new(Name?.Trim(), Description?.Trim());
}
