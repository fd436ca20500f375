using System.Text.RegularExpressions;
using static PlayStationStore.Products.CoverLayout;

namespace PlayStationStore.Products;

/// <summary>The sport of a title, told from its words, and what is drawn for it.</summary>
/// <param name="Compositions">Ideas to draw.</param>
public sealed partial record SportsField(params Composition[] Compositions)
{
    // The first that matches wins: "NCAA Football" is American before "football" is soccer.
    private static readonly (Regex Words, SportsField Field)[] Fields =
    [
        (Gridiron(), new(Plan("gridiron"), Macro("gridiron"), Flood("gridiron"))),
        (Pitch(), new(Plan("pitch"), Macro("pitch"), Flood("pitch"), Macro("pitch"))),
        (Court(), new(Plan("court"), Macro("court"), Flood("court"), Macro("court"))),
        (Diamond(), new(Plan("diamond"), Macro("diamond"), Flood("diamond"), Macro("diamond"))),
        (Rink(), new(Plan("rink"))),
        (Net(), new(Plan("net"), Macro("net"))),
        (Golf(), new(Plan("golf"), Macro("golf"))),
        (Slope(), new(Plan("slope"), Lanes())),
        (Ring(), new(Plan("ring"))),
    ];

    private static readonly SportsField Other = new(Lanes());

    /// <summary>The field of a sports title, or of one that the catalogue files elsewhere by mistake; else null.</summary>
    /// <param name="title">The cleaned title.</param>
    /// <param name="genre">The genre that the catalogue files it under.</param>
    public static SportsField? Of(string title, string genre)
    {
        var isSport = string.Equals(genre, "Sports", StringComparison.OrdinalIgnoreCase);
        return isSport || Misfiled().IsMatch(title)
            ? Array.Find(Fields, field => field.Words.IsMatch(title)).Field ?? Other
            : null;
    }

    private static Composition Plan(string field) => new($"sports-plan-{field}", Floor, Crown, Plate);

    private static Composition Macro(string field) => new($"sports-macro-{field}", Floor, Crown, Plate);

    private static Composition Flood(string field) => new($"sports-flood-{field}", Centre, Crown, Plate);

    private static Composition Lanes() => new("sports-lanes", Floor, Crown, Plate);

    [GeneratedRegex(
        @"\b(FIFA|NBA|NFL|MLB|NHL|WWE|NCAA|Madden|Pro Evolution Soccer|Winning Eleven|Pro Yakyuu|Top Spin)\b|"
        + @"\bBaseball\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Misfiled();

    [GeneratedRegex(
        @"\bNFL\b|Madden|(NCAA|College|Arena|American|All-Pro|Blood) (Football|Bowl)|"
        + @"GameBreaker|Backbreaker|Super Bowl|\bBlitz\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Gridiron();

    [GeneratedRegex(
        @"FIFA|soccer|football|futbol|winning eleven|\bPES\b|UEFA|world cup|J[. ]?League|"
        + @"calcio|striker|Goal Storm|Tsubasa|Kick Off|Red ?Card|Fantasista|Handball",
        RegexOptions.IgnoreCase)]
    private static partial Regex Pitch();

    [GeneratedRegex(@"\bNBA\b|basketball|March Madness|Final Four|Hoops|\bSlam\b|Space Jam", RegexOptions.IgnoreCase)]
    private static partial Regex Court();

    [GeneratedRegex(
        @"\bMLB\b|baseball|yaky(uu|\?)|Pro Spirits|Triple Play|Bases Loaded|HardBall|"
        + @"Bottom of the 9th|Ko(u)?shien|World Stadium|Powerful Major|The BIGS|Power Pro|Pennant",
        RegexOptions.IgnoreCase)]
    private static partial Regex Diamond();

    [GeneratedRegex(@"\bNHL\b|hockey", RegexOptions.IgnoreCase)]
    private static partial Regex Rink();

    [GeneratedRegex(@"tennis|Top Spin|volley|Smash Court|Racquet|Spike\b", RegexOptions.IgnoreCase)]
    private static partial Regex Net();

    [GeneratedRegex(@"golf|\bPGA\b|Tiger Woods|CyberTiger", RegexOptions.IgnoreCase)]
    private static partial Regex Golf();

    [GeneratedRegex(
        @"\bSSX\b|snow|\bski|Tony Hawk|sk(a|8)t?e?r?\b|skat|surf|\bBMX\b|Shaun White|"
        + @"Amped|boarder|boarding|Steep|Whirl Tour|Olli|Grind|Inline|Infinite Air|Winter",
        RegexOptions.IgnoreCase)]
    private static partial Regex Slope();

    [GeneratedRegex(@"\bWW[EF]\b|wrestl|box(ing|er)|Fight Night|\bUFC\b|Knockout|Final Round|Rocky|Ippo", RegexOptions.IgnoreCase)]
    private static partial Regex Ring();
}
