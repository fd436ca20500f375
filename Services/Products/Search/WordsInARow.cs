using Lucene.Net.Index;
using Lucene.Net.Search;

namespace PlayStationStore.Products;

/// <summary>The documents of a segment that have at least one of a few words.</summary>
/// <param name="words">The documents of each word.</param>
internal sealed class AnyOfWords(List<DocsEnum> words) : DocIdSetIterator
{
    private int current = -1;

    public override int DocID => current;

    /// <summary>The positions in the current document of all words that it has.</summary>
    public void ReadPositions(List<int> positions)
    {
        positions.Clear();
        foreach (var word in words)
        {
            for (var left = word.DocID == current ? word.Freq : 0; left > 0; left--)
            {
                positions.Add(((DocsAndPositionsEnum)word).NextPosition());
            }
        }
    }

    public override int NextDoc() => Advance(current + 1);

    public override int Advance(int target)
    {
        var first = NO_MORE_DOCS;
        foreach (var word in words)
        {
            first = Math.Min(first, word.DocID < target ? word.Advance(target) : word.DocID);
        }

        return current = first;
    }

    public override long GetCost() => words.Sum(word => word.GetCost());
}

/// <summary>The documents of a segment that have words near each other, in about their order.</summary>
/// <param name="places">What may stand at each place, with its positions; two places or more.</param>
/// <param name="between">By how much in all they may be out of place.</param>
internal sealed class WordsInARow(List<AnyOfWords> places, int between) : DocIdSetIterator
{
    private readonly List<int>[] positions = [.. places.Select(_ => new List<int>())];
    private readonly int[] taken = new int[places.Count];
    private int current = -1;

    public override int DocID => current;

    /// <summary>Whether they are side by side in the current document.</summary>
    public bool SideBySide => Fits(0, int.MaxValue, int.MinValue, 0);

    public override int NextDoc() => Advance(current + 1);

    public override int Advance(int target)
    {
        for (current = WithAll(target); current != NO_MORE_DOCS && !Near(); current = WithAll(current + 1))
        {
        }

        return current;
    }

    public override long GetCost() => places.Min(place => place.GetCost());

    private int WithAll(int target)
    {
        for (var place = 0; place < places.Count && target != NO_MORE_DOCS; place++)
        {
            var found = places[place].DocID < target ? places[place].Advance(target) : places[place].DocID;
            if (found > target)
            {
                (target, place) = (found, -1);
            }
        }

        return target;
    }

    private bool Near()
    {
        for (var place = 0; place < positions.Length; place++)
        {
            places[place].ReadPositions(positions[place]);
        }

        return Fits(0, int.MaxValue, int.MinValue, between);
    }

    // One position for each place, none for two, so that where they would begin differs by no more than is allowed.
    private bool Fits(int place, int low, int high, int most)
    {
        if (place == positions.Length)
        {
            return true;
        }

        foreach (var position in positions[place])
        {
            var (lowest, highest) = (Math.Min(low, position - place), Math.Max(high, position - place));
            taken[place] = position;
            if (highest - lowest <= most && !taken.AsSpan(0, place).Contains(position) && Fits(place + 1, lowest, highest, most))
            {
                return true;
            }
        }

        return false;
    }
}
