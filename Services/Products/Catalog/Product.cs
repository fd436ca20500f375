using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>What a shopper sees as one thing: a game, a console, a gift card. It is bought as one of its variants.</summary>
public sealed class Product
{
    private readonly List<Variant> variants = [];
    private readonly List<Category> categories = [];
    private readonly List<ProductSlug> slugs = [];
    private readonly List<ProductText> texts = [];

    private Product()
    {
    }

    public Guid Id { get; private init; }

    /// <summary>The readable part of its address, unique for ever.</summary>
    public string Slug { get; private set; } = null!;

    /// <summary>The same with those that it had before; they lead to it still.</summary>
    public IReadOnlyList<ProductSlug> Slugs => slugs;

    public string Name { get; private set; } = null!;

    /// <summary>The name as words without accents and capitals, to sort and search by.</summary>
    public string FoldedName { get; private set; } = null!;

    public ProductKind Kind { get; private set; }

    public string? Genre { get; private set; }

    public string? Publisher { get; private set; }

    public DateOnly? ReleaseDate { get; private set; }

    public string Description { get; private set; } = null!;

    /// <summary>Name and description in other languages than <see cref="Language.Default"/>, as far as there are any.</summary>
    public IReadOnlyList<ProductText> Texts => texts;

    /// <summary>English names of the languages it speaks or writes.</summary>
    public List<string> Languages { get; private set; } = [];

    public List<AgeRating> AgeRatings { get; private set; } = [];

    /// <summary>What it can do, in the words of <see cref="ProductTags"/>.</summary>
    public List<string> Features { get; private set; } = [];

    /// <summary>What makes it easier to use, in the words of <see cref="ProductTags"/>.</summary>
    public List<string> Accessibility { get; private set; } = [];

    /// <summary>Where its trailer is; null where it has none.</summary>
    public string? TrailerUrl { get; private set; }

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

    /// <summary>The instant from which shoppers see it; null where they do.</summary>
    public DateTimeOffset? PublishAt { get; private set; }

    /// <summary>Grows with every change of its texts, its variants, and whether it is sold.</summary>
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

    /// <summary>The variants that are sold in a region, in order.</summary>
    public List<Variant> Offered(Region region) =>
        [.. Priced(region).Where(variant => !variant.Withdrawn)];

    /// <summary>The same with those that are no longer sold; none where it was never sold there.</summary>
    public List<Variant> Priced(Region region) =>
        [.. variants.Where(variant => variant.PriceIn(region) is not null).OrderBy(variant => variant.Position)];

    /// <summary>Its words in a language; null where it has none there, as in <see cref="Language.Default"/>.</summary>
    public ProductText? TextIn(Language language) => texts.Find(text => text.Language == language);

    /// <summary>All that it says in other languages than <see cref="Language.Default"/>.</summary>
    public IReadOnlyDictionary<Language, ProductWords> Words() => texts.ToDictionary(text => text.Language, text => new ProductWords(text.Name, text.Description));

    /// <summary>The first region that it has a price in; a product has at least one.</summary>
    public Region HomeRegion => Region.All.First(region => variants.Exists(variant => variant.PriceIn(region) is not null));

    public static Product Create(Guid id, string slug, ProductDetails details, DateTimeOffset now, long unitsSold = 0)
    {
        var product = new Product { Id = id, CreatedAt = now, UnitsSold = unitsSold };
        product.Change(slug, details);
        product.Touch(now);
        return product;
    }

    /// <summary>Says something else of it; <see cref="Touch"/> makes that a new version.</summary>
    public void Change(string slug, ProductDetails details)
    {
        // A slug that it had before is its own to go back to.
        if (Slug != slug && !slugs.Exists(one => one.Slug == slug))
        {
            slugs.Add(new ProductSlug(slug, Id));
        }

        Slug = slug;
        (Name, Kind, Genre, Publisher, ReleaseDate) = (details.Name, details.Kind, details.Genre, details.Publisher, details.ReleaseDate);
        FoldedName = SearchText.Fold(details.Name);
        Description = details.Description;
        Languages = [.. details.Languages];
        AgeRatings = [.. details.AgeRatings];
        // Who does not speak of these leaves them as they are.
        Features = details.Features is { } features ? [.. features] : Features;
        Accessibility = details.Accessibility is { } accessibility ? [.. accessibility] : Accessibility;
        TrailerUrl = details.TrailerUrl is { } trailer ? trailer.Length == 0 ? null : trailer : TrailerUrl;
        if (details.Texts is { } said)
        {
            Say(said);
        }
    }

    /// <summary>Sets all that it says in other languages than <see cref="Language.Default"/>.</summary>
    public void Say(IReadOnlyDictionary<Language, ProductWords> said)
    {
        texts.RemoveAll(text => said.GetValueOrDefault(text.Language) is not { Any: true });
        foreach (var (language, words) in said.Where(one => one.Value.Any))
        {
            if (TextIn(language) is not { } text)
            {
                texts.Add(text = new ProductText(Id, language));
            }

            text.Say(words);
        }
    }

    /// <summary>Makes what was changed a version of its own, so that who has read the one before does not overwrite it.</summary>
    public void Touch(DateTimeOffset now)
    {
        ChangedAt = now;
        Version++;
    }

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

    /// <summary>Whether shoppers see it.</summary>
    public bool IsPublished(DateTimeOffset now) => !(PublishAt > now);

    /// <summary>Hides it from shoppers until an instant; one that is past shows it at once.</summary>
    public void Publish(DateTimeOffset at, DateTimeOffset now) => PublishAt = at > now ? at.ToUniversalTime() : null;

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

    /// <summary>Shows an uploaded picture in place of the drawn one; that is no new version, since nobody writes a picture back with the texts.</summary>
    /// <param name="hash">SHA-256 of the stored picture in hexadecimal, or null to draw again.</param>
    /// <param name="now">The time of the change.</param>
    public void ShowPicture(string? hash, DateTimeOffset now)
    {
        PictureHash = hash;
        ChangedAt = now;
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
            builder.HasIndex(product => product.PublishAt);
            builder.Property(product => product.FoldedName).HasMaxLength(ProductWords.LongestFolded);
            builder.HasIndex(product => new { product.FoldedName, product.Slug });
            builder.Property(product => product.Name).HasMaxLength(ProductWords.LongestName);
            builder.Property(product => product.Kind).HasConversion<string>().HasMaxLength(20);
            builder.Property(product => product.Genre).HasMaxLength(60);
            builder.Property(product => product.Publisher).HasMaxLength(120);
            builder.Property(product => product.Description).HasMaxLength(ProductWords.LongestDescription);
            builder.Property(product => product.TrailerUrl).HasMaxLength(Trailers.LongestAddress);
            builder.Property(product => product.PictureHash).HasMaxLength(64);
            builder.Property(product => product.Version).IsConcurrencyToken();
            builder.ComplexProperty(product => product.Stars).Ignore(stars => stars.Count).Ignore(stars => stars.Average);
            // As text of our own: the provider's JSON mapping of such a list cannot carry the collation of all text.
            builder.Property(product => product.AgeRatings).HasMaxLength(400).HasConversion(
                ratings => JsonSerializer.Serialize(ratings, JsonSerializerOptions.Default),
                text => JsonSerializer.Deserialize<List<AgeRating>>(text, JsonSerializerOptions.Default)!,
                new ValueComparer<List<AgeRating>>(
                    (one, other) => one!.SequenceEqual(other!), ratings => ratings.Count, ratings => ratings.ToList()));
            builder.Ignore(product => product.ReleaseAt).Ignore(product => product.Popularity).Ignore(product => product.HomeRegion).Ignore(product => product.PictureVersion).Ignore(product => product.Subject);
            builder.HasMany(product => product.Slugs).WithOne().HasForeignKey(one => one.ProductId);
            builder.HasMany(product => product.Texts).WithOne().HasForeignKey(text => text.ProductId);
            builder.HasMany(product => product.Variants).WithOne(variant => variant.Product).HasForeignKey(variant => variant.ProductId);
            builder.HasMany(product => product.Categories).WithMany().UsingEntity(
                "ProductCategories",
                category => category.HasOne(typeof(Category)).WithMany().HasForeignKey("CategoryId"),
                product => product.HasOne(typeof(Product)).WithMany().HasForeignKey("ProductId"));
        }
    }
}

/// <summary>What an administrator says of a product, beside its variants.</summary>
/// <param name="Features">In the words of <see cref="ProductTags"/>; null leaves them as they are.</param>
/// <param name="Accessibility">In the words of <see cref="ProductTags"/>; null leaves them as they are.</param>
/// <param name="TrailerUrl">Empty for none; null leaves it as it is.</param>
/// <param name="Texts">All that it says in other languages; null leaves them as they are.</param>
public sealed record ProductDetails(
    string Name, ProductKind Kind, string? Genre, string? Publisher, DateOnly? ReleaseDate, string Description,
    IReadOnlyList<string> Languages, IReadOnlyList<AgeRating> AgeRatings, IReadOnlyList<string>? Features = null, IReadOnlyList<string>? Accessibility = null,
    string? TrailerUrl = null, IReadOnlyDictionary<Language, ProductWords>? Texts = null);

/// <summary>An age rating.</summary>
/// <param name="Board">ESRB, PEGI, CERO or USK.</param>
/// <param name="Rating">As the board writes it, such as <c>M</c>, <c>18</c>, <c>Z</c>.</param>
public sealed record AgeRating(string Board, string Rating);
