namespace PlayStationStore.Products;

/// <summary>A game as the charts know it: every row of one game on every platform.</summary>
/// <param name="Key">Names the game for ever; identifiers and everything that is derived by rule come from it.</param>
/// <param name="Releases">One a platform, newest platform first.</param>
public sealed record ChartGame(
    string Key, string Name, string Slug, string Genre, string? Publisher, int? Year, long Units, IReadOnlyList<ChartRelease> Releases)
{
    // A title that comes back after so long is another game: God of War of 2005 and of 2018. Anthologies and re-releases come sooner.
    private const int AnotherGame = 12;

    /// <summary>Joins the rows that are one game.</summary>
    public static List<ChartGame> From(IEnumerable<ChartRow> rows)
    {
        var games = rows.GroupBy(row => SearchText.Fold(row.Name) is { Length: > 0 } folded ? folded : row.Name)
            .SelectMany(title => Tell(title.ToList()).Select((game, index) => (Key: $"{title.Key}|{index}", Rows: game)))
            .OrderBy(game => game.Key, StringComparer.Ordinal);
        var taken = new HashSet<string>();
        return [.. games.Select(game => Join(game.Key, game.Rows, taken))];
    }

    private static List<List<ChartRow>> Tell(List<ChartRow> rows)
    {
        var games = new List<List<ChartRow>>();
        foreach (var row in rows.Where(row => row.Year is not null).OrderBy(row => row.Year))
        {
            if (games.Count == 0 || row.Year - games[^1][^1].Year >= AnotherGame)
            {
                games.Add([]);
            }

            games[^1].Add(row);
        }

        if (games.Count == 0)
        {
            games.Add([]);
        }

        games[0].AddRange(rows.Where(row => row.Year is null));
        return games;
    }

    private static ChartGame Join(string key, List<ChartRow> rows, HashSet<string> taken)
    {
        var byFame = rows.OrderBy(row => row.Noted).ThenByDescending(row => row.Units).ThenBy(row => row.Title, StringComparer.Ordinal).ToList();
        var first = byFame[0];
        var year = rows.Min(row => row.Year);
        var releases = rows.GroupBy(row => row.Platform).OrderBy(platform => Platforms.Order(platform.Key))
            .Select(platform => new ChartRelease(platform.Key, platform.Min(row => row.Year), platform.Sum(row => row.Units))).ToList();
        var name = Products.Slug.From(first.Name);
        var slug = new[] { name, $"{name}-{year}", $"{name}-{Products.Slug.From(releases[0].Platform)}", $"{name}-{SeedRule.Of(key).Code(4)}" }
            .First(candidate => !candidate.EndsWith('-') && taken.Add(candidate));
        return new(
            key, first.Name, slug.ToLowerInvariant(), first.Genre, byFame.Select(row => row.Publisher).FirstOrDefault(publisher => publisher is not null),
            year, rows.Sum(row => row.Units), releases);
    }
}

/// <summary>A game on one platform.</summary>
public sealed record ChartRelease(string Platform, int? Year, long Units);
