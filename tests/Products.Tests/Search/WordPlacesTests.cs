using CsCheck;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace PlayStationStore.Products.Tests;

/// <summary>What finds words, against Lucene's own queries.</summary>
public sealed class WordPlacesTests
{
    // Few and short words, so that they meet in every way; and many that begin alike.
    private static readonly string[] Words = ["a", "b", "c", "d", .. Enumerable.Range(0, 20).Select(number => $"e{(char)('a' + number)}")];
    private static readonly string[] Asked = ["a", "e", "eb", "x"];
    private static readonly Gen<string> Word = Gen.Frequency((4, Gen.Int[0, 3]), (1, Gen.Int[4, Words.Length - 1])).Select(index => Words[index]);

    // Each inner list is a name; a new segment begins where one is empty.
    private static readonly Gen<string[][]> Names = Word.Array[0, 7].Array[1, 60];

    [Fact]
    public void A_word_and_a_beginning_are_found_where_they_are() => Gen.Select(Names, Gen.Int[0, Asked.Length - 1].Select(index => Asked[index])).Sample(
        (names, word) => Search(names, (searcher, places) =>
        {
            Assert.Equal(Found(searcher, new TermQuery(new Term(IndexFields.Forms, word))), Found(searcher, places.Found(IndexFields.Forms, word, 1)));
            Assert.Equal(Found(searcher, new PrefixQuery(new Term(IndexFields.Forms, word))), Found(searcher, places.FoundBeginning(IndexFields.Forms, word, 1)));
        }),
        iter: 200);

    [Fact]
    public void Words_in_a_row_are_found_side_by_side_and_with_others_between() => Gen.Select(Names, Word.Array[1, 2].Array[2, 4], Gen.Int[0, 2]).Sample(
        (names, row, between) => Search(names, (searcher, places) =>
        {
            // What Lucene makes of a word that is asked for at two places, with others between, is not ours to keep.
            var some = between == 0 ? row : [.. row.Select((words, place) => row.Take(place).SelectMany(before => before).Intersect(words).Any() ? ["zz"] : words)];
            var query = new MultiPhraseQuery { Slop = between };
            Array.ForEach(some, words => query.Add([.. words.Select(word => new Term(IndexFields.Forms, word))]));
            var ours = places.FoundInARow(IndexFields.Forms, some, between, 2, 1);

            Assert.Equal(Found(searcher, query), Found(searcher, ours));
            query.Slop = 0;
            Assert.Equal(Found(searcher, query), Found(searcher, ours, least: 3));
        }),
        iter: 500);

    [Fact]
    public void A_word_that_is_asked_for_twice_is_not_found_where_it_is_once() => Search(
        [["a", "b"], ["a", "b", "a"], ["a", "c", "b", "a"]],
        (searcher, places) => Assert.Equal([1, 2], Found(searcher, places.FoundInARow(IndexFields.Forms, [["a"], ["b"], ["a"]], 2, 2, 1))));

    private static void Search(string[][] names, Action<IndexSearcher, WordPlaces> assert)
    {
        using var directory = new RAMDirectory();
        using var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, IndexFields.Analyzer));
        foreach (var name in names)
        {
            writer.AddDocument([new TextField(IndexFields.Forms, string.Join(' ', name), Field.Store.NO)]);
            if (name.Length == 0)
            {
                writer.Commit();
            }
        }

        writer.Commit();
        using var reader = DirectoryReader.Open(directory);
        assert(new IndexSearcher(reader) { Similarity = new SaidScores() }, new WordPlaces(reader.Context));
    }

    private static IEnumerable<int> Found(IndexSearcher searcher, Query? query, float least = 0) =>
        query is null ? [] : searcher.Search(query, 1_000).ScoreDocs.Where(hit => hit.Score >= least).Select(hit => hit.Doc).Order();
}
