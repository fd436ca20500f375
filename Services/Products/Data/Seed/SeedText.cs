using System.Globalization;

namespace PlayStationStore.Products;

/// <summary>Sentences about a game that say no more than the charts know.</summary>
internal static class SeedText
{
    private static readonly Dictionary<string, string[]> Genres = new()
    {
        ["Action"] = ["quick reflexes and big set pieces", "fast fights with room to explore", "chases, traps and narrow escapes"],
        ["Action-Adventure"] = ["exploration between well-timed fights", "a journey told through play", "puzzles, places and peril"],
        ["Adventure"] = ["a story that unfolds at your own pace", "places to search and people to question", "choices, clues and consequences"],
        ["Fighting"] = ["one-on-one bouts where timing decides", "a roster to learn and a rival to beat", "combos, counters and rematches"],
        ["MMO"] = ["a world shared with many other players", "adventures that are better in company", "a long road travelled together"],
        ["Misc"] = ["rules that anyone picks up in a minute", "something a little out of the ordinary", "short sessions, long evenings"],
        ["Music"] = ["rhythm first, everything else second", "songs to play along with", "notes that come faster and faster"],
        ["Party"] = ["games for a full sofa", "rounds short enough for everyone to have a go", "laughter guaranteed, fairness not"],
        ["Platform"] = ["running, jumping and secrets off the path", "levels that reward a second look", "well-placed ledges and narrow escapes"],
        ["Puzzle"] = ["simple rules and hard corners", "one more try, and then another", "a quiet game for a busy mind"],
        ["Racing"] = ["late braking and clean lines", "laps to learn and records to break", "speed, from the grid to the flag"],
        ["Role-Playing"] = ["a party to build and a long road ahead", "many hours of story, levels and loot", "a world that grows with your characters"],
        ["Shooter"] = ["steady aim under pressure", "fire-fights that reward good positions", "a campaign told through the sights"],
        ["Simulation"] = ["systems to learn and to master", "plans in detail, and a world that answers", "the real thing, without the risk"],
        ["Sports"] = ["match days, seasons and rivals", "the whole sport, from kick-off to trophy", "matches that are easy to join and hard to win"],
        ["Strategy"] = ["plans that meet the enemy", "moves that all count", "time to think before you commit"],
        ["Visual Novel"] = ["a story to read, with choices that matter", "dialogue, drama and several endings", "characters first"],
    };

    public static string Describe(ChartGame game)
    {
        var rule = SeedRule.Of(game.Key + "|text");
        var promise = rule.Choose(Genres.GetValueOrDefault(game.Genre, Genres["Misc"]), 0);
        var maker = game.Publisher is { } publisher ? $" from {publisher}" : "";
        var opening = rule.Below(4, 2) switch
        {
            0 => $"{Capital(promise)}: {game.Name} is {Article(game.Genre)} game{maker}.",
            1 => $"{game.Name}{(game.Publisher is { } by ? $", published by {by}," : "")} offers {promise}.",
            2 => $"{Capital(Article(game.Genre))} game{maker}: {promise}.",
            _ => $"{game.Name} brings {promise}.",
        };
        return string.Join(' ', new[] { opening, Released(game, rule), Fame(game, rule) }.Where(sentence => sentence.Length > 0));
    }

    private static string Released(ChartGame game, SeedRule rule)
    {
        var platforms = Listed([.. game.Releases.Select(release => release.Platform)]);
        return (game.Year, rule.Below(2, 4)) switch
        {
            (null, _) => $"Available for {platforms}.",
            ({ } year, 0) => string.Create(CultureInfo.InvariantCulture, $"First released in {year}, it is available here for {platforms}."),
            ({ } year, _) => string.Create(CultureInfo.InvariantCulture, $"It came out in {year}; the download is for {platforms}."),
        };
    }

    private static string Fame(ChartGame game, SeedRule rule)
    {
        // Cut, not rounded: no more is said than was sold.
        var millions = (game.Units / 100_000 / 10.0).ToString("0.#", CultureInfo.InvariantCulture);
        return game.Units switch
        {
            >= 10_000_000 => $"With {millions} million copies sold on PlayStation, it is one of the best-selling games of all.",
            >= 2_000_000 => rule.Below(2, 6) == 0 ? $"It has sold {millions} million copies on PlayStation." : $"{millions} million players cannot all be wrong.",
            >= 500_000 => rule.Below(2, 6) == 0 ? "A well-loved title that found its public." : "Hundreds of thousands of players already own it.",
            <= 20_000 => "A rare one: few copies were ever sold.",
            _ => "",
        };
    }

    private static string Article(string genre) => genre switch
    {
        "Action" or "Adventure" or "Action-Adventure" or "MMO" => $"an {(genre == "MMO" ? genre : genre.ToLowerInvariant())}",
        "Misc" => "a party and mixed-play",
        "Platform" => "a platform",
        _ => $"a {genre.ToLowerInvariant()}",
    };

    private static string Listed(string[] names) => names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
