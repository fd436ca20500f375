using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace PlayStationStore.Products;

/// <summary>Finds the first documents of a segment in an order that its columns give, by comparing numbers alone.</summary>
internal static class ColumnSort
{
    /// <summary>The first documents of a set.</summary>
    /// <param name="context">The segment.</param>
    /// <param name="segment">Its columns.</param>
    /// <param name="documents">Which of its documents are sorted.</param>
    /// <param name="sort">The order; none of its fields is a score, and no two documents are equal in it.</param>
    /// <param name="after">Where to continue; null for the beginning.</param>
    /// <param name="count">How many at most.</param>
    public static TopFieldDocs First(AtomicReaderContext context, SegmentColumns segment, FixedBitSet documents, Sort sort, FieldDoc? after, int count)
    {
        var (reader, fields) = (context.AtomicReader, sort.GetSort());
        var order = new Order(fields, [.. fields.Select(field => segment.KeysOf(reader, field))]);
        var behind = after is null ? null : order.Place([.. fields.Select((field, index) => SegmentColumns.KeyOf(reader, field, after.Fields[index]))]);
        var first = new int[count];
        var found = 0;
        foreach (var document in new Members(documents))
        {
            if ((found == count && order.Compare(document, first[found - 1]) >= 0) || (behind is not null && order.Compare(document, behind) <= 0))
            {
                continue;
            }

            var place = found < count ? found++ : found - 1;
            while (place > 0 && order.Compare(document, first[place - 1]) < 0)
            {
                first[place] = first[place - 1];
                place--;
            }

            first[place] = document;
        }

        return new TopFieldDocs(
            found,
            [.. first.Take(found).Select(document =>
                new FieldDoc(context.DocBase + document, float.NaN, [.. fields.Select(field => segment.ValueOf(reader, field, document))]))],
            fields, float.NaN);
    }

    private sealed class Order(SortField[] fields, long[][] columns)
    {
        // The complement of a number sorts the other way round, and none overflows.
        private readonly long[] flips = [.. fields.Select(field => field.IsReverse ? -1L : 0)];

        public long[] Place(long[] keys) => [.. keys.Select((key, index) => key ^ flips[index])];

        public int Compare(int document, int other)
        {
            for (var index = 0; index < columns.Length; index++)
            {
                var (one, two) = (columns[index][document] ^ flips[index], columns[index][other] ^ flips[index]);
                if (one != two)
                {
                    return one < two ? -1 : 1;
                }
            }

            return 0;
        }

        public int Compare(int document, long[] place)
        {
            for (var index = 0; index < columns.Length; index++)
            {
                var key = columns[index][document] ^ flips[index];
                if (key != place[index])
                {
                    return key < place[index] ? -1 : 1;
                }
            }

            return 0;
        }
    }
}
