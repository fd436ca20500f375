using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util.Automaton;

namespace PlayStationStore.Products;

/// <summary>
/// What a shopper typed as a query. Every word that matters must be found: in the name or beside it, in any of its forms, whole or as the
/// beginning of a word; a word that nobody knows is looked for with errors. Only where that finds nothing are errors looked for in every
/// word, and then words left out. Scores are fixed by how a word was found, not by statistics that differ from replica to replica, so that
/// pages stay right across replicas; how well known a product is counts beside that.
/// </summary>
internal sealed class TextQuery
{
    /// <summary>The most words that are looked for; more only cost time.</summary>
    private const int MostWords = 16;

    // All words of a reading together, far above every cost, so that no score is below 0.
    private const float Everything = 200;

    private const float WholeName = 25;
    private const float WholeNameBesidePlatform = 15;
    private const float BesidePlatform = 0.8f;
    private const float WholeNameInAnotherOrder = 10;
    private const float WholeNameAsWritten = 2;

    // Who says "GTA" means any of a series, and not the first of it, which has no number.
    private const float WholeNameOfASeries = 0.5f;

    private const float NearEachOther = 2;
    private const float SideBySide = 1;
    private const float SideBySideAsWritten = 1.5f;
    private const float NameBegins = 1;
    // Who types a publisher's name wants the best of all it has published, not what has the name in its title.
    private const float Maker = 5;

    private const float StopWord = 0.2f;

    private const float CostOfAForm = 0.3f;
    private const float CostOfTwoWordsAsOne = 0.5f;
    private const float CostOfPlatformOrYear = 0.5f;
    private const float CostOutsideTheName = 2;
    private const float CostOfAnUnfinishedWord = 1.5f;
    private const float CostOfAnUnfinishedError = 3;
    private const float CostOfAnyBeginning = 5;

    // Of how many words all may have errors, or some be left out; who types more has pasted something.
    private const int MostMended = 8;
    private const int LongestBeginning = 24;

    private const int MostNames = 12;
    private const int MostEndings = 64;
    private const int MostBetween = 2;

    private readonly WordPlaces places;
    private readonly Vocabulary vocabulary;
    private readonly FoundWords found = new();
    private readonly List<string> typed;
    private readonly List<string> words;
    private readonly List<Reading> readings;
    private readonly Dictionary<(string Word, bool First), List<Correction>> corrections = [];

    private TextQuery(List<string> typed, IndexReaderContext index)
    {
        this.typed = typed;
        places = new WordPlaces(index);
        vocabulary = new Vocabulary(index, places);
        words = WordForms.JoinPlatforms(typed);
        readings = Reading.Of(words, vocabulary);
    }

    /// <summary>Makes the queries.</summary>
    /// <param name="text">What was typed; there is no syntax in it.</param>
    /// <param name="view">The index, to know which words it has.</param>
    /// <returns>
    /// The query, and those that are tried in this order where those before find nothing; none where the text has no word. And which words of
    /// names to mark, once a query was taken.
    /// </returns>
    public static (IEnumerable<Query> Tries, FoundWords Found) Of(string text, IndexView view)
    {
        var typed = SearchText.Words(text).Take(MostWords).ToList();
        if (typed.Count == 0)
        {
            return ([], new FoundWords());
        }

        var query = new TextQuery(typed, view.TopReaderContext);
        return (query.Tries().Select(attempt => new FameQuery(attempt, query.readings[0].Words.Count, view.FameOf)), query.found);
    }

    private IEnumerable<Query> Tries()
    {
        yield return Any(readings, everyWord: false);
        if (readings[0].Words.Count > MostMended)
        {
            yield break;
        }

        yield return Any(readings, everyWord: true);
        for (var count = 1; count < Math.Min(3, readings[0].Words.Count); count++)
        {
            yield return Any(readings[0].Without(count), everyWord: true);
        }
    }

    private DisjunctionMaxQuery Any(IEnumerable<Reading> some, bool everyWord)
    {
        var any = new DisjunctionMaxQuery(0);
        MadeBy(any, typed);
        foreach (var reading in some)
        {
            if (reading.Series)
            {
                MadeBy(any, reading.Words.Select(word => word.Text));
            }

            if (Read(reading, everyWord) is { } query)
            {
                any.Add(query);
            }
        }

        return any;
    }

    // Null where a word of it is in no product at all, so that nothing can be found.
    private BooleanQuery? Read(Reading reading, bool everyWord)
    {
        var query = new BooleanQuery(disableCoord: true);
        var share = (Everything - reading.Cost) / reading.Words.Count;
        var onlyPlatforms = reading.Words.All(word => WordForms.IsPlatformOrYear(word.Form));
        var spellings = reading.Words.Select(word => Spellings(word, everyWord)).ToList();
        foreach (var (word, spelling) in reading.Words.Zip(spellings))
        {
            found.Add(word, spelling.Select(one => one.Word));
            var ways = Word(word, spelling, share, onlyPlatforms ? CostOutsideTheName : CostOfPlatformOrYear);
            if (ways.Disjuncts.Count == 0)
            {
                return null;
            }

            query.Add(ways, Occur.MUST);
        }

        Name(query, reading.Words, spellings, reading.Series ? WholeNameOfASeries : WholeName, 1);
        // "fifa 17 ps4": the title is what is left without the platform.
        var title = reading.Words.Index().Where(word => !WordForms.IsPlatformOrYear(word.Item.Form)).ToList();
        if (title.Count > 0 && title.Count < spellings.Count)
        {
            Name(query, [.. title.Select(word => word.Item)], [.. title.Select(word => spellings[word.Index])],
                reading.Series ? WholeNameOfASeries : WholeNameBesidePlatform, BesidePlatform);
        }

        AsWritten(query);
        return query;
    }

    private void AsWritten(BooleanQuery query)
    {
        Favour(query, places.Found(IndexFields.Whole, string.Join(' ', typed), WholeNameAsWritten));
        if (typed.Count > 1)
        {
            var endings = vocabulary.Endings(IndexFields.Name, typed[^1], MostEndings);
            Favour(query, InARow(IndexFields.Name, typed.Select(word => (IEnumerable<string>)[word]), endings, 0, SideBySideAsWritten, 0));
            foreach (var stop in words.Where(WordForms.IsStop).Distinct())
            {
                Favour(query, places.Found(IndexFields.Name, stop, StopWord));
            }
        }
    }

    // What speaks for a name as a whole: that it is these words, begins with them, or has them side by side.
    private void Name(BooleanQuery query, IReadOnlyList<ReadWord> read, List<List<Correction>> spellings, float whole, float part)
    {
        var names = Names(spellings).ToList();
        var wholes = new DisjunctionMaxQuery(0);
        foreach (var name in names)
        {
            Add(wholes, places.Found(IndexFields.Key, name, whole));
            Add(wholes, places.Found(IndexFields.Bag, IndexFields.InAnyOrder(name), Math.Min(whole, WholeNameInAnotherOrder)));
        }

        Favour(query, wholes);
        Favour(query, places.FoundBeginning(IndexFields.Key, names[0], part * NameBegins));
        if (spellings.Count > 1)
        {
            var endings = read[^1].Unfinished ? vocabulary.Endings(IndexFields.Forms, read[^1].Text, MostEndings) : [];
            var alternatives = spellings.Select(word => word.Select(one => one.Word)).ToList();
            Favour(query, InARow(IndexFields.Forms, alternatives, endings, MostBetween, part * NearEachOther, part * SideBySide));
        }
    }

    // At the last place any of the endings may stand too.
    private Query? InARow(string field, IEnumerable<IEnumerable<string>> alternatives, IEnumerable<string> endings, int between, float near, float sideBySide)
    {
        List<IEnumerable<string>> words = [.. alternatives];
        words[^1] = words[^1].Union(endings);
        return places.FoundInARow(field, words, between, near, sideBySide);
    }

    private static IEnumerable<string> Names(List<List<Correction>> spellings)
    {
        IEnumerable<(string Name, float Cost)> names = [("", 0)];
        foreach (var word in spellings)
        {
            names = [.. names.SelectMany(name => word.Select(one => (Name: name.Name.Length == 0 ? one.Word : $"{name.Name} {one.Word}", Cost: name.Cost + one.Cost)))
                .OrderBy(name => name.Cost).Take(MostNames)];
        }

        return names.Select(name => name.Name);
    }

    // The word as it is, and what else may have been meant by it.
    private List<Correction> Spellings(ReadWord word, bool everyWord)
    {
        var itself = new Correction(word.Form, 0, 0);
        if (!everyWord && IsKnown(word))
        {
            return [itself];
        }

        if (!corrections.TryGetValue((word.Text, !everyWord), out var others))
        {
            corrections[(word.Text, !everyWord)] = others = vocabulary.Corrections(word.Text, first: !everyWord);
        }

        return [itself, .. others];
    }

    private bool IsKnown(ReadWord word) =>
        vocabulary.Knows(word.Text) || vocabulary.KnowsJoined(word.Text) || (word.Unfinished && vocabulary.Begins(word.Text));

    private DisjunctionMaxQuery Word(ReadWord word, List<Correction> spellings, float share, float costOfPlatform)
    {
        var beside = WordForms.IsPlatformOrYear(word.Form) ? costOfPlatform : CostOutsideTheName;
        var ways = new DisjunctionMaxQuery(0);
        Add(ways, places.Found(IndexFields.Name, word.Text, share));
        Add(ways, places.Found(IndexFields.Joined, word.Text, share - CostOfTwoWordsAsOne));
        Add(ways, places.Found(IndexFields.Other, word.Text, share - beside));
        foreach (var spelling in spellings)
        {
            Add(ways, places.Found(IndexFields.Forms, spelling.Word, share - CostOfAForm - spelling.Cost));
            Add(ways, places.Found(IndexFields.Other, spelling.Word, share - beside - spelling.Cost));
            if (spelling.Cost > 0)
            {
                Add(ways, places.Found(IndexFields.Joined, spelling.Word, share - CostOfTwoWordsAsOne - spelling.Cost));
            }
        }

        if (word.Unfinished)
        {
            Add(ways, places.FoundBeginning(IndexFields.Name, word.Text, share - CostOfAnUnfinishedWord));
            Add(ways, places.FoundBeginning(IndexFields.Joined, word.Text, share - CostOfAnUnfinishedWord - CostOfTwoWordsAsOne));
            if (!char.IsAsciiDigit(word.Text[0]))
            {
                Add(ways, places.FoundBeginning(IndexFields.Other, word.Text, share - CostOfAnUnfinishedWord - beside));
            }

            if (!IsKnown(word) && Beginning(word.Text) is { } beginning)
            {
                ways.Add(new ConstantScoreQuery(new AutomatonQuery(new Term(IndexFields.Name, word.Text), beginning)) { Boost = share - CostOfAnUnfinishedWord - CostOfAnUnfinishedError });
            }
        }
        else if (word.Text.Length > 2)
        {
            Add(ways, places.FoundBeginning(IndexFields.Name, word.Text, share - CostOfAnyBeginning));
        }

        return ways;
    }

    // Words that begin like this one, with an error behind the first letter.
    private static Automaton? Beginning(string word) => word.Length is < 4 or > LongestBeginning || word.EnumerateRunes().Any(rune => !rune.IsBmp)
        ? null
        : BasicOperations.Concatenate(
            [BasicAutomata.MakeString(word[..1]), new LevenshteinAutomata(word[1..], withTranspositions: true).ToAutomaton(1), BasicAutomata.MakeAnyString()]);

    private void MadeBy(DisjunctionMaxQuery any, IEnumerable<string> words) => Add(any, places.Found(IndexFields.Maker, string.Join(' ', words), Everything + Maker));

    private static void Add(DisjunctionMaxQuery ways, Query? way)
    {
        if (way is not null)
        {
            ways.Add(way);
        }
    }

    private static void Favour(BooleanQuery query, Query? favoured)
    {
        if (favoured is not null)
        {
            query.Add(favoured, Occur.SHOULD);
        }
    }
}

/// <summary>Scores are what <see cref="TextQuery"/> says, and nothing else.</summary>
internal sealed class SaidScores : Lucene.Net.Search.Similarities.DefaultSimilarity
{
    public override float QueryNorm(float sumOfSquaredWeights) => 1;

    public override float Coord(int overlap, int maxOverlap) => 1;
}
