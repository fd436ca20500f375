using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PlayStationStore.Products;

/// <summary>What a shopper sees as one thing: a game, a console, a gift card. It is bought as one of its variants.</summary>
public sealed class Product
{
    private readonly List<Variant> variants = [];
    private readonly List<Category> categories = [];

    private Product()
    {
    }

    public Guid Id { get; private init; }

    /// <summary>The readable part of its address, unique for ever.</summary>
    public string Slug { get; private set; } = null!;

    public string Name { get; private set; } = null!;

    /// <summary>The name as words without accents and capitals, to sort and search by.</summary>
    public string FoldedName { get; private set; } = null!;

    public ProductKind Kind { get; private set; }

    public string? Genre { get; private set; }

    public string? Publisher { get; private set; }

    public DateOnly? ReleaseDate { get; private set; }

    public string Description { get; private set; } = null!;

    /// <summary>English names of the languages it speaks or writes.</summary>
    public List<string> Languages { get; private set; } = [];

    public List<AgeRating> AgeRatings { get; private set; } = [];

    /// <summary>Copies sold everywhere, by published charts; 0 where no chart knows.</summary>
    public long UnitsSold { get; private set; }

    /// <summary>Copies sold by this store.</summary>
    public long StoreSales { get; private set; }

    public DateTimeOffset? LastSoldAt { get; private set; }

    /// <summary>How many visible reviews gave each number of stars.</summary>
    public StarCounts Stars { get; private init; } = new();

    /// <summary>SHA-256 in hexadecimal of an uploaded picture; null where the picture is drawn.</summary>
    public string? PictureHash { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset ChangedAt { get; private set; }

    public DateTimeOffset? WithdrawnAt { get; private set; }

    /// <summary>Grows with every change that an administrator makes.</summary>
    public int Version { get; private set; }

    /// <summary>In the order in which they are offered.</summary>
    public IReadOnlyList<Variant> Variants => variants;

    public IReadOnlyList<Category> Categories => categories;

    /// <summary>What orders a list by popularity: a copy sold here says as much as a thousand in the charts.</summary>
    public long Popularity => UnitsSold + (1_000 * StoreSales);

    /// <summary>Changes whenever the product's picture does, uploaded or drawn; eight hexadecimal digits.</summary>
    public string PictureVersion => PictureHash?[..8] ?? Subject.Version;

    /// <summary>The instant from which it is delivered and played; null where it has no date.</summary>
    public DateTimeOffset? ReleaseAt => ReleaseDate is { } date ? new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;

    /// <summary>When it comes out, where that is still ahead: until then it is pre-ordered.</summary>
    public DateTimeOffset? PreorderUntil(DateTimeOffset now) => ReleaseAt > now ? ReleaseAt : null;

    /// <summary>What its pictures are drawn from, by its own words and its first variant's platform.</summary>
    public CoverSubject Subject =>
        new(Name, Kind, Genre, variants.MinBy(variant => variant.Position)?.Platform, Publisher, ReleaseDate?.Year);

    /// <summary>The variants that are sold in the store's currency, in order.</summary>
    public List<Variant> Offered() =>
        [.. Priced().Where(variant => !variant.Withdrawn)];

    /// <summary>The same with those that are no longer sold; a product has at least one.</summary>
    public List<Variant> Priced() =>
        [.. variants.Where(variant => variant.PriceIn(Pricing.StoreCurrency) is not null).OrderBy(variant => variant.Position)];

    public static Product Create(Guid id, string slug, ProductDetails details, DateTimeOffset now, long unitsSold = 0)
    {
        var product = new Product { Id = id, CreatedAt = now, UnitsSold = unitsSold };
        product.Set(slug, details, now);
        return product;
    }

    public void Change(string slug, ProductDetails details, DateTimeOffset now) => Set(slug, details, now);

    public Variant AddVariant(string sku, VariantDetails details)
    {
        var variant = Variant.Create(sku, this, details, variants.Count);
        variants.Add(variant);
        return variant;
    }

    /// <summary>Sets the order in which variants are offered; one that is not named is no longer sold.</summary>
    /// <param name="skus">The skus that are offered, first the one that stands for the product.</param>
    public void Offer(List<string> skus)
    {
        foreach (var variant in variants)
        {
            var position = skus.IndexOf(variant.Sku);
            variant.Place(position < 0 ? variants.Count : position, withdrawn: position < 0);
        }
    }

    public void FileUnder(IEnumerable<Category> filed)
    {
        categories.Clear();
        categories.AddRange(filed);
    }

    public void Withdraw(DateTimeOffset now)
    {
        if (WithdrawnAt is null)
        {
            WithdrawnAt = now;
            Touch(now);
        }
    }

    public void Restore(DateTimeOffset now)
    {
        if (WithdrawnAt is not null)
        {
            WithdrawnAt = null;
            Touch(now);
        }
    }

    /// <summary>Shows an uploaded picture in place of the drawn one.</summary>
    /// <param name="hash">SHA-256 of the stored picture in hexadecimal, or null to draw again.</param>
    /// <param name="now">The time of the change.</param>
    public void ShowPicture(string? hash, DateTimeOffset now)
    {
        PictureHash = hash;
        Touch(now);
    }

    private void Set(string slug, ProductDetails details, DateTimeOffset now)
    {
        Slug = slug;
        (Name, Kind, Genre, Publisher, ReleaseDate) = (details.Name, details.Kind, details.Genre, details.Publisher, details.ReleaseDate);
        FoldedName = SearchText.Fold(details.Name);
        Description = details.Description;
        Languages = [.. details.Languages];
        AgeRatings = [.. details.AgeRatings];
        Touch(now);
    }

    private void Touch(DateTimeOffset now)
    {
        ChangedAt = now;
        Version++;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<Product>
    {
        public void Configure(EntityTypeBuilder<Product> builder)
        {
            builder.ToTable("Products");
            builder.Property(product => product.Id).ValueGeneratedNever();
            builder.Property(product => product.Slug).HasMaxLength(160);
            builder.HasIndex(product => product.Slug).IsUnique();
            builder.HasIndex(product => product.LastSoldAt);
            // Folding writes some letters as two.
            builder.Property(product => product.FoldedName).HasMaxLength(800);
            builder.HasIndex(product => new { product.FoldedName, product.Slug });
            builder.Property(product => product.Name).HasMaxLength(200);
            builder.Property(product => product.Kind).HasConversion<string>().HasMaxLength(20);
            builder.Property(product => product.Genre).HasMaxLength(60);
            builder.Property(product => product.Publisher).HasMaxLength(120);
            builder.Property(product => product.Description).HasMaxLength(4_000);
            builder.Property(product => product.PictureHash).HasMaxLength(64);
            builder.Property(product => product.Version).IsConcurrencyToken();
            builder.ComplexProperty(product => product.Stars).Ignore(stars => stars.Count).Ignore(stars => stars.Average);
            // As text of our own: the provider's JSON mapping of such a list cannot carry the collation of all text.
            builder.Property(product => product.AgeRatings).HasMaxLength(400).HasConversion(
                ratings => JsonSerializer.Serialize(ratings, JsonSerializerOptions.Default),
                text => JsonSerializer.Deserialize<List<AgeRating>>(text, JsonSerializerOptions.Default)!,
                new ValueComparer<List<AgeRating>>(
                    (one, other) => one!.SequenceEqual(other!), ratings => ratings.Count, ratings => ratings.ToList()));
            builder.Ignore(product => product.ReleaseAt).Ignore(product => product.Popularity).Ignore(product => product.PictureVersion).Ignore(product => product.Subject);
            builder.HasMany(product => product.Variants).WithOne(variant => variant.Product).HasForeignKey(variant => variant.ProductId);
            builder.HasMany(product => product.Categories).WithMany().UsingEntity(
                "ProductCategories",
                category => category.HasOne(typeof(Category)).WithMany().HasForeignKey("CategoryId"),
                product => product.HasOne(typeof(Product)).WithMany().HasForeignKey("ProductId"));
        }
    }
}

/// <summary>What an administrator says of a product, beside its variants.</summary>
public sealed record ProductDetails(
    string Name, ProductKind Kind, string? Genre, string? Publisher, DateOnly? ReleaseDate, string Description,
    IReadOnlyList<string> Languages, IReadOnlyList<AgeRating> AgeRatings);

/// <summary>An age rating.</summary>
/// <param name="Board">ESRB, PEGI, CERO or USK.</param>
/// <param name="Rating">As the board writes it, such as <c>M</c>, <c>18</c>, <c>Z</c>.</param>
public sealed record AgeRating(string Board, string Rating);
