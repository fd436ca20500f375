namespace PlayStationStore.Products;

/// <summary>Facets as a client reads them.</summary>
internal static class FacetAnswer
{
    // A catalogue has hundreds of publishers; those with the most products are offered.
    private const int MostPublishers = 40;

    private static readonly Dictionary<string, string> KindLabels = new()
    {
        ["game"] = "Games",
        ["addon"] = "Add-ons",
        ["bundle"] = "Bundles",
        ["console"] = "Consoles",
        ["accessory"] = "Accessories",
        ["subscription"] = "Memberships",
        ["giftCard"] = "Gift cards",
    };

    public static ProductFacets Of(FacetCollector counted, FacetNames names, CategoryTree categories, ListRequest request)
    {
        IReadOnlyList<FacetValue> Values(Facet facet, Func<string, string> label) =>
            [.. Counted(counted, names, facet, request).Select(one => new FacetValue(one.Value, label(one.Value), one.Count))];

        return new(
            ByCount(Values(Facet.Kind, kind => KindLabels.GetValueOrDefault(kind, kind))),
            [.. Values(Facet.Platform, platform => platform).OrderBy(one => Platforms.Order(one.Value))],
            ByCount(Values(Facet.Genre, genre => genre)),
            [.. ByCount(Values(Facet.Publisher, publisher => publisher)).Where((one, place) => place < MostPublishers || request.Publishers.Contains(one.Value))],
            [.. PriceBand.All.Select(band => (Band: band, Count: CountOf(counted, names, Facet.Price, band.Value)))
                .Where(one => one.Count > 0).Select(one => new FacetValue(one.Band.Value, one.Band.Label, one.Count))],
            [.. Counted(counted, names, Facet.Category, request)
                .Select(one => (Category: categories.Find(Guid.Parse(one.Value)), one.Count)).Where(one => one.Category is not null)
                .OrderByDescending(one => one.Count).ThenBy(one => one.Category!.Name, StringComparer.Ordinal)
                .Select(one => new FacetValue(one.Category!.Slug, one.Category.Name, one.Count))],
            [.. Values(Facet.OnSale, _ => "On sale").Where(one => one.Value == "true")]);
    }

    private static List<FacetValue> ByCount(IReadOnlyList<FacetValue> values) =>
        [.. values.OrderByDescending(one => one.Count).ThenBy(one => one.Value, StringComparer.Ordinal)];

    // A value that is chosen stays visible with a count of 0, so that it can be taken back.
    private static List<(string Value, int Count)> Counted(FacetCollector counted, FacetNames names, Facet facet, ListRequest request)
    {
        var counts = counted.CountsOf(facet).ToArray();
        var wanted = request.Wanted(facet);
        return [.. counts.Index().Select(one => (Value: names.NameOf(facet, one.Index), Count: one.Item)).Where(one => one.Count > 0 || wanted.Contains(one.Value))];
    }

    private static int CountOf(FacetCollector counted, FacetNames names, Facet facet, string value)
    {
        var counts = counted.CountsOf(facet);
        return names.Find(facet, value) is { } number && number < counts.Length ? counts[number] : 0;
    }
}

/// <summary>What a list can be narrowed by, with how many products each choice would show beside the other choices.</summary>
public sealed record ProductFacets(
    IReadOnlyList<FacetValue> Kind, IReadOnlyList<FacetValue> Platform, IReadOnlyList<FacetValue> Genre, IReadOnlyList<FacetValue> Publisher,
    IReadOnlyList<FacetValue> Price, IReadOnlyList<FacetValue> Category, IReadOnlyList<FacetValue> OnSale);

/// <summary>A choice.</summary>
/// <param name="Value">For the query; a price's is <c>min-max</c> in minor units, its end open where there is no highest.</param>
/// <param name="Label">For the shopper.</param>
/// <param name="Count">How many products it shows.</param>
public sealed record FacetValue(string Value, string Label, int Count);
