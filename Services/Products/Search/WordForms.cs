using System.Globalization;
using System.Text.RegularExpressions;

namespace PlayStationStore.Products;

/// <summary>
/// The form in which words compare: "Souls" and "Soul's" as "soul", "VII" and "seven" as "7", "PlayStation 4" as "ps4". Names and what a
/// shopper types go through the same forms, so a word that is changed too far is changed too far on both sides.
/// </summary>
internal static partial class WordForms
{
    private static readonly HashSet<string> Stops = ["the", "a", "an", "and", "n", "of", "or", "to", "for", "in", "on", "at", "by", "with", "from"];

    private static readonly HashSet<string> ForeignArticles =
    [
        "le", "la", "les", "l", "un", "une", "des", "du", "de", "der", "die", "das", "ein", "eine", "el", "los", "las", "lo", "il", "gli", "i", "o", "os", "as",
        "no", "het", "een",
    ];

    private static readonly HashSet<string> EditionForms = ["edition", "hd", "international", "remaster", "remastered", "version", "append", "goty"];

    private static readonly HashSet<string> CommonInMakers =
    [
        "game", "games", "entertainment", "interactive", "software", "softworks", "digital", "studio", "studios", "inc", "corporation", "computer", "publishing",
        "international", "europe", "america",
    ];

    private static readonly Dictionary<string, string> Numerals = MakeNumerals();

    private static readonly Dictionary<string, string> PlatformWords = new()
    {
        ["psx"] = "ps1",
        ["psone"] = "ps1",
        ["psvita"] = "psvita",
        ["vita"] = "psvita",
    };

    private static readonly HashSet<string> PlatformEnds = ["1", "2", "3", "4", "5", "one", "vita", "vr", "vr2", "plus"];

    /// <summary>Whether a word only joins others: it need not be found where there are other words.</summary>
    public static bool IsStop(string word) => Stops.Contains(word);

    /// <summary>Whether a word is an article in another language, of which a title in English has nothing.</summary>
    public static bool IsForeignArticle(string word) => ForeignArticles.Contains(word);

    /// <summary>How a publisher is called: "Konami Digital Entertainment" is "konami" too.</summary>
    public static HashSet<string> Makers(IReadOnlyList<string> words) =>
        [string.Join(' ', words), string.Join(' ', words.Where((word, place) => place == 0 || !CommonInMakers.Contains(word)))];

    /// <summary>Whether a word tells another edition of what there is without it.</summary>
    public static bool IsOfEditions(string form) => EditionForms.Contains(form);

    /// <summary>Whether a word tells a platform or a year, which titles seldom have and products always do.</summary>
    public static bool IsPlatformOrYear(string form) => PlatformForm().IsMatch(form) || Year().IsMatch(form);

    /// <summary>Makes one word of the names of platforms: "playstation", "4" is "ps4".</summary>
    public static List<string> JoinPlatforms(IReadOnlyList<string> words)
    {
        var joined = new List<string>(words.Count);
        for (var place = 0; place < words.Count; place++)
        {
            var word = words[place];
            var next = place + 1 < words.Count ? words[place + 1] : "";
            if (word is "play" && next is "station")
            {
                (word, next) = ("playstation", place + 2 < words.Count ? words[place + 2] : "");
                place++;
            }

            if (word is "playstation" or "ps" && (PlatformEnds.Contains(next) || (word is "playstation" && next is "portable")))
            {
                joined.Add(next switch { "portable" => "psp", "one" => "ps1", _ => $"ps{next}" });
                place++;
            }
            else
            {
                joined.Add(PlatformWords.GetValueOrDefault(word, word));
            }
        }

        return joined;
    }

    /// <summary>The words that matter: those that are no stop words, or all where there is nothing else, as in "The Who".</summary>
    public static List<string> Significant(IReadOnlyList<string> words)
    {
        var significant = words.Where(word => !Stops.Contains(word)).ToList();
        return significant.Count > 0 ? significant : [.. words];
    }

    /// <summary>The forms of a title's words that matter, in order.</summary>
    public static List<string> OfTitle(IReadOnlyList<string> words) => [.. Significant(JoinPlatforms(words)).Select(Of)];

    /// <summary>The form of one word.</summary>
    public static string Of(string word) => Numerals.TryGetValue(word, out var number) ? number : Singular(word);

    /// <summary>Reads a Roman numeral from 1 to 30.</summary>
    public static string? Roman(string word) => RomanNumeral().IsMatch(word) && Numerals.TryGetValue(word, out var number) ? number : null;

    private static string Singular(string word)
    {
        if (word.Length > 4 && word.EndsWith("ie", StringComparison.Ordinal))
        {
            return $"{word[..^2]}y";
        }

        if (word.Length < 4 || word[^1] != 's' || word.EndsWith("ss", StringComparison.Ordinal) || word.EndsWith("us", StringComparison.Ordinal)
            || word.EndsWith("is", StringComparison.Ordinal) || char.IsAsciiDigit(word[^2]))
        {
            return word;
        }

        return word switch
        {
            _ when word.Length > 4 && word.EndsWith("ies", StringComparison.Ordinal) => $"{word[..^3]}y",
            _ when Sibilant().IsMatch(word) => word[..^2],
            _ => word[..^1],
        };
    }

    private static Dictionary<string, string> MakeNumerals()
    {
        string[] cardinals =
        [
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
            "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
        ];
        string[] ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
        string[] endings = ["1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "10th"];
        string[] units = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
        string Written(int number) => number.ToString(CultureInfo.InvariantCulture);
        return cardinals.Index().Concat(ordinals.Concat(endings).Select((word, index) => ((index % 10) + 1, word)))
            .Concat(Enumerable.Range(1, 29).Select(number => (number, new string('x', number / 10) + units[number % 10])))
            .Concat(Enumerable.Range(0, 10).Select(number => (number, $"0{Written(number)}")))
            .ToDictionary(one => one.Item2, one => Written(one.Item1));
    }

    [GeneratedRegex("^[ivx]+$")]
    private static partial Regex RomanNumeral();

    [GeneratedRegex("(?:ss|sh|ch|x|z|o)es$")]
    private static partial Regex Sibilant();

    [GeneratedRegex("^ps(?:[1-5]|p|vita|vr2?)$")]
    private static partial Regex PlatformForm();

    [GeneratedRegex("^(?:19[89]|20[0-4])[0-9]$")]
    private static partial Regex Year();
}
