using System.Collections.Frozen;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>The columns of a catalogue file, in the order in which an export writes them. A row is a variant; its sku says which.</summary>
internal static class ImportColumns
{
    public const string Sku = "sku";
    public const string Slug = "slug";
    public const string Name = "name";
    public const string Kind = "kind";
    public const string Genre = "genre";
    public const string Publisher = "publisher";
    public const string ReleaseDate = "releaseDate";
    public const string Description = "description";
    public const string Languages = "languages";
    public const string AgeRatings = "ageRatings";
    public const string Categories = "categories";
    public const string Features = "features";
    public const string Accessibility = "accessibility";
    public const string Withdrawn = "withdrawn";
    public const string Platform = "platform";
    public const string Edition = "edition";
    public const string Digital = "digital";
    public const string Demo = "demo";
    public const string Includes = "includes";
    public const string Contains = "contains";
    public const string Requires = "requires";
    public const string Price = "price";
    public const string SalePrice = "salePrice";
    public const string SaleStartsAt = "saleStartsAt";
    public const string SaleEndsAt = "saleEndsAt";
    public const string OnHand = "onHand";

    /// <summary>The regions whose prices have columns of their own, such as <c>price_gb</c>.</summary>
    public static readonly IReadOnlyList<Region> Elsewhere = [.. Region.All.Where(region => region != Region.Default)];

    private static readonly string[] OfPrice = [Price, SalePrice, SaleStartsAt, SaleEndsAt];

    /// <summary>Those of texts in other languages, such as <c>name_de</c>.</summary>
    private static readonly string[] Texts = [.. Language.Others.SelectMany(language => new[] { NameIn(language), DescriptionIn(language) })];

    public static readonly string[] All =
    [
        Sku, Slug, Name, Kind, Genre, Publisher, ReleaseDate, Description, Languages, AgeRatings, Categories, Features, Accessibility, Withdrawn,
        Platform, Edition, Digital, Demo, Includes, Contains, Requires, Price, SalePrice, SaleStartsAt, SaleEndsAt, OnHand,
        .. Elsewhere.SelectMany(region => OfPrice.Select(column => In(region, column))),
        .. Texts,
    ];

    /// <summary>Those that describe the product, and so say the same in each of its rows.</summary>
    public static readonly string[] OfProduct =
        [Name, Kind, Genre, Publisher, ReleaseDate, Description, Languages, AgeRatings, Categories, Features, Accessibility, Withdrawn, .. Texts];

    // As charts and other lists call them.
    private static readonly FrozenDictionary<string, string> Known = All.Select(column => (column, column))
        .Concat([("title", Name), ("year", ReleaseDate)])
        .ToFrozenDictionary(heading => Plain(heading.Item1), heading => heading.Item2, StringComparer.Ordinal);

    public static string NameIn(Language language) => $"{Name}_{language.Code}";

    public static string DescriptionIn(Language language) => $"{Description}_{language.Code}";

    /// <summary>The column that a heading means, however it is written (<c>Release date</c>, <c>release_date</c>); null where it means none.</summary>
    public static string? Of(string heading) => Known.GetValueOrDefault(Plain(heading));

    /// <summary>A column of a price in a region; that of the default region has the plain name.</summary>
    public static string In(Region region, string column) => region == Region.Default ? column : $"{column}_{region.Code}";

    private static string Plain(string heading) => string.Concat(heading.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
