using Lucene.Net.Util;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>What a list is narrowed to: a set of values a facet, and prices.</summary>
internal sealed class FacetFilters
{
    private readonly HashSet<int>?[] wanted = new HashSet<int>?[SegmentColumns.FacetCount];

    /// <summary>Whose prices.</summary>
    public required Region Region { get; init; }

    public long MinPrice { get; init; }

    public long MaxPrice { get; init; } = long.MaxValue;

    // A number that no value has.
    private const int Unknown = -1;

    /// <summary>Whether each value of a facet narrows further, as who needs subtitles and large text needs both; of the others, one is enough.</summary>
    public static bool NeedsAll(Facet facet) => facet is Facet.Feature or Facet.Accessibility;

    /// <summary>Narrows to documents that have at least one of the values, or all of them where <see cref="NeedsAll"/> says so.</summary>
    public void Want(Facet facet, IEnumerable<string> values, FacetNames names) =>
        wanted[(int)facet] = [.. values.Select(value => names.Find(facet, value) ?? Unknown)];

    /// <summary>The documents of a segment that pass the filter of each facet; null where a facet has none.</summary>
    public FixedBitSet?[] Passing(SegmentColumns segment) => [.. Enum.GetValues<Facet>().Select(facet => Passing(segment, facet))];

    private FixedBitSet? Passing(SegmentColumns segment, Facet facet)
    {
        if (facet is Facet.Price)
        {
            return MinPrice > 0 || MaxPrice < long.MaxValue ? segment.Priced(Region, MinPrice, MaxPrice) : null;
        }

        if (wanted[(int)facet] is not { } values)
        {
            return null;
        }

        if (!NeedsAll(facet))
        {
            return segment.Of(facet, Region).WithAny(values, segment.Size);
        }

        var all = segment.All();
        foreach (var value in values)
        {
            all.And(segment.Of(facet, Region).WithAny([value], segment.Size));
        }

        return all;
    }
}
