using Lucene.Net.Util;

namespace PlayStationStore.Products;

/// <summary>The documents of a segment that have one value: bits where many have it, else a list, which takes less memory and less time.</summary>
/// <param name="size">How many documents the segment has.</param>
internal sealed class DocumentsOfValue(int size)
{
    // To ask a set about so many documents takes as long as to go through all words of two sets.
    private readonly int most = size / 128;
    private List<int>? few = [];
    private FixedBitSet? many;

    /// <summary>How many documents there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a document behind those that were added before.</summary>
    public void Add(int document)
    {
        Count++;
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

    /// <summary>How many of them are in a set.</summary>
    public int CountIn(CountedDocuments counted) => many is not null ? counted.CountIn(many) : counted.CountIn(few!);

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
