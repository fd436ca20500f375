using System.ComponentModel;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>The query of a list, as a client sends it.</summary>
public sealed record ProductQuery
{
    private const int LongestText = 200;
    private const int MostValues = 50;

    private static readonly HashSet<string> KnownKinds = [.. Enum.GetNames<ProductKind>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    internal const string RegionIsAbout = "Whose prices: the code of one of `/api/products/regions`, the United States unless told.";

    internal const string LanguageIsAbout = "The language of names and descriptions: the code of one of `/api/products/languages`. What has no text in it is in English, as all is unless told.";

    [FromQuery(Name = "region"), Description(RegionIsAbout)]
    public Region? Region { get; init; }

    [FromQuery(Name = "language"), Description(LanguageIsAbout)]
    public Language? Language { get; init; }

    [FromQuery(Name = "search"), Description("What a shopper typed; there is no syntax in it.")]
    public string? Search { get; init; }

    [FromQuery(Name = "category"), Description("A category's slug; products on the shelves below it are in the list too.")]
    public string? Category { get; init; }

    [FromQuery(Name = "platform"), Description("Any of these, such as `PS4`.")]
    public string[]? Platform { get; init; }

    [FromQuery(Name = "genre"), Description("Any of these.")]
    public string[]? Genre { get; init; }

    [FromQuery(Name = "kind"), Description("Any of `game addon bundle console accessory subscription giftCard`.")]
    public string[]? Kind { get; init; }

    [FromQuery(Name = "publisher"), Description("Any of these.")]
    public string[]? Publisher { get; init; }

    [FromQuery(Name = "year"), Description("Released in any of these years, such as `2013`.")]
    public string[]? Year { get; init; }

    [FromQuery(Name = "rating"), Description("So many stars or more, on the average of its reviews: any of `1 2 3 4`.")]
    public string[]? Rating { get; init; }

    [FromQuery(Name = "feature"), Description("All of these, such as `coop` or `4k`; the facet `feature` names them.")]
    public string[]? Feature { get; init; }

    [FromQuery(Name = "accessibility"), Description("All of these, such as `subtitles`; the facet `accessibility` names them.")]
    public string[]? Accessibility { get; init; }

    [FromQuery(Name = "minPrice"), Description("The lowest price, in minor units of the region's currency.")]
    public long? MinPrice { get; init; }

    [FromQuery(Name = "maxPrice"), Description("The highest price, in minor units of the region's currency.")]
    public long? MaxPrice { get; init; }

    [FromQuery(Name = "onSale"), Description("Only what is, or is not, on sale.")]
    public bool? OnSale { get; init; }

    [FromQuery(Name = "sort"), Description("One of `relevance newest price -price name rating bestselling`; relevance for a search, else bestselling, unless told.")]
    public string? Sort { get; init; }

    [FromQuery(Name = "pageSize"), Description("1 to 100, 24 unless told.")]
    public int? PageSize { get; init; }

    [FromQuery(Name = "cursor"), Description("The `nextCursor` of the page before.")]
    public string? Cursor { get; init; }

    /// <summary>What is wrong with a text to search for; null where nothing is.</summary>
    internal static ValidationProblem? InvalidText(string field, string? text) =>
        text?.Length > LongestText ? StoreProblems.Invalid(field, $"Use no more than {LongestText} characters.")
        : text?.Contains('\0', StringComparison.Ordinal) == true ? StoreProblems.Invalid(field, "This is not text.")
        : null;

    /// <summary>Checks the query.</summary>
    /// <param name="request">What is asked for, where nothing is wrong.</param>
    /// <returns>What is wrong, or null.</returns>
    internal ValidationProblem? TryRead(out ListRequest? request)
    {
        request = null;
        var text = string.IsNullOrWhiteSpace(Search) ? null : Search;
        var region = Region ?? Region.Default;
        var order = ListOrder.Find(Sort ?? (text is null ? "bestselling" : "relevance"), region);
        if (order is null)
        {
            return StoreProblems.Invalid("sort", $"Sort by one of {string.Join(", ", ListOrder.Names)}.");
        }

        if (Invalid() is { } problem)
        {
            return problem;
        }

        if (!order.TryRead(Cursor, out var after))
        {
            return StoreProblems.Invalid("cursor", "Take the cursor from the page before, with the same sort and region.");
        }

        request = new ListRequest
        {
            Text = text,
            Region = region,
            Language = Language ?? Language.Default,
            Category = Category,
            Platforms = Platform ?? [],
            Genres = Genre ?? [],
            Kinds = Kind ?? [],
            Publishers = Publisher ?? [],
            Years = Year ?? [],
            Ratings = Rating ?? [],
            Features = Feature ?? [],
            Accessibility = Accessibility ?? [],
            MinPrice = MinPrice ?? 0,
            MaxPrice = MaxPrice ?? long.MaxValue,
            OnSale = OnSale,
            Order = order,
            PageSize = PageSize ?? 24,
            After = after,
        };
        return null;
    }

    private ValidationProblem? Invalid()
    {
        if (PageSize is < 1 or > 100)
        {
            return StoreProblems.Invalid("pageSize", "A page has 1 to 100 items.");
        }

        if (MinPrice < 0)
        {
            return StoreProblems.Invalid("minPrice", "A price is not below 0.");
        }

        if (MaxPrice < (MinPrice ?? 0))
        {
            return StoreProblems.Invalid("maxPrice", "The highest price is not below the lowest.");
        }

        if (Array.Find(Kind ?? [], kind => !KnownKinds.Contains(kind)) is not null)
        {
            return StoreProblems.Invalid("kind", $"A kind is one of {string.Join(", ", KnownKinds)}.");
        }

        if (Array.Find(Rating ?? [], stars => stars is not ("1" or "2" or "3" or "4")) is not null)
        {
            return StoreProblems.Invalid("rating", "So many stars or more: one of 1, 2, 3, 4.");
        }

        if (Array.Find(Year ?? [], year => year.Length != 4 || !year.All(char.IsAsciiDigit)) is not null)
        {
            return StoreProblems.Invalid("year", "A year has four digits.");
        }

        if ((ProductTags.Features.Invalid("feature", Feature) ?? ProductTags.Accessibility.Invalid("accessibility", Accessibility)) is { } unknown)
        {
            return unknown;
        }

        var fields = new (string Name, string?[] Values)[]
        {
            ("search", [Search]), ("category", [Category]), ("platform", Platform ?? []), ("genre", Genre ?? []), ("kind", Kind ?? []), ("publisher", Publisher ?? []),
            ("year", Year ?? []), ("rating", Rating ?? []),
            ("feature", Feature ?? []), ("accessibility", Accessibility ?? []),
        };
        return fields.Where(field => field.Values.Length > MostValues).Select(field => StoreProblems.Invalid(field.Name, $"Name no more than {MostValues}.")).FirstOrDefault()
            ?? fields.SelectMany(field => field.Values.Select(value => InvalidText(field.Name, value))).FirstOrDefault(problem => problem is not null);
    }
}
