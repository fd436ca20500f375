namespace PlayStationStore.Products;

/// <summary>
/// What the charts' games can do and make easier. The charts do not say, so it is derived from genre, platforms and year by a fixed rule: it
/// is likely, and was not looked up.
/// </summary>
internal static class SeedTags
{
    private static readonly HashSet<string> Versus = ["Fighting", "Sports", "Racing", "Party"];
    private static readonly HashSet<string> Together = ["Shooter", "Action", "Action-Adventure", "Platform", "Party"];
    private static readonly HashSet<string> Online = ["Shooter", "Sports", "Racing", "Fighting", "MMO"];
    private static readonly HashSet<string> Stories = ["Adventure", "Action-Adventure", "Role-Playing", "Visual Novel", "Action", "Shooter"];

    public static IReadOnlyList<string> Features(ChartGame game)
    {
        var (rule, newest) = (SeedRule.Of(game.Key + "|features"), game.Releases[0].Platform);
        var connected = newest is "PS4" or "PS3" or "PS Vita";
        return Chosen(
            ("coop", Together.Contains(game.Genre) && rule.Below(3, 0) == 0),
            ("localMultiplayer", Versus.Contains(game.Genre) && rule.Below(4, 2) > 0),
            ("onlineMultiplayer", game.Genre == "MMO" || (connected && Online.Contains(game.Genre) && rule.Below(4, 4) > 0)),
            ("vr", newest == "PS4" && game.Year >= 2016 && rule.Below(12, 6) == 0),
            ("4k", newest == "PS4" && game.Year >= 2016 && rule.Below(2, 8) == 0),
            ("hdr", newest == "PS4" && game.Year >= 2016 && rule.Below(2, 10) == 0),
            ("remotePlay", newest is "PS4" or "PS Vita" && rule.Below(5, 12) > 0),
            ("trophies", connected));
    }

    public static IReadOnlyList<string> Accessibility(ChartGame game)
    {
        var (rule, year) = (SeedRule.Of(game.Key + "|accessibility"), game.Year ?? 0);
        return Chosen(
            ("subtitles", Stories.Contains(game.Genre) && year >= 2000 && rule.Below(4, 0) > 0),
            ("largeText", year >= 2014 && rule.Below(5, 2) == 0),
            ("highContrast", year >= 2016 && rule.Below(12, 4) == 0),
            ("colourBlindMode", year >= 2012 && rule.Below(6, 6) == 0),
            ("screenReader", year >= 2017 && rule.Below(20, 8) == 0),
            ("monoAudio", year >= 2013 && rule.Below(8, 10) == 0),
            ("remappableControls", year >= 2005 && rule.Below(3, 12) == 0),
            ("adjustableDifficulty", game.Genre is not ("Party" or "MMO" or "Visual Novel") && rule.Below(2, 14) == 0));
    }

    private static List<string> Chosen(params (string Tag, bool Has)[] tags) => [.. tags.Where(tag => tag.Has).Select(tag => tag.Tag)];
}
