using System.Text.Json;
using static PlayStationStore.Products.CoverLayout;

namespace PlayStationStore.Products;

/// <summary>A drawing's idea, of which there is a motif for each tone, tall and wide.</summary>
/// <param name="Motif">The motif's name without its tone.</param>
/// <param name="Layouts">Where the drawing leaves room for a title; one named twice is drawn twice as often.</param>
public sealed record Composition(string Motif, params CoverLayout[] Layouts);

/// <summary>What a genre's covers are made of.</summary>
/// <param name="Compositions">Ideas to draw.</param>
/// <param name="Faces">Voices for the title; one named twice is chosen twice as often.</param>
/// <param name="Recipes">Palettes.</param>
public sealed record GenreStyle(Composition[] Compositions, CoverFace[] Faces, PaletteRecipe[] Recipes)
{
    private static readonly Dictionary<string, PaletteRecipe[]> Recipe = ReadRecipes();

    private static readonly Dictionary<string, GenreStyle> Styles = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Action"] = Style(
            "Action",
            [CoverFace.Tall, CoverFace.Block, CoverFace.Tall, CoverFace.Tech],
            new("action-shards", Floor, Centre, Crown, Plate),
            new("action-beam", Floor, Centre, Crown),
            new("action-torn", Floor, Crown, Plate),
            new("action-vortex", Centre, Floor),
            new("action-spire", Floor, Centre, Crown)),
        ["Adventure"] = Style(
            "Adventure",
            [CoverFace.Book, CoverFace.Tall, CoverFace.Book, CoverFace.Roman],
            new("adventure-ridges", Floor, Centre, Crown),
            new("adventure-door", Centre, Floor),
            new("adventure-forest", Centre, Floor),
            new("adventure-isle", Floor, Centre, Crown),
            new("adventure-petals", Centre, Crown, Plate)),
        ["Fighting"] = Style(
            "Fighting",
            [CoverFace.Slant, CoverFace.Block, CoverFace.Tall],
            new("fighting-clash", Floor, Crown, Plate),
            new("fighting-impact", Centre, Plate),
            new("fighting-slash", Centre, Crown, Plate),
            new("fighting-wedges", Centre, Crown, Plate)),
        ["Misc"] = Style(
            "Misc",
            [CoverFace.Block, CoverFace.Soft, CoverFace.Tall],
            new("misc-orbs", Floor, Centre, Crown),
            new("misc-bauhaus", Plate),
            new("misc-kaleido", Floor, Crown, Plate),
            new("misc-stage", Centre),
            new("misc-fan", Centre, Crown),
            new("misc-ribbons", Floor, Crown, Plate)),
        ["Music"] = Style(
            "Music",
            [CoverFace.Soft, CoverFace.Tall, CoverFace.Block],
            new("music-equal", Centre, Crown, Plate),
            new("music-highway", Centre, Crown, Plate),
            new("music-lines", Centre, Crown, Plate),
            new("music-vinyl", Centre, Plate)),
        ["Platform"] = Style(
            "Platform",
            [CoverFace.Soft, CoverFace.Soft, CoverFace.Block],
            new("platform-hills", Centre, Crown, Plate),
            new("platform-steps", Centre, Crown, Plate),
            new("platform-planet", Centre, Crown, Plate),
            new("platform-islands", Centre, Floor, Crown)),
        ["Puzzle"] = Style(
            "Puzzle",
            [CoverFace.Soft, CoverFace.Soft, CoverFace.Tech],
            new("puzzle-tess", Plate, Centre),
            new("puzzle-truchet", Plate),
            new("puzzle-nest", Centre, Crown),
            new("puzzle-blocks", Centre, Plate)),
        ["Racing"] = Style(
            "Racing",
            [CoverFace.Slant, CoverFace.Slant, CoverFace.Tech],
            new("racing-road", Floor, Centre, Crown, Plate),
            new("racing-streaks", Floor, Crown, Plate),
            new("racing-circuit", Floor, Crown, Plate),
            new("racing-hairpin", Floor, Crown, Plate)),
        ["Role-Playing"] = Style(
            "Role-Playing",
            [CoverFace.Roman, CoverFace.Blade, CoverFace.Roman, CoverFace.Tall],
            new("role-playing-moonpeaks", Centre, Centre, Crown, Plate),
            new("role-playing-runes", Centre, Centre, Crown, Plate),
            new("role-playing-blade", Centre, Centre, Plate),
            new("role-playing-gate", Centre)),
        ["Shooter"] = Style(
            "Shooter",
            [CoverFace.Tech, CoverFace.Tall, CoverFace.Block],
            new("shooter-contour", Floor, Crown, Plate),
            new("shooter-tracers", Floor, Centre, Crown),
            new("shooter-radar", Floor, Centre, Crown, Plate),
            new("shooter-halftone", Centre, Crown, Plate)),
        ["Simulation"] = Style(
            "Simulation",
            [CoverFace.Tech, CoverFace.Block, CoverFace.Tall],
            new("simulation-iso", Floor, Crown, Plate),
            new("simulation-dials", Centre, Plate),
            new("simulation-fields", Crown, Centre)),
        ["Sports"] = Style(
            "Sports",
            [CoverFace.Slant, CoverFace.Block, CoverFace.Slant],
            new Composition("sports-lanes", Floor, Crown, Plate)),
        ["Strategy"] = Style(
            "Strategy",
            [CoverFace.Tech, CoverFace.Blade, CoverFace.Tall],
            new("strategy-hexes", Centre, Crown, Plate),
            new("strategy-fronts", Floor, Crown, Plate),
            new("strategy-banners", Centre, Crown, Plate)),
    };

    private static readonly Dictionary<string, string[]> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Action-Adventure"] = ["Action", "Adventure"],
        ["MMO"] = ["Role-Playing"],
        ["Visual Novel"] = ["Adventure"],
        ["Party"] = ["Misc"],
    };

    /// <summary>The style of a title.</summary>
    /// <param name="genre">The catalogue's genre; one that is not known, or none, is drawn as Misc.</param>
    /// <param name="title">The cleaned title, which names its sport.</param>
    /// <param name="choice">Any number of the title's; it decides where a genre draws from two.</param>
    public static GenreStyle For(string? genre, string title, int choice)
    {
        var name = genre is not null && Aliases.TryGetValue(genre, out var drawnAs) ? drawnAs[choice % drawnAs.Length] : genre ?? "";
        if (SportsField.Of(title, name) is { } field)
        {
            return Styles["Sports"] with { Compositions = field.Compositions };
        }

        return Styles.TryGetValue(name, out var style) ? style : Styles["Misc"];
    }

    private static GenreStyle Style(string genre, CoverFace[] faces, params Composition[] compositions) =>
        new(compositions, faces, Recipe[genre]);

    // palettes.json: genre → tone, base hue, horizon hue, accent hue.
    private static Dictionary<string, PaletteRecipe[]> ReadRecipes()
    {
        using var stream = typeof(GenreStyle).Assembly.GetManifestResourceStream("palettes.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, JsonElement[][]>>(stream)!.ToDictionary(
            genre => genre.Key,
            genre => genre.Value.Select(row => new PaletteRecipe(
                Enum.Parse<CoverTone>(row[0].GetString()!, ignoreCase: true), row[1].GetDouble(), row[2].GetDouble(), row[3].GetDouble())).ToArray(),
            StringComparer.OrdinalIgnoreCase);
    }
}
