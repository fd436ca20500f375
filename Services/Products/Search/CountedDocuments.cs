using System.Numerics;
using Lucene.Net.Util;

namespace PlayStationStore.Products;

/// <summary>A set of a segment's documents of which much is counted: sixty-four at a time, and where it has few, only those sixty-fours that have any.</summary>
internal sealed class CountedDocuments
{
    private const int FewWords = 8;

    private readonly long[] words;

    // Null where there are many.
    private readonly int[]? places;

    public CountedDocuments(FixedBitSet documents)
    {
        (Set, words) = (documents, documents.GetBits());
        var used = 0;
        foreach (var word in words)
        {
            Count += BitOperations.PopCount((ulong)word);
            used += word == 0 ? 0 : 1;
        }

        if (used <= words.Length / FewWords)
        {
            places = new int[used];
            for (int word = 0, place = 0; place < used; word++)
            {
                places[place] = word;
                place += words[word] == 0 ? 0 : 1;
            }
        }
    }

    public FixedBitSet Set { get; }

    public int Count { get; }

    /// <summary>All documents of the segment that are not in the set.</summary>
    public FixedBitSet Rest()
    {
        var rest = Set.Clone();
        rest.Flip(0, rest.Length);
        return rest;
    }

    /// <summary>How many are in another set.</summary>
    public int CountIn(FixedBitSet other)
    {
        var others = other.GetBits().AsSpan(0, words.Length);
        var count = 0;
        if (places is not null)
        {
            foreach (var word in places)
            {
                count += BitOperations.PopCount((ulong)(words[word] & others[word]));
            }

            return count;
        }

        for (var word = 0; word < words.Length; word++)
        {
            count += BitOperations.PopCount((ulong)(words[word] & others[word]));
        }

        return count;
    }

    /// <summary>How many of some documents are in the set.</summary>
    public int CountIn(List<int> others)
    {
        var count = 0;
        foreach (var document in others)
        {
            count += Set.Get(document) ? 1 : 0;
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
