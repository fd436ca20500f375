using System.Security.Cryptography;
using System.Text;

namespace PlayStationStore.Products;

/// <summary>
/// What is chosen for a title before anything is drawn. The title's hash decides, so its platforms share the art;
/// the series' hash decides the face, so a series speaks with one voice.
/// </summary>
/// <param name="Title">The title's parts.</param>
/// <param name="Composition">The idea that is drawn.</param>
/// <param name="Recipe">The palette.</param>
/// <param name="Layout">Where the title stands.</param>
/// <param name="Mirrored">Whether the art (never the type) is mirrored.</param>
/// <param name="Face">The title's face.</param>
/// <param name="Justified">Whether each line of the title may fill the width.</param>
/// <param name="Centred">Whether the type is centred.</param>
/// <param name="PlateColor">Which of four colours a plate has.</param>
public sealed record CoverPlan(
    TitleText Title,
    Composition Composition,
    PaletteRecipe Recipe,
    CoverLayout Layout,
    bool Mirrored,
    CoverFace Face,
    bool Justified,
    bool Centred,
    int PlateColor)
{
    private const double HueJitter = 16;

    /// <summary>Chooses for a subject.</summary>
    /// <param name="subject">The subject.</param>
    public static CoverPlan For(CoverSubject subject)
    {
        var cleaned = TitleText.Clean(subject.Title);
        var title = TitleText.Parse(subject.Title);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(cleaned));
        var series = SHA256.HashData(Encoding.UTF8.GetBytes(title.Series));

        var style = GenreStyle.For(subject.Genre, cleaned, hash[9]);
        var composition = Pick(style.Compositions, hash[0]);
        var layout = Pick(composition.Layouts, hash[3]);
        return new CoverPlan(
            title,
            composition,
            Pick(style.Recipes, hash[1]).Turned(((hash[2] / 255d) - 0.5) * HueJitter),
            layout,
            Mirrored: (hash[4] & 1) == 1,
            Pick(style.Faces, series[0]),
            Justified: series[1] % 5 < 3,
            Centred: layout == CoverLayout.Centre || (layout == CoverLayout.Plate && (hash[5] & 1) == 1),
            PlateColor: hash[6] % 4);
    }

    /// <summary>The motif for this plan.</summary>
    /// <param name="folder"><c>tall</c> or <c>wide</c>.</param>
    public Motif LoadMotif(string folder)
    {
        // Poster and noir colour the drawings of dusk and night.
        var tone = Recipe.Tone switch { CoverTone.Day => "day", CoverTone.Night or CoverTone.Noir => "night", _ => "dusk" };
        return Motif.Load(folder, $"{Composition.Motif}-{tone}");
    }

    private static T Pick<T>(T[] choices, byte number) => choices[number % choices.Length];
}
