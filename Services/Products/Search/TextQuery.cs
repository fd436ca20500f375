using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace PlayStationStore.Products;

/// <summary>
/// What a shopper typed as a query. Every word must be found: in the name or beside it, whole or as the beginning of a word; a word that
/// nothing begins with is looked for with a typing error or two. Scores are fixed by how a word was found, not by statistics that differ
/// from replica to replica, so that pages stay right across replicas; equal scores are ordered by popularity.
/// </summary>
internal static class TextQuery
{
    /// <summary>The most words that are looked for; more only cost time.</summary>
    private const int MostWords = 16;

    private const float WholeName = 4_000;
    private const float NameBegins = 400;
    private const float Phrase = 200;
    private const float NameWord = 16;
    private const float JoinedWord = 12;
    private const float NamePrefix = 8;
    private const float OtherWord = 4;
    private const float OtherPrefix = 2;
    private const float Misspelt = 1;

    /// <summary>Makes the query.</summary>
    /// <param name="text">What was typed; there is no syntax in it.</param>
    /// <param name="reader">The index, to know which words it has.</param>
    /// <returns>A query that finds nothing where the text has no word.</returns>
    public static Query Of(string text, IndexReader reader)
    {
        var words = SearchText.Words(text).Take(MostWords).ToList();
        var query = new BooleanQuery();
        foreach (var word in words)
        {
            query.Add(Word(word, reader), Occur.MUST);
        }

        if (words.Count > 0)
        {
            var whole = string.Join(' ', words);
            query.Add(Fixed(new TermQuery(new Term(IndexFields.Whole, whole)), WholeName), Occur.SHOULD);
            query.Add(Fixed(new PrefixQuery(new Term(IndexFields.Whole, whole)), NameBegins), Occur.SHOULD);
        }

        if (words.Count > 1)
        {
            var phrase = new PhraseQuery();
            words.ForEach(word => phrase.Add(new Term(IndexFields.Name, word)));
            query.Add(Fixed(phrase, Phrase), Occur.SHOULD);
        }

        return query;
    }

    private static DisjunctionMaxQuery Word(string word, IndexReader reader)
    {
        var found = new DisjunctionMaxQuery(0)
        {
            Fixed(new TermQuery(new Term(IndexFields.Name, word)), NameWord),
            Fixed(new TermQuery(new Term(IndexFields.Joined, word)), JoinedWord),
            Fixed(new PrefixQuery(new Term(IndexFields.Name, word)), NamePrefix),
            Fixed(new TermQuery(new Term(IndexFields.Other, word)), OtherWord),
            Fixed(new PrefixQuery(new Term(IndexFields.Other, word)), OtherPrefix),
        };
        if (ErrorsIn(word) is var errors and > 0
            && !Begins(word, IndexFields.Name, reader) && !Begins(word, IndexFields.Joined, reader) && !Begins(word, IndexFields.Other, reader))
        {
            found.Add(Fixed(new FuzzyQuery(new Term(IndexFields.Name, word), errors, prefixLength: 1), Misspelt));
            found.Add(Fixed(new FuzzyQuery(new Term(IndexFields.Joined, word), 1, prefixLength: 1), Misspelt));
            found.Add(Fixed(new FuzzyQuery(new Term(IndexFields.Other, word), 1, prefixLength: 1), Misspelt));
        }

        return found;
    }

    // A short word with an error is another word.
    private static int ErrorsIn(string word) => word.Length switch { < 4 => 0, < 8 => 1, _ => 2 };

    private static bool Begins(string word, string field, IndexReader reader)
    {
        if (MultiFields.GetTerms(reader, field) is not { } terms)
        {
            return false;
        }

        var enumerator = terms.GetEnumerator();
        var prefix = new BytesRef(word);
        return enumerator.SeekCeil(prefix) != TermsEnum.SeekStatus.END && StringHelper.StartsWith(enumerator.Term, prefix);
    }

    private static ConstantScoreQuery Fixed(Query query, float score) => new(query) { Boost = score };
}
