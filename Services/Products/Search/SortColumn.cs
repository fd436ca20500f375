using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using Long = J2N.Numerics.Int64;

namespace PlayStationStore.Products;

/// <summary>
/// The values of one field in one segment as ranks: the least value that a document has is 0, the next one 1, and so on. Ranks compare as the
/// values do, and there are few enough of them to sort by counting.
/// </summary>
internal sealed class SortColumn
{
    private readonly string field;
    private readonly int[] ranks;

    // Of numbers, the value of each rank; the texts of ranks stay in the index.
    private readonly long[]? numbers;

    private SortColumn(string field, int[] ranks, long[]? numbers, int count) => (this.field, this.ranks, this.numbers, Count) = (field, ranks, numbers, count);

    /// <summary>How many ranks there are.</summary>
    public int Count { get; }

    /// <summary>The rank of each document; of text, -1 where it has none.</summary>
    public ReadOnlySpan<int> Ranks => ranks;

    public static SortColumn Read(AtomicReader reader, SortField field) => field.Type is SortFieldType.STRING ? Texts(reader, field.Field) : Numbers(reader, field.Field);

    public static SortColumn Numbers(AtomicReader reader, string field)
    {
        var values = new long[reader.MaxDoc];
        if (reader.GetNumericDocValues(field) is { } stored)
        {
            for (var document = 0; document < values.Length; document++)
            {
                values[document] = stored.Get(document);
            }
        }

        long[] distinct = [.. values.Distinct().Order()];
        var rankOf = distinct.Index().ToDictionary(one => one.Item, one => one.Index);
        return new(field, Array.ConvertAll(values, value => rankOf[value]), distinct, distinct.Length);
    }

    /// <summary>The value of a document, as Lucene's own sort gives it.</summary>
    public object ValueOf(AtomicReader reader, int document)
    {
        if (numbers is not null)
        {
            return Long.GetInstance(numbers[ranks[document]]);
        }

        var text = new BytesRef();
        reader.GetSortedDocValues(field).LookupOrd(ranks[document], text);
        return text;
    }

    /// <summary>Where a value lies among the ranks, each times two; one that no document has is odd, between two of them.</summary>
    public int PlaceOf(AtomicReader reader, object value)
    {
        var rank = numbers is not null ? Array.BinarySearch(numbers, (long)(Long)value) : reader.GetSortedDocValues(field)?.LookupTerm((BytesRef)value) ?? -1;
        return rank >= 0 ? 2 * rank : (2 * ~rank) - 1;
    }

    /// <summary>The least and the greatest number of any document that are in a range, its ends included; the wrong way round where none is.</summary>
    public (long From, long To) Within(long from, long to) =>
        FirstFrom(from) is var first && FirstBehind(to) - 1 is var last && first <= last ? (numbers![first], numbers[last]) : (long.MaxValue, long.MinValue);

    /// <summary>The documents whose number is in a range, its ends included.</summary>
    public FixedBitSet Between(long from, long to)
    {
        // A rank that is below the first one wraps to a large number, so that one comparison is enough.
        var first = FirstFrom(from);
        var width = (uint)Math.Max(0, FirstBehind(to) - first);
        var found = new FixedBitSet(ranks.Length);
        var words = found.GetBits();
        var (firsts, widths) = (Vector256.Create(first), Vector256.Create(width));
        var eights = MemoryMarshal.Cast<int, Vector256<int>>(ranks);
        for (var eight = 0; eight < eights.Length; eight++)
        {
            var bits = Vector256.LessThan((eights[eight] - firsts).AsUInt32(), widths).ExtractMostSignificantBits();
            words[eight >> 3] |= (long)bits << (8 * (eight & 7));
        }

        for (var document = eights.Length * Vector256<int>.Count; document < ranks.Length; document++)
        {
            if ((uint)(ranks[document] - first) < width)
            {
                found.Set(document);
            }
        }

        return found;
    }

    private static SortColumn Texts(AtomicReader reader, string field)
    {
        var ranks = new int[reader.MaxDoc];
        var stored = reader.GetSortedDocValues(field);
        for (var document = 0; document < ranks.Length; document++)
        {
            ranks[document] = stored?.GetOrd(document) ?? -1;
        }

        return new(field, ranks, null, stored?.ValueCount ?? 0);
    }

    private int FirstBehind(long value) => value == long.MaxValue ? Count : FirstFrom(value + 1);

    private int FirstFrom(long value) => Array.BinarySearch(numbers!, value) is var rank && rank >= 0 ? rank : ~rank;
}
