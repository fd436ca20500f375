using System.Text.Json;
using Lucene.Net.Search;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>What a list is asked for, checked.</summary>
internal sealed record ListRequest
{
    /// <summary>What a shopper typed; null for everything.</summary>
    public string? Text { get; init; }

    /// <summary>Whose prices.</summary>
    public required Region Region { get; init; }

    /// <summary>What names are shown in; it narrows and sorts nothing.</summary>
    public Language Language { get; init; } = Language.Default;

    /// <summary>A category's slug; null for all.</summary>
    public string? Category { get; init; }

    public IReadOnlyList<string> Platforms { get; init; } = [];

    public IReadOnlyList<string> Genres { get; init; } = [];

    public IReadOnlyList<string> Kinds { get; init; } = [];

    public IReadOnlyList<string> Publishers { get; init; } = [];

    public IReadOnlyList<string> Years { get; init; } = [];

    /// <summary>So many stars or more; of several, the least holds.</summary>
    public IReadOnlyList<string> Ratings { get; init; } = [];

    /// <summary>All of these.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>All of these.</summary>
    public IReadOnlyList<string> Accessibility { get; init; } = [];

    public long MinPrice { get; init; }

    public long MaxPrice { get; init; } = long.MaxValue;

    public bool? OnSale { get; init; }

    public required ListOrder Order { get; init; }

    public required int PageSize { get; init; }

    /// <summary>Where to continue; null for the first page.</summary>
    public FieldDoc? After { get; init; }

    /// <summary>Names the list whose page this is, whatever the page and the order.</summary>
    /// <param name="prices">The least and the greatest price that there are in what is asked for.</param>
    public string List((long From, long To) prices) => JsonSerializer.Serialize((object?[])[Region.Code, Text, Category, prices.From, prices.To, .. Enum.GetValues<Facet>().Select(Wanted)]);

    /// <summary>Whether it is the first page of a search that nothing else narrows.</summary>
    public bool IsSearchAlone => Text is not null && After is null && Category is null && OnSale is null && MinPrice == 0 && MaxPrice == long.MaxValue
        && Platforms.Count + Genres.Count + Kinds.Count + Publishers.Count + Years.Count + Ratings.Count + Features.Count + Accessibility.Count == 0;

    public IReadOnlyList<string> Wanted(Facet facet) => facet switch
    {
        Facet.Platform => Platforms,
        Facet.Genre => Genres,
        Facet.Kind => Kinds,
        Facet.Publisher => Publishers,
        Facet.Year => Years,
        Facet.Rating => Ratings,
        Facet.Feature => Features,
        Facet.Accessibility => Accessibility,
        Facet.OnSale => OnSale is { } onSale ? [onSale ? "true" : "false"] : [],
        _ => [],
    };

    public FacetFilters Filters(FacetNames names, CategoryTree categories)
    {
        var filters = new FacetFilters { Region = Region, MinPrice = MinPrice, MaxPrice = MaxPrice };
        foreach (var facet in Enum.GetValues<Facet>())
        {
            if (Wanted(facet) is { Count: > 0 } wanted)
            {
                filters.Want(facet, wanted, names);
            }
        }

        if (Category is not null)
        {
            filters.Want(Facet.Category, categories.Find(Category) is { } category ? [category.Id.ToString()] : [], names);
        }

        return filters;
    }
}
