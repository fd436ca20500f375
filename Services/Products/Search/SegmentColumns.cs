using System.Collections.Concurrent;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>What one segment's documents are narrowed, counted and sorted by, read out of its doc values once, as plain arrays.</summary>
internal sealed class SegmentColumns
{
    public static readonly int FacetCount = Enum.GetValues<Facet>().Length;

    // Items that were shown before, so that they need not be read again; only of so many, whatever the catalogue's size.
    private const int MostItems = 20_000;

    private readonly Dictionary<(Facet, Region?), FacetColumn> facets;
    private readonly Dictionary<Region, SortColumn> prices;
    private readonly ConcurrentDictionary<string, SortColumn> columns = new();
    private readonly ConcurrentDictionary<Sort, Lazy<int[]>> orders = new();
    private readonly ConcurrentDictionary<Region, IndexedItem?[]> items = new();
    private int itemCount;

    /// <summary>Reads a segment.</summary>
    /// <param name="reader">The segment.</param>
    /// <param name="names">Numbers the values of facets.</param>
    /// <param name="sorts">What lists are sorted by, so that nobody waits for an order of this segment.</param>
    public SegmentColumns(AtomicReader reader, FacetNames names, IEnumerable<Sort> sorts)
    {
        Size = reader.MaxDoc;
        facets = Enum.GetValues<Facet>()
            .SelectMany(facet => IsRegional(facet) ? Region.All : (IEnumerable<Region?>)[null], (facet, region) => (Facet: facet, Region: region))
            .ToDictionary(one => (one.Facet, one.Region), one => new FacetColumn(reader, IndexFields.FacetField(one.Facet, one.Region), one.Facet, names));
        prices = Region.All.ToDictionary(region => region, region => SortColumn.Numbers(reader, IndexFields.PriceIn(region)));
        Fame = new FameColumn(reader);
        foreach (var (region, column) in prices)
        {
            columns[IndexFields.PriceIn(region)] = column;
        }

        foreach (var sort in sorts)
        {
            Order(reader, sort);
        }
    }

    /// <summary>How many documents there are, deleted ones included.</summary>
    public int Size { get; }

    /// <summary>How well known its products are.</summary>
    public FameColumn Fame { get; }

    /// <summary>In which orders it has been asked for.</summary>
    public IEnumerable<Sort> Sorts => orders.Keys;

    /// <summary>The values of a facet, which of some differ by region.</summary>
    public FacetColumn Of(Facet facet, Region region) => facets[(facet, IsRegional(facet) ? region : null)];

    /// <summary>A set of all documents, deleted ones included.</summary>
    public FixedBitSet All()
    {
        var all = new FixedBitSet(Size);
        all.Set(0, Size);
        return all;
    }

    /// <summary>The documents whose price in a region is in a range, its ends included.</summary>
    public FixedBitSet Priced(Region region, long from, long to) => prices[region].Between(from, to);

    /// <summary>The least and the greatest price in a region that are in a range, its ends included; the wrong way round where none is.</summary>
    public (long From, long To) PricesWithin(Region region, long from, long to) => prices[region].Within(from, to);

    /// <summary>The values that the documents are sorted by in a field.</summary>
    public SortColumn SortedBy(AtomicReader reader, SortField field) => columns.GetOrAdd(field.Field, _ => SortColumn.Read(reader, field));

    /// <summary>All documents in an order, deleted ones included.</summary>
    /// <param name="reader">The segment.</param>
    /// <param name="sort">The order; none of its fields is a score.</param>
    public int[] Order(AtomicReader reader, Sort sort) => orders.GetOrAdd(sort, _ => new(() => Sorted(reader, sort.GetSort()))).Value;

    /// <summary>The item of a document in a region, read only where it is not at hand.</summary>
    public IndexedItem Item(int document, Region region, Func<IndexedItem> read)
    {
        var kept = items.GetOrAdd(region, _ => new IndexedItem?[Size]);
        if (Volatile.Read(ref kept[document]) is { } known)
        {
            return known;
        }

        var item = read();
        if (Interlocked.Increment(ref itemCount) <= MostItems)
        {
            Volatile.Write(ref kept[document], item);
        }

        return item;
    }

    private static bool IsRegional(Facet facet) => facet is Facet.Price or Facet.OnSale;

    // By the last field first: each count keeps what it finds equal as it was.
    private int[] Sorted(AtomicReader reader, SortField[] fields)
    {
        int[] order = [.. Enumerable.Range(0, Size)];
        foreach (var field in fields.Reverse())
        {
            var column = SortedBy(reader, field);
            var count = column.Count;
            var ranks = column.Ranks;
            // Documents of rank r stand from starts[r + 1] on; those that have no value are of rank -1.
            var starts = new int[count + 2];
            foreach (var rank in ranks)
            {
                starts[Place(rank) + 1]++;
            }

            for (var place = 1; place < starts.Length; place++)
            {
                starts[place] += starts[place - 1];
            }

            var next = new int[Size];
            foreach (var document in order)
            {
                next[starts[Place(ranks[document])]++] = document;
            }

            order = next;

            int Place(int rank) => field.IsReverse ? count - 1 - rank : rank + 1;
        }

        return order;
    }
}
