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

    public static ProductFacets Of(FacetCounts counted, FacetNames names, CategoryTree categories, ListRequest request)
    {
        IReadOnlyList<FacetValue> Values(Facet facet, Func<string, string> label, int most = int.MaxValue) =>
            [.. Counted(counted, names, facet, request, most).Select(one => new FacetValue(one.Value, label(one.Value), one.Count))];

        return new(
            ByCount(Values(Facet.Kind, kind => KindLabels.GetValueOrDefault(kind, kind))),
            [.. Values(Facet.Platform, platform => platform).OrderBy(one => Platforms.Order(one.Value))],
            ByCount(Values(Facet.Genre, genre => genre)),
            ByCount(Values(Facet.Publisher, publisher => publisher, MostPublishers)),
            [.. PriceBand.In(request.Region.Currency).Select(band => (Band: band, Count: CountOf(counted, names, Facet.Price, band.Value)))
                .Where(one => one.Count > 0).Select(one => new FacetValue(one.Band.Value, one.Band.Label, one.Count))],
            [.. Counted(counted, names, Facet.Category, request, int.MaxValue)
                .Select(one => (Category: categories.Find(Guid.Parse(one.Value)), one.Count)).Where(one => one.Category is not null)
                .OrderByDescending(one => one.Count).ThenBy(one => one.Category!.Name, StringComparer.Ordinal)
                .Select(one => new FacetValue(one.Category!.Slug, one.Category.Name, one.Count))],
            [.. Values(Facet.OnSale, _ => "On sale").Where(one => one.Value == "true")],
            [.. Values(Facet.Year, year => year).OrderByDescending(one => one.Value, StringComparer.Ordinal)],
            [.. Values(Facet.Rating, stars => stars == "1" ? "1 star and more" : $"{stars} stars and more").OrderByDescending(one => one.Value, StringComparer.Ordinal)],
            ByCount(Values(Facet.Feature, ProductTags.Features.LabelOf)),
            ByCount(Values(Facet.Accessibility, ProductTags.Accessibility.LabelOf)));
    }

    private static List<FacetValue> ByCount(IReadOnlyList<FacetValue> values) =>
        [.. values.OrderByDescending(one => one.Count).ThenBy(one => one.Value, StringComparer.Ordinal)];

    // A value that is chosen stays visible with a count of 0, so that it can be taken back.
    private static List<(string Value, int Count)> Counted(FacetCounts counted, FacetNames names, Facet facet, ListRequest request, int most)
    {
        var (counts, wanted) = (counted.Of(facet).ToArray(), request.Wanted(facet));
        // Numbers are sorted first: of hundreds of names, those at the end are compared with nobody.
        var least = counts.Length > most ? counts.OrderDescending().ElementAt(most - 1) : 0;
        var values = counts.Zip(names.Of(facet), (count, value) => (Value: value, Count: count)).Where(one => one.Count > 0 && one.Count >= least).ToList();
        var shown = values.Count > most ? [.. values.OrderByDescending(one => one.Count).ThenBy(one => one.Value, StringComparer.Ordinal).Take(most)] : values;
        return [.. shown, .. wanted.Except(shown.Select(one => one.Value)).Where(value => names.Find(facet, value) is not null).Select(value => (value, CountOf(counted, names, facet, value)))];
    }

    private static int CountOf(FacetCounts counted, FacetNames names, Facet facet, string value)
    {
        var counts = counted.Of(facet);
        return names.Find(facet, value) is { } number && number < counts.Length ? counts[number] : 0;
    }
}

/// <summary>What a list can be narrowed by, with how many products each choice would show beside the other choices.</summary>
public sealed record ProductFacets(
    IReadOnlyList<FacetValue> Kind, IReadOnlyList<FacetValue> Platform, IReadOnlyList<FacetValue> Genre, IReadOnlyList<FacetValue> Publisher,
    IReadOnlyList<FacetValue> Price, IReadOnlyList<FacetValue> Category, IReadOnlyList<FacetValue> OnSale, IReadOnlyList<FacetValue> Year,
    IReadOnlyList<FacetValue> Rating, IReadOnlyList<FacetValue> Feature, IReadOnlyList<FacetValue> Accessibility);

/// <summary>A choice.</summary>
/// <param name="Value">For the query; a price's is <c>min-max</c> in minor units, its end open where there is no highest.</param>
/// <param name="Label">For the shopper.</param>
/// <param name="Count">How many products it shows.</param>
public sealed record FacetValue(string Value, string Label, int Count);
