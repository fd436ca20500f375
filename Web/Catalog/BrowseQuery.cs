using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Extensions;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>What the browse page shows, all of it from its address, so that a list can be kept, sent and gone back to.</summary>
public sealed record BrowseQuery
{
    /// <summary>The orders that a shopper can choose, with their words.</summary>
    public static readonly IReadOnlyList<(string Value, string Title)> Sorts =
    [
        ("bestselling", "Best selling"), ("newest", "Newest"), ("price", "Price, low to high"), ("-price", "Price, high to low"), ("rating", "Rating"), ("name", "Title"),
    ];

    private static readonly string[] PriceFields = ["minPrice", "maxPrice"];

    private const int MostValues = 20;
    private const int LongestValue = 200;

    /// <summary>Whose prices.</summary>
    public Region Region { get; init; } = Region.Default;

    public string? Search { get; init; }
    public string? Category { get; init; }
    public IReadOnlyList<string> Platforms { get; init; } = [];
    public IReadOnlyList<string> Genres { get; init; } = [];
    public IReadOnlyList<string> Kinds { get; init; } = [];
    public IReadOnlyList<string> Publishers { get; init; } = [];
    public IReadOnlyList<string> Years { get; init; } = [];

    /// <summary>So many stars or more.</summary>
    public IReadOnlyList<string> Ratings { get; init; } = [];

    /// <summary>All of these.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>All of these.</summary>
    public IReadOnlyList<string> Accessibility { get; init; } = [];

    /// <summary>The lowest price, in whole units of the currency.</summary>
    public decimal? MinPrice { get; init; }

    /// <summary>The highest price, in whole units of the currency.</summary>
    public decimal? MaxPrice { get; init; }

    /// <summary>What was typed as a price and is none, as it was typed.</summary>
    public IReadOnlyList<string> NoPrices { get; init; } = [];

    public bool OnSale { get; init; }
    public string? Sort { get; init; }
    public string? Cursor { get; init; }

    /// <summary>Which page the cursor leads to, for the words at the foot of the list only.</summary>
    public int Page { get; init; } = 1;

    /// <summary>The order that holds: a search is by relevance unless the shopper chose another.</summary>
    public string EffectiveSort => Sort ?? (Search is null ? "bestselling" : "relevance");

    /// <summary>Reads an address. What makes no sense is left out: an address is typed, cut off and made up by others.</summary>
    /// <param name="query">The address's query.</param>
    /// <param name="region">Whose prices; those of the default region where it is left out.</param>
    /// <returns>What to show.</returns>
    public static BrowseQuery Read(IQueryCollection query, Region? region = null)
    {
        var cursor = One("cursor");
        var (min, max) = (Price("minPrice"), Price("maxPrice"));
        return new()
        {
            Region = region ?? Region.Default,
            Search = One("search"),
            Category = One("category"),
            Platforms = Many("platform"),
            Genres = Many("genre"),
            Kinds = Many("kind"),
            Publishers = Many("publisher"),
            Years = [.. Many("year").Where(year => year.Length == 4 && year.All(char.IsAsciiDigit))],
            Ratings = [.. Many("rating").Where(stars => stars is "1" or "2" or "3" or "4")],
            Features = Many("feature"),
            Accessibility = Many("accessibility"),
            // The two fields are easily filled in the wrong way round.
            MinPrice = min > max ? max : min,
            MaxPrice = min > max ? min : max,
            NoPrices = [.. PriceFields.Where(name => Price(name) is null).Select(One).OfType<string>()],
            OnSale = One("onSale") == "true",
            Sort = Sorts.Select(sort => sort.Value).FirstOrDefault(sort => sort == One("sort")),
            Cursor = cursor,
            Page = cursor is not null && int.TryParse(One("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, 99_999) : 1,
        };

        string? One(string name) => Many(name).FirstOrDefault();

        // Text that is not whole, such as half of an emoji or a NUL, names nothing in the catalogue.
        string[] Many(string name) =>
            [.. query[name].Select(value => value?.Trim() ?? "")
                .Where(value => value.Length is > 0 and <= LongestValue && value.EnumerateRunes().All(rune => !Rune.IsControl(rune) && rune != Rune.ReplacementChar))
                .Distinct(StringComparer.Ordinal).Take(MostValues)];

        decimal? Price(string name) =>
            decimal.TryParse(One(name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price) && price <= 1_000_000 ? price : null;
    }

    /// <summary>The question to Products.</summary>
    public ProductQuery ToProductQuery() => new()
    {
        Search = Search,
        Category = Category,
        Platforms = Platforms,
        Genres = Genres,
        Kinds = Kinds,
        Publishers = Publishers,
        Years = Years,
        Ratings = Ratings,
        Features = Features,
        Accessibility = Accessibility,
        MinPrice = InMinorUnits(MinPrice),
        MaxPrice = InMinorUnits(MaxPrice),
        OnSale = OnSale,
        Sort = EffectiveSort,
        PageSize = 30,
        Cursor = Cursor,
    };

    /// <summary>The address of this list.</summary>
    public string ToAddress()
    {
        var query = new QueryBuilder();
        Add("search", Search);
        Add("category", Category);
        query.Add("kind", Kinds);
        query.Add("platform", Platforms);
        query.Add("genre", Genres);
        query.Add("publisher", Publishers);
        query.Add("year", Years);
        query.Add("rating", Ratings);
        query.Add("feature", Features);
        query.Add("accessibility", Accessibility);
        Add("minPrice", MinPrice?.ToString(CultureInfo.InvariantCulture));
        Add("maxPrice", MaxPrice?.ToString(CultureInfo.InvariantCulture));
        Add("onSale", OnSale ? "true" : null);
        Add("sort", Sort);
        Add("cursor", Cursor);
        Add("page", Cursor is null ? null : Page.ToString(CultureInfo.InvariantCulture));
        return "/browse" + query;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                query.Add(name, value);
            }
        }
    }

    /// <summary>The list from its beginning.</summary>
    public BrowseQuery FirstPage() => this with { Cursor = null, Page = 1 };

    /// <summary>The filters that a shopper can take away one by one, each with the address without it.</summary>
    /// <param name="facets">What the catalogue calls the values; null where it does not answer.</param>
    public IEnumerable<(string Title, string Without)> Chips(IReadOnlyDictionary<string, IReadOnlyList<FacetValue>>? facets)
    {
        var first = FirstPage();
        var chips = new List<(string Title, BrowseQuery Without)>();
        chips.AddRange(Platforms.Select(value => (value, first with { Platforms = Except(Platforms, value) })));
        chips.AddRange(Genres.Select(value => (value, first with { Genres = Except(Genres, value) })));
        // The kinds of a page such as Games or Hardware are its subject, not a filter of it.
        if (Subject is null)
        {
            chips.AddRange(Kinds.Select(value => (CatalogWords.Kind(value), first with { Kinds = Except(Kinds, value) })));
        }

        chips.AddRange(Publishers.Select(value => (value, first with { Publishers = Except(Publishers, value) })));
        chips.AddRange(Years.Select(value => (value, first with { Years = Except(Years, value) })));
        chips.AddRange(Ratings.Select(value => (value == "1" ? "1 star and more" : $"{value} stars and more", first with { Ratings = Except(Ratings, value) })));
        chips.AddRange(Features.Select(value => (Label("feature", value), first with { Features = Except(Features, value) })));
        chips.AddRange(Accessibility.Select(value => (Label("accessibility", value), first with { Accessibility = Except(Accessibility, value) })));
        if (MinPrice is not null || MaxPrice is not null)
        {
            chips.Add((PriceTitle, first with { MinPrice = null, MaxPrice = null }));
        }

        if (OnSale && Subject != "Deals")
        {
            chips.Add(("Deals only", first with { OnSale = false }));
        }

        return chips.Select(chip => (chip.Title, chip.Without.ToAddress()));

        string Label(string facet, string value) => facets?.GetValueOrDefault(facet)?.FirstOrDefault(one => one.Value == value)?.Label ?? value;
    }

    /// <summary>The subject without any of the chips.</summary>
    public BrowseQuery Cleared() => new() { Region = Region, Search = Search, Category = Category, Kinds = Subject is null ? [] : Kinds, OnSale = Subject == "Deals", Sort = Sort };

    /// <summary>The heading that the header's links lead to, or null for a list that a shopper made.</summary>
    public string? Subject => (Search, OnSale, Kinds) switch
    {
        (not null, _, _) => null,
        (_, true, []) => "Deals",
        (_, false, ["game"]) or (_, true, ["game"]) => "All games",
        (_, _, ["console", "accessory"] or ["accessory", "console"]) => "Hardware",
        (_, _, ["giftCard"]) => "Gift cards",
        (_, _, ["subscription"]) => "Membership",
        _ => null,
    };

    private string PriceTitle => (MinPrice, MaxPrice) switch
    {
        ({ } min, { } max) => $"{Sign}{min} to {Sign}{max}",
        ({ } min, null) => $"From {Sign}{min}",
        _ => $"Up to {Sign}{MaxPrice}",
    };

    /// <summary>What stands before an amount in the region's currency.</summary>
    public string Sign => Currency.SymbolOf(Region.Currency) ?? "";

    private long? InMinorUnits(decimal? price) => (long?)(price * Currency.MinorUnits(Region.Currency));

    private static List<string> Except(IReadOnlyList<string> values, string value) => [.. values.Where(other => other != value)];
}
