using Lucene.Net.Index;
using Lucene.Net.Search;

namespace PlayStationStore.Products;

/// <summary>What a list is narrowed to: a set of values a facet, and prices.</summary>
internal sealed class FacetFilters
{
    private readonly HashSet<int>?[] wanted = new HashSet<int>?[SegmentFacets.FacetCount];

    public long MinPrice { get; init; }

    public long MaxPrice { get; init; } = long.MaxValue;

    /// <summary>Narrows to documents that have at least one of the values; none where nothing has any of them.</summary>
    public void Want(Facet facet, IEnumerable<string> values, FacetNames names) =>
        wanted[(int)facet] = [.. values.Select(value => names.Find(facet, value)).OfType<int>()];

    public bool Passes(int facet, SegmentFacets segment, int document)
    {
        if (facet == (int)Facet.Price)
        {
            var price = segment.Prices[document];
            return price >= MinPrice && price <= MaxPrice;
        }

        if (wanted[facet] is not { } values)
        {
            return true;
        }

        foreach (var value in segment.Of(facet, document))
        {
            if (values.Contains(value))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>
/// Hands the documents that pass every filter on, and counts facets in the same pass: a facet ignores its own filter, so a document that
/// fails one filter only is still counted for that filter's facet.
/// </summary>
internal sealed class FacetCollector : ICollector
{
    private readonly ICollector hits;
    private readonly FacetFilters filters;
    private readonly SegmentFacets[] segments;
    private readonly int[][]? counts;
    private SegmentFacets segment = null!;

    public FacetCollector(ICollector hits, FacetFilters filters, SegmentFacets[] segments, FacetNames? counted)
    {
        (this.hits, this.filters, this.segments) = (hits, filters, segments);
        counts = counted is null ? null : [.. Enumerable.Range(0, SegmentFacets.FacetCount).Select(facet => new int[counted.Count((Facet)facet)])];
    }

    public int Total { get; private set; }

    public bool AcceptsDocsOutOfOrder => false;

    public ReadOnlySpan<int> CountsOf(Facet facet) => counts is null ? [] : counts[(int)facet];

    public void SetScorer(Scorer scorer) => hits.SetScorer(scorer);

    public void SetNextReader(AtomicReaderContext context)
    {
        segment = segments[context.Ord];
        hits.SetNextReader(context);
    }

    public void Collect(int doc)
    {
        var failed = -1;
        for (var facet = 0; facet < SegmentFacets.FacetCount; facet++)
        {
            if (!filters.Passes(facet, segment, doc))
            {
                if (failed >= 0)
                {
                    return;
                }

                failed = facet;
            }
        }

        if (failed < 0)
        {
            Total++;
            hits.Collect(doc);
            for (var facet = 0; counts is not null && facet < counts.Length; facet++)
            {
                Count(facet, doc);
            }
        }
        else if (counts is not null)
        {
            Count(failed, doc);
        }
    }

    private void Count(int facet, int document)
    {
        foreach (var value in segment.Of(facet, document))
        {
            counts![facet][value]++;
        }
    }
}
