using Lucene.Net.Util;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>
/// How many of a list's products have each value. A facet ignores its own filter, so that its counts tell what another choice would show. A
/// facet of which all chosen values are needed does not ignore it: choosing one more narrows further.
/// </summary>
internal sealed class FacetCounts(FacetNames names, Region region)
{
    // A value that comes up while this counts is of a segment that this does not see.
    private readonly int[][] counts = [.. Enum.GetValues<Facet>().Select(facet => new int[names.Of(facet).Count])];

    /// <summary>How many products pass every filter.</summary>
    public int Total { get; private set; }

    public ReadOnlySpan<int> Of(Facet facet) => counts[(int)facet];

    /// <summary>Counts a segment.</summary>
    /// <param name="segment">Its columns.</param>
    /// <param name="matching">Which of its documents are searched for.</param>
    /// <param name="passing">Which of them pass the filter of each facet; null where a facet has none.</param>
    /// <param name="listed">Which match, and pass all filters.</param>
    public void Add(SegmentColumns segment, FixedBitSet matching, FixedBitSet?[] passing, FixedBitSet listed)
    {
        var all = new CountedDocuments(listed);
        Total += all.Count;
        foreach (var facet in Enum.GetValues<Facet>())
        {
            var ignores = passing[(int)facet] is not null && !FacetFilters.NeedsAll(facet);
            segment.Of(facet, region).Count(ignores ? new(Narrowed(matching, passing, but: facet)) : all, counts[(int)facet]);
        }
    }

    /// <summary>The documents of a set that pass all filters, or all but one; the set itself where there is no other.</summary>
    public static FixedBitSet Narrowed(FixedBitSet documents, FixedBitSet?[] passing, Facet? but = null)
    {
        var narrowed = documents;
        for (var facet = 0; facet < passing.Length; facet++)
        {
            if (passing[facet] is { } set && facet != (int?)but)
            {
                narrowed = narrowed == documents ? documents.Clone() : narrowed;
                narrowed.And(set);
            }
        }

        return narrowed;
    }
}
