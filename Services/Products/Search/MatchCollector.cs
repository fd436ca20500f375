using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace PlayStationStore.Products;

/// <summary>Notes which documents that are sold a query finds, and ranks those of them that pass all filters.</summary>
/// <param name="sold">Which of each segment's documents are sold.</param>
/// <param name="passing">Which of each segment's documents pass the filter of each facet; null where a facet has none.</param>
/// <param name="ranking">Null where they are not ranked by their score.</param>
internal sealed class MatchCollector(FixedBitSet[] sold, FixedBitSet?[][] passing, ICollector? ranking) : ICollector
{
    private readonly FixedBitSet[] matching = Array.ConvertAll(sold, one => new FixedBitSet(one.Length));
    private FixedBitSet found = null!;
    private FixedBitSet offered = null!;
    private FixedBitSet[] filters = [];

    public bool AcceptsDocsOutOfOrder => false;

    /// <summary>Whether anything was found, whatever it is narrowed to.</summary>
    public bool Any { get; private set; }

    /// <summary>Which documents of a segment were found.</summary>
    public FixedBitSet Of(int segment) => matching[segment];

    public void SetScorer(Scorer scorer) => ranking?.SetScorer(scorer);

    public void SetNextReader(AtomicReaderContext context)
    {
        (found, offered) = (matching[context.Ord], sold[context.Ord]);
        filters = [.. passing[context.Ord].OfType<FixedBitSet>()];
        ranking?.SetNextReader(context);
    }

    public void Collect(int doc)
    {
        if (!offered.Get(doc))
        {
            return;
        }

        Any = true;
        found.Set(doc);
        if (ranking is null)
        {
            return;
        }

        foreach (var filter in filters)
        {
            if (!filter.Get(doc))
            {
                return;
            }
        }

        ranking.Collect(doc);
    }
}
