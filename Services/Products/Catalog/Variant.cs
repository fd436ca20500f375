using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>What is bought: a product for one platform, in one edition.</summary>
public sealed class Variant
{
    /// <summary>Hours.</summary>
    internal const int LongestTrial = 48;

    private readonly List<Price> prices = [];

    private Variant()
    {
    }

    /// <summary>The store's number for it, in capitals, digits and hyphens.</summary>
    public string Sku { get; private init; } = null!;

    public Guid ProductId { get; private init; }

    public Product Product { get; private init; } = null!;

    public string? Platform { get; private set; }

    public string? Edition { get; private set; }

    /// <summary>Delivered into the library, without stock.</summary>
    public bool Digital { get; private set; }

    /// <summary>A free taste of the game, which does not count as owning it.</summary>
    public bool Demo { get; private set; }

    /// <summary>What an edition contains, a short text each.</summary>
    public List<string> Includes { get; private set; } = [];

    /// <summary>The SKUs that it puts into the library beside its own: all of them, since what one of them contains is not added by itself.</summary>
    public List<string> Contains { get; private set; } = [];

    /// <summary>The SKUs of which a shopper must have one, as an add-on needs its game; empty where nothing is needed.</summary>
    public List<string> Requires { get; private set; } = [];

    /// <summary>The tier of the membership that it is; null where it is none.</summary>
    public MembershipTier? Tier { get; private set; }

    /// <summary>How long that membership lasts; null where it is none.</summary>
    public int? Months { get; private set; }

    /// <summary>How many hours it can be tried, once, before it is bought; null where it cannot.</summary>
    public int? TrialHours { get; private set; }

    /// <summary>The membership that it is; null where it is none.</summary>
    public OfferedMembership? Membership => Tier is { } tier && Months is { } months ? new(tier, months) : null;

    /// <summary>Its place among the product's variants; the first that can be bought stands for the product in lists.</summary>
    public int Position { get; private set; }

    /// <summary>No longer sold, while the product still is.</summary>
    public bool Withdrawn { get; private set; }

    /// <summary>One a region; it is not sold where it has none.</summary>
    public IReadOnlyList<Price> Prices => prices;

    /// <summary>Null for digital goods.</summary>
    public StockItem? Stock { get; private set; }

    /// <summary>What tells it from the product's other variants.</summary>
    public string Name => (Platform, Edition) switch
    {
        ({ } platform, { } edition) => $"{platform} · {edition}",
        ({ } platform, null) => platform,
        (null, { } edition) => edition,
        _ => Sku,
    };

    /// <summary>The kind that orders and libraries know it by: its product's, or <c>demo</c>.</summary>
    public string KindInWords() => Demo ? "demo" : Product.Kind.InWords();

    public bool InStock => Digital || Stock is { Available: > 0 };

    internal static Variant Create(string sku, Product product, VariantDetails details, int position)
    {
        var variant = new Variant { Sku = sku, ProductId = product.Id, Product = product, Position = position, Digital = details.Digital, Demo = details.Demo };
        variant.Change(details);
        (variant.Tier, variant.Months) = (details.Membership?.Tier, details.Membership?.Months);
        variant.Stock = details.Digital ? null : new StockItem(sku);
        return variant;
    }

    /// <summary>Changes what is said of it; whether it is digital, a demo, or a membership is decided once, since orders and stock rest on it.</summary>
    public void Change(VariantDetails details)
    {
        (Platform, Edition, Includes) = (details.Platform, details.Edition, [.. details.Includes]);
        // Who does not speak of these leaves them as they are.
        Contains = details.Contains is { } contains ? [.. contains] : Contains;
        Requires = details.Requires is { } requires ? [.. requires] : Requires;
        TrialHours = details.TrialHours is { } hours ? hours == 0 ? null : hours : TrialHours;
    }

    public Price? PriceIn(Region region) => prices.Find(price => price.Region == region);

    /// <summary>Sets the first price in a region.</summary>
    public void SetPrice(Region region, PriceTag tag)
    {
        if (PriceIn(region) is { } known)
        {
            known.Set(tag);
        }
        else
        {
            prices.Add(new Price(Sku, region, tag));
        }
    }

    /// <summary>Adds a price in a region that it had none in.</summary>
    public void AddPrice(Region region, PriceTerms terms) => prices.Add(new Price(Sku, region, terms));

    /// <summary>Adds the prices that it lacks, by the rule of <see cref="PriceLists"/>. A gift card is worth a sum of one currency, and is left out.</summary>
    public void CompletePrices()
    {
        if (Product.Kind is not ProductKind.GiftCard && PriceIn(Region.Default) is { } price)
        {
            prices.AddRange(Region.All.Where(region => PriceIn(region) is null).Select(price.ConvertTo).ToList());
        }
    }

    internal void Place(int position, bool withdrawn) => (Position, Withdrawn) = (position, withdrawn);

    internal sealed class Configuration : IEntityTypeConfiguration<Variant>
    {
        public void Configure(EntityTypeBuilder<Variant> builder)
        {
            builder.ToTable("Variants");
            builder.HasKey(variant => variant.Sku);
            builder.Property(variant => variant.Sku).HasMaxLength(40).ValueGeneratedNever();
            builder.Property(variant => variant.Platform).HasMaxLength(20);
            builder.Property(variant => variant.Edition).HasMaxLength(80);
            builder.Property(variant => variant.Tier).HasConversion<string>().HasMaxLength(20);
            builder.Ignore(variant => variant.Name).Ignore(variant => variant.InStock).Ignore(variant => variant.Membership);
            builder.HasIndex(variant => variant.Demo);
            builder.HasMany(variant => variant.Prices).WithOne().HasForeignKey(price => price.Sku);
            builder.HasOne(variant => variant.Stock).WithOne().HasForeignKey<StockItem>(stock => stock.Sku);
        }
    }
}

/// <summary>What an administrator says of a variant.</summary>
/// <param name="Contains">The SKUs that it contains; null leaves them as they are.</param>
/// <param name="Requires">The SKUs of which one is needed; null leaves them as they are.</param>
/// <param name="Demo">A free taste of the game.</param>
/// <param name="Membership">The membership that it is; null where it is none.</param>
/// <param name="TrialHours">How long it can be tried; 0 for not at all, null leaves it as it is.</param>
public sealed record VariantDetails(
    string? Platform, string? Edition, bool Digital, IReadOnlyList<string> Includes, IReadOnlyList<string>? Contains = null,
    IReadOnlyList<string>? Requires = null, bool Demo = false, OfferedMembership? Membership = null, int? TrialHours = null);
