using System.Text.Json;

namespace PlayStationStore.Products;

/// <summary>
/// What shoppers call things that have another name here: abbreviations, nicknames, titles in other languages. They are data, in
/// <c>nicknames.json</c>: a name, or the part of names that a series shares, with what is said for it.
/// </summary>
internal static class Nicknames
{
    /// <summary>The most words that any of them has.</summary>
    public static readonly int Longest;

    private static readonly Dictionary<string, List<string[]>> Meanings = [];

    static Nicknames()
    {
        using var file = typeof(Nicknames).Assembly.GetManifestResourceStream("nicknames.json")!;
        All = JsonSerializer.Deserialize<Dictionary<string, string[]>>(file)!;
        foreach (var (name, said) in All.SelectMany(entry => entry.Value.Select(said => (entry.Key, said))))
        {
            var words = WordForms.JoinPlatforms(SearchText.Words(said));
            var key = string.Join(' ', words);
            if (!Meanings.TryGetValue(key, out var meanings))
            {
                Meanings[key] = meanings = [];
            }

            meanings.Add([.. WordForms.JoinPlatforms(SearchText.Words(name))]);
            Longest = Math.Max(Longest, words.Count);
        }
    }

    /// <summary>Names with what is said for them.</summary>
    public static IReadOnlyDictionary<string, string[]> All { get; }

    /// <summary>What words may stand for, each as the words of a name; nothing for most.</summary>
    public static IReadOnlyList<string[]> Of(string words) => Meanings.TryGetValue(words, out var meanings) ? meanings : [];
}
