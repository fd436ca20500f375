using System.Runtime.InteropServices;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace PlayStationStore.Products;

/// <summary>The facet values and prices of one segment's documents, read out of its doc values once, as plain arrays to count over.</summary>
internal sealed class SegmentFacets
{
    public static readonly int FacetCount = Enum.GetValues<Facet>().Length;

    // The values of document d are Values[Starts[d] .. Starts[d + 1]].
    private readonly int[][] starts = new int[FacetCount][];
    private readonly int[][] values = new int[FacetCount][];

    // Items that were shown before, so that they need not be read and unpacked again; only of so many, whatever the catalogue's size.
    private const int MostItems = 20_000;
    private readonly ProductItem?[] items;
    private int itemCount;

    public SegmentFacets(AtomicReader reader, FacetNames names)
    {
        items = new ProductItem?[reader.MaxDoc];
        for (var facet = 0; facet < FacetCount; facet++)
        {
            (starts[facet], values[facet]) = Read(reader, (Facet)facet, names);
        }

        Prices = new long[reader.MaxDoc];
        if (reader.GetNumericDocValues(IndexFields.Price) is { } prices)
        {
            for (var document = 0; document < Prices.Length; document++)
            {
                Prices[document] = prices.Get(document);
            }
        }
    }

    public long[] Prices { get; }

    /// <summary>The numbers, in <see cref="FacetNames"/>, of a document's values.</summary>
    public ReadOnlySpan<int> Of(int facet, int document)
    {
        var start = starts[facet][document];
        return values[facet].AsSpan(start, starts[facet][document + 1] - start);
    }

    /// <summary>The item of a document, read only where it is not at hand.</summary>
    public ProductItem Item(int document, Func<ProductItem> read)
    {
        if (Volatile.Read(ref items[document]) is { } known)
        {
            return known;
        }

        var item = read();
        if (Interlocked.Increment(ref itemCount) <= MostItems)
        {
            Volatile.Write(ref items[document], item);
        }

        return item;
    }

    private static (int[] Starts, int[] Values) Read(AtomicReader reader, Facet facet, FacetNames names)
    {
        var starts = new int[reader.MaxDoc + 1];
        var values = new List<int>(reader.MaxDoc);
        if (reader.GetSortedSetDocValues(IndexFields.FacetField(facet)) is { } sorted)
        {
            var numbers = new int[sorted.ValueCount];
            var name = new BytesRef();
            for (var ordinal = 0; ordinal < numbers.Length; ordinal++)
            {
                sorted.LookupOrd(ordinal, name);
                numbers[ordinal] = names.NumberOf(facet, name.Utf8ToString());
            }

            for (var document = 0; document < reader.MaxDoc; document++)
            {
                starts[document] = values.Count;
                sorted.SetDocument(document);
                for (var ordinal = sorted.NextOrd(); ordinal != SortedSetDocValues.NO_MORE_ORDS; ordinal = sorted.NextOrd())
                {
                    values.Add(numbers[ordinal]);
                }
            }
        }

        starts[^1] = values.Count;
        return (starts, CollectionsMarshal.AsSpan(values).ToArray());
    }
}

/// <summary>Numbers for the values of each facet, the same in all segments.</summary>
internal sealed class FacetNames
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int>[] numbers = [.. Enumerable.Range(0, SegmentFacets.FacetCount).Select(_ => new Dictionary<string, int>())];
    private readonly List<string>[] names = [.. Enumerable.Range(0, SegmentFacets.FacetCount).Select(_ => new List<string>())];

    public int NumberOf(Facet facet, string name)
    {
        lock (gate)
        {
            if (!numbers[(int)facet].TryGetValue(name, out var number))
            {
                numbers[(int)facet][name] = number = names[(int)facet].Count;
                names[(int)facet].Add(name);
            }

            return number;
        }
    }

    /// <summary>The number of a value that a document has or has had, else null.</summary>
    public int? Find(Facet facet, string name)
    {
        lock (gate)
        {
            return numbers[(int)facet].TryGetValue(name, out var number) ? number : null;
        }
    }

    public int Count(Facet facet)
    {
        lock (gate)
        {
            return names[(int)facet].Count;
        }
    }

    public string NameOf(Facet facet, int number)
    {
        lock (gate)
        {
            return names[(int)facet][number];
        }
    }
}
