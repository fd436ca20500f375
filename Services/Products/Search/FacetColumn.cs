using Lucene.Net.Index;
using Lucene.Net.Util;

namespace PlayStationStore.Products;

/// <summary>
/// The values of one facet in one segment: the documents of each value, to narrow and to count by; and, where there are more values than are
/// soon counted one by one, as publishers, the values of each document.
/// </summary>
internal sealed class FacetColumn
{
    private const int FewValues = 64;

    // The number, in FacetNames, of each value that the segment has.
    private readonly int[] numbers = [];
    private readonly DocumentsOfValue[] documents = [];

    // The first value of each document, as a place in numbers or -1, and what documents have beside their first. Null where values are few.
    private readonly int[]? first;
    private readonly List<(int Document, int Value)> more = [];

    public FacetColumn(AtomicReader reader, string field, Facet facet, FacetNames names)
    {
        if (reader.GetSortedSetDocValues(field) is not { } sorted)
        {
            return;
        }

        numbers = new int[sorted.ValueCount];
        var name = new BytesRef();
        for (var ordinal = 0; ordinal < numbers.Length; ordinal++)
        {
            sorted.LookupOrd(ordinal, name);
            numbers[ordinal] = names.NumberOf(facet, name.Utf8ToString());
        }

        documents = Array.ConvertAll(numbers, _ => new DocumentsOfValue(reader.MaxDoc));
        first = numbers.Length > FewValues ? new int[reader.MaxDoc] : null;
        for (var document = 0; document < reader.MaxDoc; document++)
        {
            sorted.SetDocument(document);
            var ordinal = sorted.NextOrd();
            first?[document] = (int)ordinal;
            for (; ordinal != SortedSetDocValues.NO_MORE_ORDS; ordinal = sorted.NextOrd())
            {
                documents[ordinal].Add(document);
                if (first is not null && first[document] != ordinal)
                {
                    more.Add((document, (int)ordinal));
                }
            }
        }
    }

    /// <summary>Adds how many documents of a set have each value.</summary>
    /// <param name="counted">A set of the segment's documents.</param>
    /// <param name="counts">By the value's number in <see cref="FacetNames"/>.</param>
    public void Count(CountedDocuments counted, int[] counts)
    {
        if (first is null)
        {
            for (var value = 0; value < documents.Length; value++)
            {
                counts[numbers[value]] += documents[value].CountIn(counted);
            }

            return;
        }

        // Of more than half of all documents, those that are not counted are counted, and taken away.
        var rest = counted.Count > first.Length / 2;
        var walked = rest ? counted.Rest() : counted.Set;
        var found = new int[numbers.Length];
        foreach (var document in new Members(walked))
        {
            if (first[document] is var value && value >= 0)
            {
                found[value]++;
            }
        }

        foreach (var (document, value) in more)
        {
            found[value] += walked.Get(document) ? 1 : 0;
        }

        for (var value = 0; value < numbers.Length; value++)
        {
            counts[numbers[value]] += rest ? documents[value].Count - found[value] : found[value];
        }
    }

    /// <summary>The documents that have at least one of some values.</summary>
    /// <param name="wanted">The values' numbers in <see cref="FacetNames"/>.</param>
    /// <param name="size">How many documents the segment has.</param>
    public FixedBitSet WithAny(HashSet<int> wanted, int size)
    {
        var found = new FixedBitSet(size);
        for (var value = 0; value < numbers.Length; value++)
        {
            if (wanted.Contains(numbers[value]))
            {
                documents[value].AddTo(found);
            }
        }

        return found;
    }
}
