using System.Collections.Concurrent;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using PlayStationStore.ServiceDefaults;
using Long = J2N.Numerics.Int64;

namespace PlayStationStore.Products;

/// <summary>What one segment's documents are narrowed, counted and sorted by, read out of its doc values once, as plain arrays.</summary>
internal sealed class SegmentColumns(AtomicReader reader, FacetNames names)
{
    public static readonly int FacetCount = Enum.GetValues<Facet>().Length;

    // Items that were shown before, so that they need not be read and unpacked again; only of so many, whatever the catalogue's size.
    private const int MostItems = 20_000;

    private readonly Dictionary<(Facet, Region?), FacetColumn> facets = Enum.GetValues<Facet>()
        .SelectMany(facet => IsRegional(facet) ? Region.All : (IEnumerable<Region?>)[null], (facet, region) => (Facet: facet, Region: region))
        .ToDictionary(one => (one.Facet, one.Region), one => new FacetColumn(reader, IndexFields.FacetField(one.Facet, one.Region), one.Facet, names));
    private readonly ConcurrentDictionary<string, long[]> keys = new();
    private readonly ConcurrentDictionary<Region, ProductItem?[]> items = new();
    private int itemCount;

    /// <summary>How many documents there are, deleted ones included.</summary>
    public int Size { get; } = reader.MaxDoc;

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
    public FixedBitSet Priced(AtomicReader reader, Region region, long from, long to)
    {
        var prices = Numbers(reader, IndexFields.PriceIn(region));
        var found = new FixedBitSet(Size);
        for (var document = 0; document < prices.Length; document++)
        {
            if (prices[document] >= from && prices[document] <= to)
            {
                found.Set(document);
            }
        }

        return found;
    }

    /// <summary>Numbers that sort the documents by a field, ascending. Those of a text are even, so that there is room between two.</summary>
    public long[] KeysOf(AtomicReader reader, SortField field) => field.Type is SortFieldType.STRING ? Ordinals(reader, field.Field) : Numbers(reader, field.Field);

    /// <summary>Where a value of a field lies among <see cref="KeysOf"/>; that of a text which no document has is odd.</summary>
    public static long KeyOf(AtomicReader reader, SortField field, object value)
    {
        if (field.Type is not SortFieldType.STRING)
        {
            return (Long)value;
        }

        var ordinal = reader.GetSortedDocValues(field.Field)?.LookupTerm((BytesRef)value) ?? -1;
        return ordinal >= 0 ? 2L * ordinal : (2L * ~ordinal) - 1;
    }

    /// <summary>The value of a document's field, as Lucene's own sort gives it.</summary>
    public object ValueOf(AtomicReader reader, SortField field, int document)
    {
        var key = KeysOf(reader, field)[document];
        if (field.Type is not SortFieldType.STRING)
        {
            return Long.GetInstance(key);
        }

        var text = new BytesRef();
        reader.GetSortedDocValues(field.Field).LookupOrd((int)(key / 2), text);
        return text;
    }

    /// <summary>The item of a document in a region, read only where it is not at hand.</summary>
    public ProductItem Item(int document, Region region, Func<ProductItem> read)
    {
        var kept = items.GetOrAdd(region, _ => new ProductItem?[Size]);
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

    private long[] Numbers(AtomicReader reader, string field) => keys.GetOrAdd(field, _ =>
    {
        var column = new long[Size];
        if (reader.GetNumericDocValues(field) is { } values)
        {
            for (var document = 0; document < column.Length; document++)
            {
                column[document] = values.Get(document);
            }
        }

        return column;
    });

    private long[] Ordinals(AtomicReader reader, string field) => keys.GetOrAdd(field, _ =>
    {
        var column = new long[Size];
        if (reader.GetSortedDocValues(field) is { } values)
        {
            for (var document = 0; document < column.Length; document++)
            {
                column[document] = 2L * values.GetOrd(document);
            }
        }

        return column;
    });
}
