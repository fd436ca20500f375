using System.Globalization;
using System.Text.Json;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>Sentences about a game in other languages than English, from <c>sentences.json</c>, that say no more than the charts know.</summary>
internal static class SeedSentences
{
    private static readonly Dictionary<string, Sentences> Known = Read();

    /// <summary>Describes a game.</summary>
    /// <param name="game">The game.</param>
    /// <param name="title">What it is called in the language.</param>
    /// <param name="language">One other than the default.</param>
    public static string Describe(ChartGame game, string title, Language language)
    {
        var words = Known[language.Code];
        var genre = words.Genres.GetValueOrDefault(game.Genre, words.Genres["Misc"]);
        var platforms = game.Releases.Select(release => release.Platform).ToList();
        var listed = platforms.Count == 1 ? platforms[0] : string.Join(words.Between, platforms.SkipLast(1)) + words.And + platforms[^1];
        var opening = string.Format(CultureInfo.InvariantCulture, game.Publisher is null ? words.IsAlone : words.IsOf, title, genre, game.Publisher);
        return $"{opening} {string.Format(CultureInfo.InvariantCulture, game.Year is null ? words.OnSale : words.Released, game.Year, listed)}";
    }

    private static Dictionary<string, Sentences> Read()
    {
        using var file = typeof(SeedSentences).Assembly.GetManifestResourceStream("sentences.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, Sentences>>(file, JsonSerializerOptions.Web)!;
    }

    private sealed record Sentences(string IsOf, string IsAlone, string Released, string OnSale, string Between, string And, Dictionary<string, string> Genres);
}
