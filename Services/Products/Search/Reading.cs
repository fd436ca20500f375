using System.Text.RegularExpressions;

namespace PlayStationStore.Products;

/// <summary>One way to understand what was typed: as it stands, or with a nickname told, or words joined or parted.</summary>
/// <param name="Words">What must be found.</param>
/// <param name="Cost">How far it is from what was typed.</param>
/// <param name="Series">It is a nickname and nothing beside it.</param>
internal sealed partial record Reading(IReadOnlyList<ReadWord> Words, float Cost, bool Series = false)
{
    private const int Most = 12;
    private const int MostJoined = 3;
    private const float CostOfANickname = 0.5f;
    private const float CostOfJoining = 0.5f;
    private const float CostOfParting = 1;

    /// <summary>The readings of what was typed; the first is what stands there.</summary>
    /// <param name="words">What was typed, with the names of platforms as one word.</param>
    public static List<Reading> Of(IReadOnlyList<string> words, Vocabulary vocabulary)
    {
        // By cost, so that what is cut off are the least likely of too many.
        var open = new PriorityQueue<(int Place, List<ReadWord> Words, float Cost, bool Series), (float, int)>();
        var order = 0;
        open.Enqueue((0, [], 0, false), (0, order++));
        var readings = new List<Reading>();
        while (readings.Count < Most && open.TryDequeue(out var partial, out _))
        {
            if (partial.Place == words.Count)
            {
                var significant = partial.Words.Where(word => !WordForms.IsStop(word.Text)).ToList();
                readings.Add(new(significant.Count > 0 ? significant : partial.Words, partial.Cost, partial.Series));
                continue;
            }

            foreach (var (next, cost, place) in Steps(words, partial.Place, vocabulary))
            {
                var series = next is Nickname && place - partial.Place == words.Count;
                open.Enqueue((place, [.. partial.Words, .. next], partial.Cost + cost, series), (partial.Cost + cost, order++));
            }
        }

        return readings;
    }

    /// <summary>Readings that leave words out, for what is found by no reading of all of them.</summary>
    /// <param name="count">How many words to leave out.</param>
    public IEnumerable<Reading> Without(int count)
    {
        for (var place = 0; place < Words.Count; place++)
        {
            var article = WordForms.IsForeignArticle(Words[place].Text);
            var rest = new Reading([.. Words.Take(place), .. Words.Skip(place + 1)], Cost + (article ? 1 : 8));
            // What is left must still say something: a platform or one word of two does not.
            if (rest.Words.Count(word => !WordForms.IsPlatformOrYear(word.Form)) >= (article ? 1 : 2))
            {
                foreach (var reading in count > 1 ? rest.Without(count - 1) : [rest])
                {
                    yield return reading;
                }
            }
        }
    }

    private static IEnumerable<(IEnumerable<ReadWord> Words, float Cost, int Place)> Steps(IReadOnlyList<string> words, int place, Vocabulary vocabulary)
    {
        var word = words[place];
        var last = place == words.Count - 1;
        yield return ([new(word, last)], 0, place + 1);

        for (var length = Math.Min(Nicknames.Longest, words.Count - place); length > 0; length--)
        {
            foreach (var meaning in Nicknames.Of(string.Join(' ', words.Skip(place).Take(length))))
            {
                yield return (new Nickname(Whole(meaning)), CostOfANickname, place + length);
            }
        }

        for (var length = 2; length <= Math.Min(MostJoined, words.Count - place); length++)
        {
            var joined = string.Concat(words.Skip(place).Take(length));
            if (joined.Length > 3 && vocabulary.Knows(joined))
            {
                yield return (Whole(joined), CostOfJoining, place + length);
            }
        }

        foreach (var (parts, cost) in Parts(word, vocabulary))
        {
            yield return (parts, cost, place + 1);
        }
    }

    // "gta5", "ffx", "redemption2", "thelastofus".
    private static IEnumerable<(IEnumerable<ReadWord> Words, float Cost)> Parts(string word, Vocabulary vocabulary)
    {
        var unknown = !vocabulary.Knows(word);
        if (Numbered().Match(word) is { Success: true } match)
        {
            var (name, number) = (match.Groups[1].Value, match.Groups[2].Value);
            foreach (var meaning in Nicknames.Of($"{name} {number}").Concat(Nicknames.Of(name).Select(meaning => (string[])[.. meaning, number])))
            {
                yield return (Whole(meaning), CostOfANickname);
            }

            if (unknown)
            {
                yield return ([new(name, false), new(number, true)], CostOfParting);
            }
        }

        for (var end = 1; end < word.Length; end++)
        {
            if (WordForms.Roman(word[end..]) is { } number)
            {
                foreach (var meaning in Nicknames.Of(word[..end]))
                {
                    yield return (Whole([.. meaning, number]), CostOfANickname);
                }
            }
        }

        if (unknown && word.Length > 4 && vocabulary.Cut(word) is { } parts)
        {
            yield return (Whole([.. parts]), CostOfParting);
        }
    }

    private static IEnumerable<ReadWord> Whole(params IEnumerable<string> words) => words.Select(word => new ReadWord(word, Unfinished: false));

    // Words of a nickname alone, without a number behind it.
    private sealed class Nickname(IEnumerable<ReadWord> words) : List<ReadWord>(words);

    [GeneratedRegex("^([a-z]+)([0-9]+)$")]
    private static partial Regex Numbered();
}

/// <summary>A word of a reading.</summary>
/// <param name="Text">As it is written.</param>
/// <param name="Unfinished">It may be the beginning of a longer word.</param>
internal sealed record ReadWord(string Text, bool Unfinished)
{
    /// <summary>As it compares.</summary>
    public string Form { get; } = WordForms.Of(Text);
}
