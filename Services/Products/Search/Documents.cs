using System.Numerics;
using Lucene.Net.Util;

namespace PlayStationStore.Products;

/// <summary>Counts and walks through sets of a segment's documents, sixty-four at a time.</summary>
internal static class Documents
{
    public static int Count(FixedBitSet documents)
    {
        var count = 0;
        foreach (var word in documents.GetBits())
        {
            count += BitOperations.PopCount((ulong)word);
        }

        return count;
    }

    /// <summary>How many documents are in both of two sets.</summary>
    public static int CountBoth(FixedBitSet one, FixedBitSet other)
    {
        var first = one.GetBits();
        var second = other.GetBits().AsSpan(0, first.Length);
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

/// <summary>The documents of a segment that have one value: bits where many have it, else a list, which takes less memory and less time.</summary>
/// <param name="size">How many documents the segment has.</param>
internal sealed class DocumentsOfValue(int size)
{
    // To ask a set about so many documents takes as long as to go through all words of two sets.
    private readonly int most = size / 128;
    private List<int>? few = [];
    private FixedBitSet? many;

    /// <summary>Adds a document behind those that were added before.</summary>
    public void Add(int document)
    {
        if (few is not null && few.Count < most)
        {
            few.Add(document);
            return;
        }

        many ??= new FixedBitSet(size);
        few?.ForEach(many.Set);
        few = null;
        many.Set(document);
    }

    /// <summary>How many of the documents are in a set.</summary>
    public int CountIn(FixedBitSet documents)
    {
        if (many is not null)
        {
            return Documents.CountBoth(documents, many);
        }

        var count = 0;
        foreach (var document in few!)
        {
            count += documents.Get(document) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Adds the documents to a set.</summary>
    public void AddTo(FixedBitSet documents)
    {
        if (many is not null)
        {
            documents.Or(many);
        }

        few?.ForEach(documents.Set);
    }
}
