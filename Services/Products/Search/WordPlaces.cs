using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace PlayStationStore.Products;

/// <summary>Where the words of the index are, as one search looks them up: each once, however many readings have it.</summary>
/// <param name="index">All segments.</param>
internal sealed class WordPlaces(IndexReaderContext index)
{
    // So many words are looked at side by side; the products of more are gathered first.
    private const int FewWords = 8;

    // Each word is looked up in every segment, and readings share most of theirs; a cursor that has found one has its neighbours at hand.
    private readonly Dictionary<(string Field, string Word), TermContext> places = [];
    private readonly Dictionary<string, TermsEnum?[]> cursors = [];

    /// <summary>What finds the products that have a word in a field; null where none has.</summary>
    public Query? Found(string field, string word, float score) => Has(field, word) ? new WayQuery(segment => Documents(segment.Ord, field, word), score) : null;

    /// <summary>What finds the products that have a word in a field that begins so; null where none has.</summary>
    public Query? FoundBeginning(string field, string beginning, float score) =>
        Begins(field, beginning) ? new WayQuery(segment => DocumentsBeginning(segment, field, beginning), score) : null;

    /// <summary>What finds the products that have words of a field in a row; null where there is a place for which no product has a word.</summary>
    /// <param name="alternatives">The words that may stand at each place; two places or more.</param>
    /// <param name="between">By how much in all they may be out of place.</param>
    /// <param name="near">The score of what has them so.</param>
    /// <param name="sideBySide">What is added where none is out of place.</param>
    public Query? FoundInARow(string field, IReadOnlyList<IEnumerable<string>> alternatives, int between, float near, float sideBySide)
    {
        List<string>[] known = [.. alternatives.Select(words => words.Where(word => Has(field, word)).ToList())];
        return Array.Exists(known, words => words.Count == 0) ? null : new WayQuery(segment => InARow(segment.Ord, field, known, between), near) { SideBySide = sideBySide };
    }

    /// <summary>Whether any product has a word in a field.</summary>
    public bool Has(string field, string word) => Place(field, word).DocFreq > 0;

    /// <summary>Whether any word of a field begins so.</summary>
    public bool Begins(string field, string word)
    {
        var beginning = new BytesRef(word);
        return Array.Exists(Cursors(field), cursor =>
            cursor is not null && cursor.SeekCeil(beginning) != TermsEnum.SeekStatus.END && StringHelper.StartsWith(cursor.Term, beginning));
    }

    private DocsEnum? Documents(int segment, string field, string word) => At(segment, field, word)?.Docs(null, null, DocsFlags.NONE);

    private DocIdSetIterator? DocumentsBeginning(AtomicReaderContext segment, string field, string beginning)
    {
        if (Cursors(field)[segment.Ord] is not { } cursor)
        {
            return null;
        }

        var (prefix, few, many) = (new BytesRef(beginning), new List<DocsEnum>(), (FixedBitSet?)null);
        for (var more = cursor.SeekCeil(prefix) != TermsEnum.SeekStatus.END; more && StringHelper.StartsWith(cursor.Term, prefix); more = cursor.MoveNext())
        {
            if (many is null && few.Count < FewWords)
            {
                few.Add(cursor.Docs(null, null, DocsFlags.NONE));
                continue;
            }

            if (many is null)
            {
                many = new FixedBitSet(segment.AtomicReader.MaxDoc);
                few.ForEach(many.Or);
            }

            many.Or(few[0] = cursor.Docs(null, few[0], DocsFlags.NONE));
        }

        return many?.GetIterator() ?? few switch { [] => null, [var one] => one, _ => new AnyOfWords(few) };
    }

    private WordsInARow? InARow(int segment, string field, List<string>[] alternatives, int between)
    {
        var places = new List<AnyOfWords>();
        foreach (var words in alternatives)
        {
            List<DocsEnum> found = [.. words.Select(word => At(segment, field, word)?.DocsAndPositions(null, null, DocsAndPositionsFlags.NONE)).OfType<DocsEnum>()];
            if (found.Count == 0)
            {
                return null;
            }

            places.Add(new AnyOfWords(found));
        }

        return new WordsInARow(places, between);
    }

    // A cursor at a word that is known to be somewhere; null where a segment does not have it.
    private TermsEnum? At(int segment, string field, string word)
    {
        if (Place(field, word).Get(segment) is not { } state)
        {
            return null;
        }

        var cursor = Cursors(field)[segment]!;
        cursor.SeekExact(new BytesRef(word), state);
        return cursor;
    }

    private TermContext Place(string field, string word)
    {
        if (!places.TryGetValue((field, word), out var place))
        {
            places[(field, word)] = place = new TermContext(index);
            var term = new BytesRef(word);
            foreach (var (segment, cursor) in Cursors(field).Index())
            {
                if (cursor?.SeekExact(term) == true)
                {
                    place.Register(cursor.GetTermState(), segment, cursor.DocFreq, cursor.TotalTermFreq);
                }
            }
        }

        return place;
    }

    private TermsEnum?[] Cursors(string field)
    {
        if (!cursors.TryGetValue(field, out var known))
        {
            cursors[field] = known = [.. index.Leaves.Select(leaf => leaf.AtomicReader.GetTerms(field)?.GetEnumerator())];
        }

        return known;
    }
}
