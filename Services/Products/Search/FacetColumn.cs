using System.Numerics;
using System.Runtime.InteropServices;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace PlayStationStore.Products;

/// <summary>
/// The values of one facet in one segment. Where the facet has few values, each has the set of its documents, and counting is sixty-four
/// documents an instruction; where it has many, as publishers, each document has the list of its values.
/// </summary>
internal sealed class FacetColumn
{
    // The number, in FacetNames, of each value that the segment has.
    private readonly int[] numbers = [];
    private readonly FixedBitSet[]? sets;

    // The values of document d are values[starts[d] .. starts[d + 1]], as places in numbers.
    private readonly int[] starts = [];
    private readonly int[] values = [];

    public FacetColumn(AtomicReader reader, string field, Facet facet, FacetNames names)
    {
        if (reader.GetSortedSetDocValues(field) is not { } sorted)
        {
            sets = [];
            return;
        }

        numbers = new int[sorted.ValueCount];
        var name = new BytesRef();
        for (var ordinal = 0; ordinal < numbers.Length; ordinal++)
        {
            sorted.LookupOrd(ordinal, name);
            numbers[ordinal] = names.NumberOf(facet, name.Utf8ToString());
        }

        starts = new int[reader.MaxDoc + 1];
        var all = new List<int>(reader.MaxDoc);
        for (var document = 0; document < reader.MaxDoc; document++)
        {
            starts[document] = all.Count;
            sorted.SetDocument(document);
            for (var ordinal = sorted.NextOrd(); ordinal != SortedSetDocValues.NO_MORE_ORDS; ordinal = sorted.NextOrd())
            {
                all.Add((int)ordinal);
            }
        }

        starts[^1] = all.Count;
        values = CollectionsMarshal.AsSpan(all).ToArray();
        if ((long)numbers.Length * FixedBitSet.Bits2words(reader.MaxDoc) <= values.Length)
        {
            sets = SetsOf(reader.MaxDoc);
            (starts, values) = ([], []);
        }
    }

    /// <summary>Adds how many of the documents have each value.</summary>
    /// <param name="documents">A set of the segment's documents.</param>
    /// <param name="counts">By the value's number in <see cref="FacetNames"/>.</param>
    public void Count(FixedBitSet documents, int[] counts)
    {
        if (sets is not null)
        {
            for (var value = 0; value < sets.Length; value++)
            {
                counts[numbers[value]] += InBoth(documents, sets[value]);
            }

            return;
        }

        foreach (var document in new Members(documents))
        {
            foreach (var value in values.AsSpan(starts[document]..starts[document + 1]))
            {
                counts[numbers[value]]++;
            }
        }
    }

    /// <summary>The documents that have at least one of some values.</summary>
    /// <param name="wanted">The values' numbers in <see cref="FacetNames"/>.</param>
    /// <param name="size">How many documents the segment has.</param>
    public FixedBitSet WithAny(HashSet<int> wanted, int size)
    {
        var found = new FixedBitSet(size);
        if (sets is not null)
        {
            for (var value = 0; value < sets.Length; value++)
            {
                if (wanted.Contains(numbers[value]))
                {
                    found.Or(sets[value]);
                }
            }

            return found;
        }

        var isWanted = Array.ConvertAll(numbers, wanted.Contains);
        for (var document = 0; document < size; document++)
        {
            foreach (var value in values.AsSpan(starts[document]..starts[document + 1]))
            {
                if (isWanted[value])
                {
                    found.Set(document);
                }
            }
        }

        return found;
    }

    private FixedBitSet[] SetsOf(int size)
    {
        var made = Array.ConvertAll(numbers, _ => new FixedBitSet(size));
        for (var document = 0; document < size; document++)
        {
            foreach (var value in values.AsSpan(starts[document]..starts[document + 1]))
            {
                made[value].Set(document);
            }
        }

        return made;
    }

    private static int InBoth(FixedBitSet one, FixedBitSet other)
    {
        var (first, second) = (one.GetBits(), other.GetBits());
        var count = 0;
        for (var word = 0; word < first.Length; word++)
        {
            count += BitOperations.PopCount((ulong)(first[word] & second[word]));
        }

        return count;
    }
}

/// <summary>The members of a set, in ascending order.</summary>
internal ref struct Members(FixedBitSet set)
{
    private readonly long[] words = set.GetBits();
    private ulong left;
    private int next;

    public int Current { get; private set; }

    public readonly Members GetEnumerator() => this;

    public bool MoveNext()
    {
        while (left == 0)
        {
            if (next == words.Length)
            {
                return false;
            }

            left = (ulong)words[next++];
        }

        Current = ((next - 1) * 64) + BitOperations.TrailingZeroCount(left);
        left &= left - 1;
        return true;
    }
}
