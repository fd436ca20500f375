using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace PlayStationStore.Products;

/// <summary>
/// Finds the first documents of a list in an order that columns give. Each segment hands over one document after another, and no more than are
/// taken: where many of its documents are listed, by walking along its order, which was made once; where few are, by comparing these.
/// </summary>
internal static class ColumnSort
{
    /// <summary>The first documents of a set.</summary>
    /// <param name="leaves">The segments.</param>
    /// <param name="segments">Their columns.</param>
    /// <param name="documents">Which documents of each segment are sorted.</param>
    /// <param name="sort">The order; none of its fields is a score, and no two documents are equal in it.</param>
    /// <param name="after">Where to continue; null for the beginning.</param>
    /// <param name="count">How many at most.</param>
    public static FieldDoc[] First(
        IList<AtomicReaderContext> leaves, IReadOnlyList<SegmentColumns> segments, IReadOnlyList<FixedBitSet> documents, Sort sort, FieldDoc? after, int count)
    {
        var fields = sort.GetSort();
        var heads = new PriorityQueue<IEnumerator<FieldDoc>, FieldDoc>(Comparer<FieldDoc>.Create((one, other) => Compare(fields, one, other)));
        foreach (var (leaf, index) in leaves.Select((leaf, index) => (leaf, index)))
        {
            Continue(Walk(leaf, segments[index], documents[index], sort, after, count).GetEnumerator());
        }

        var first = new List<FieldDoc>(count);
        while (first.Count < count && heads.TryDequeue(out var segment, out var head))
        {
            first.Add(head);
            Continue(segment);
        }

        return [.. first];

        void Continue(IEnumerator<FieldDoc> segment)
        {
            if (segment.MoveNext())
            {
                heads.Enqueue(segment, segment.Current);
            }
        }
    }

    private static IEnumerable<FieldDoc> Walk(AtomicReaderContext leaf, SegmentColumns segment, FixedBitSet documents, Sort sort, FieldDoc? after, int count)
    {
        var (reader, fields) = (leaf.AtomicReader, sort.GetSort());
        SortColumn[] columns = [.. fields.Select(field => segment.SortedBy(reader, field))];
        var comparison = new Comparison(fields, columns);
        var behind = after is null ? null : comparison.Place([.. columns.Select((column, index) => column.PlaceOf(reader, after.Fields[index]))]);
        var listed = (long)new CountedDocuments(documents).Count;
        // Along an order one document of so many is listed.
        var found = listed * listed > (long)count * segment.Size
            ? Along(segment.Order(reader, sort), documents, comparison, behind)
            : Among(documents, comparison, behind, count);
        return found.Select(document => new FieldDoc(leaf.DocBase + document, float.NaN, [.. columns.Select(column => column.ValueOf(reader, document))]));
    }

    private static IEnumerable<int> Along(int[] order, FixedBitSet documents, Comparison comparison, int[]? behind)
    {
        var (low, high) = (0, behind is null ? 0 : order.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = comparison.Compare(order[middle], behind!) <= 0 ? (middle + 1, high) : (low, middle);
        }

        for (var place = low; place < order.Length; place++)
        {
            if (documents.Get(order[place]))
            {
                yield return order[place];
            }
        }
    }

    private static ArraySegment<int> Among(FixedBitSet documents, Comparison comparison, int[]? behind, int count)
    {
        var first = new int[count];
        var found = 0;
        foreach (var document in new Members(documents))
        {
            if ((found == count && comparison.Compare(document, first[found - 1]) >= 0) || (behind is not null && comparison.Compare(document, behind) <= 0))
            {
                continue;
            }

            var place = found < count ? found++ : found - 1;
            while (place > 0 && comparison.Compare(document, first[place - 1]) < 0)
            {
                first[place] = first[place - 1];
                place--;
            }

            first[place] = document;
        }

        return new(first, 0, found);
    }

    private static int Compare(SortField[] fields, FieldDoc one, FieldDoc other)
    {
        for (var index = 0; index < fields.Length; index++)
        {
            if (((IComparable)one.Fields[index]).CompareTo(other.Fields[index]) is var order && order != 0)
            {
                return fields[index].IsReverse ? -order : order;
            }
        }

        return 0;
    }

    // Of documents of one segment.
    private sealed class Comparison(SortField[] fields, SortColumn[] columns)
    {
        // The complement of a number sorts the other way round, and none overflows.
        private readonly int[] flips = [.. fields.Select(field => field.IsReverse ? -1 : 0)];

        public int[] Place(int[] places) => [.. places.Select((place, index) => place ^ flips[index])];

        public int Compare(int document, int other)
        {
            for (var index = 0; index < columns.Length; index++)
            {
                var ranks = columns[index].Ranks;
                var (one, two) = (ranks[document] ^ flips[index], ranks[other] ^ flips[index]);
                if (one != two)
                {
                    return one < two ? -1 : 1;
                }
            }

            return 0;
        }

        public int Compare(int document, int[] place)
        {
            for (var index = 0; index < columns.Length; index++)
            {
                var key = (2 * columns[index].Ranks[document]) ^ flips[index];
                if (key != place[index])
                {
                    return key < place[index] ? -1 : 1;
                }
            }

            return 0;
        }
    }
}
