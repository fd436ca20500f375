using Lucene.Net.Search;

namespace PlayStationStore.Products;

/// <summary>What a list is asked for, checked.</summary>
internal sealed record ListRequest
{
    /// <summary>What a shopper typed; null for everything.</summary>
    public string? Text { get; init; }

    /// <summary>A category's slug; null for all.</summary>
    public string? Category { get; init; }

    public IReadOnlyList<string> Platforms { get; init; } = [];

    public IReadOnlyList<string> Genres { get; init; } = [];

    public IReadOnlyList<string> Kinds { get; init; } = [];

    public IReadOnlyList<string> Publishers { get; init; } = [];

    public long MinPrice { get; init; }

    public long MaxPrice { get; init; } = long.MaxValue;

    public bool? OnSale { get; init; }

    public required ListOrder Order { get; init; }

    public required int PageSize { get; init; }

    /// <summary>Where to continue; null for the first page.</summary>
    public FieldDoc? After { get; init; }

    /// <summary>Whether it is the first page of a search that nothing else narrows.</summary>
    public bool IsSearchAlone => Text is not null && After is null && Category is null && OnSale is null && MinPrice == 0 && MaxPrice == long.MaxValue
        && Platforms.Count + Genres.Count + Kinds.Count + Publishers.Count == 0;

    public IReadOnlyList<string> Wanted(Facet facet) => facet switch
    {
        Facet.Platform => Platforms,
        Facet.Genre => Genres,
        Facet.Kind => Kinds,
        Facet.Publisher => Publishers,
        Facet.OnSale => OnSale is { } onSale ? [onSale ? "true" : "false"] : [],
        _ => [],
    };

    public FacetFilters Filters(FacetNames names, CategoryTree categories)
    {
        var filters = new FacetFilters { MinPrice = MinPrice, MaxPrice = MaxPrice };
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
