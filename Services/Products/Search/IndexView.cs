using System.Collections.Concurrent;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>
/// The index as it was at one refresh, with its segments as columns. It is made before any request sees it, so that no request waits for it.
/// </summary>
internal sealed class IndexView : IndexSearcher
{
    // Lists with more pages and sorts than one; those that are asked for once are counted once.
    private const int MostKept = 2_000;

    private readonly SegmentColumns[] segments;
    private readonly Dictionary<Region, FixedBitSet[]> sold;
    private readonly FacetNames names;
    private readonly ConcurrentDictionary<string, (CategoryTree Categories, int Total, byte[] Facets)> facets = new(StringComparer.Ordinal);

    public IndexView(IndexReader reader, Func<AtomicReader, SegmentColumns> columnsOf, FacetNames names)
        : base(reader)
    {
        Similarity = new SaidScores();
        segments = [.. reader.Leaves.Select(leaf => columnsOf(leaf.AtomicReader))];
        var live = reader.Leaves.Select((leaf, index) => Live(leaf.AtomicReader, segments[index])).ToArray();
        sold = Region.All.ToDictionary(region => region, region => live.Select((set, index) => Sold(segments[index], set, region)).ToArray());
        this.names = names;
    }

    /// <summary>The orders that lists of it have been asked for in.</summary>
    public IEnumerable<Sort> Sorts => segments.SelectMany(segment => segment.Sorts).Distinct();

    /// <summary>How well known the products of a segment are.</summary>
    public FameColumn FameOf(AtomicReaderContext segment) => segments[segment.Ord].Fame;

    /// <summary>The first documents of a list.</summary>
    /// <param name="tries">What is searched for, and what else where nothing is found; null for everything.</param>
    /// <param name="filters">What the list is narrowed to.</param>
    /// <param name="order">Its order.</param>
    /// <param name="after">Where to continue; null for the first page.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>The documents, and what counts the list's facets.</returns>
    public (ScoreDoc[] Hits, Func<FacetCounts> Count) Find(IEnumerable<Query>? tries, FacetFilters filters, ListOrder order, FieldDoc? after, int count)
    {
        var passing = segments.Select(filters.Passing).ToArray();
        var matching = sold[filters.Region];
        ScoreDoc[]? ranked = null;
        if (tries is not null || order.Sort.NeedsScores)
        {
            var ranking = order.Sort.NeedsScores ? Ranking(order.Sort, after, count) : null;
            var matches = new MatchCollector(matching, passing, ranking);
            // Whatever narrows the list plays no part in the choice, or facets would not count what choosing them shows.
            foreach (var query in tries ?? [new MatchAllDocsQuery()])
            {
                Search(query, matches);
                if (matches.Any)
                {
                    break;
                }
            }

            matching = [.. segments.Select((_, index) => matches.Of(index))];
            ranked = ranking?.GetTopDocs().ScoreDocs;
        }

        var listed = matching.Select((set, index) => FacetCounts.Narrowed(set, passing[index])).ToArray();
        return (ranked ?? ColumnSort.First(IndexReader.Leaves, segments, listed, order.Sort, after, count), Count);

        FacetCounts Count()
        {
            var counts = new FacetCounts(names, filters.Region);
            for (var index = 0; index < segments.Length; index++)
            {
                counts.Add(segments[index], matching[index], passing[index], listed[index]);
            }

            return counts;
        }
    }

    /// <summary>
    /// The least and the greatest price of a range that there are, its ends included; the wrong way round where there are none. Ranges with the
    /// same ones narrow to the same products.
    /// </summary>
    public (long From, long To) PricesWithin(Region region, long from, long to) =>
        segments.Select(segment => segment.PricesWithin(region, from, to)).Aggregate((long.MaxValue, long.MinValue), (one, other) => (Math.Min(one.Item1, other.From), Math.Max(one.Item2, other.To)));

    /// <summary>The facets of a list and how long it is: counted once, however many pages and sorts of it are asked for.</summary>
    /// <param name="list">Names the list: what is searched for, and all filters.</param>
    /// <param name="categories">Whose names the facets bear.</param>
    /// <param name="count">Counts the list.</param>
    /// <param name="describe">Writes the facets of what was counted.</param>
    public (int Total, byte[] Facets) FacetsOf(string list, CategoryTree categories, Func<FacetCounts> count, Func<FacetCounts, byte[]> describe)
    {
        if (facets.TryGetValue(list, out var known) && known.Categories == categories)
        {
            return (known.Total, known.Facets);
        }

        var counts = count();
        var described = describe(counts);
        if (facets.Count < MostKept)
        {
            facets[list] = (categories, counts.Total, described);
        }

        return (counts.Total, described);
    }

    /// <summary>Whether what was found is sold in a region.</summary>
    public bool IsSold(Region region, ScoreDoc hit)
    {
        var (segment, document) = Place(hit);
        return sold[region][segment].Get(document);
    }

    /// <summary>The item of what was found, as a list shows it in a region.</summary>
    public IndexedItem Item(Region region, ScoreDoc hit, Func<IndexedItem> read)
    {
        var (segment, document) = Place(hit);
        return segments[segment].Item(document, region, read);
    }

    /// <summary>The name of what was found in a language other than the default one; null where it has none.</summary>
    public string? NameIn(Language language, ScoreDoc hit)
    {
        var (segment, document) = Place(hit);
        var name = new BytesRef();
        IndexReader.Leaves[segment].AtomicReader.GetBinaryDocValues(IndexFields.NameIn(language))?.Get(document, name);
        return name.Length == 0 ? null : name.Utf8ToString();
    }

    private (int Segment, int Document) Place(ScoreDoc hit)
    {
        var segment = ReaderUtil.SubIndex(hit.Doc, IndexReader.Leaves);
        return (segment, hit.Doc - IndexReader.Leaves[segment].DocBase);
    }

    private TopFieldCollector Ranking(Sort sort, FieldDoc? after, int count) => TopFieldCollector.Create(
        (Sort)sort.Rewrite(this), count, after, fillFields: true, trackDocScores: false, trackMaxScore: false, docsScoredInOrder: true);

    private static FixedBitSet Sold(SegmentColumns segment, FixedBitSet live, Region region)
    {
        var offered = segment.Priced(region, IndexFields.NotSold + 1, long.MaxValue);
        offered.And(live);
        return offered;
    }

    private static FixedBitSet Live(AtomicReader reader, SegmentColumns segment)
    {
        var live = segment.All();
        for (var document = 0; reader.LiveDocs is { } bits && document < reader.MaxDoc; document++)
        {
            if (!bits.Get(document))
            {
                live.Clear(document);
            }
        }

        return live;
    }
}
