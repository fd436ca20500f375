namespace PlayStationStore.Products;

/// <summary>The colours of a cover's type and of the ground that it stands on.</summary>
/// <param name="Ground">The scrim or plate.</param>
/// <param name="Type">Title and subtitle.</param>
/// <param name="Number">The title's number.</param>
/// <param name="Rule">The line along a plate's upper edge.</param>
public sealed record CoverColors(CoverColor Ground, CoverColor Type, CoverColor Number, CoverColor Rule)
{
    /// <summary>What WCAG 2 AA asks of text; the type holds it on the worst pixel behind it.</summary>
    public const double LeastContrast = 4.5;

    /// <summary>Chooses for a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="palette">Its palette.</param>
    public static CoverColors For(CoverPlan plan, CoverPalette palette) => plan.Layout switch
    {
        CoverLayout.Plate => OnPlate(plan, palette),
        CoverLayout.Crown when palette.Tone == CoverTone.Day => OnPaleSky(palette),
        CoverLayout.Crown => OnScrim(palette, IsBright(plan, palette), CrownOpacity(plan, palette)),
        _ => OnScrim(palette, IsBright(plan, palette), FootOpacity(plan, palette)),
    };

    /// <summary>How dense a scrim at the head is where the title ends.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="palette">Its palette.</param>
    public static double CrownOpacity(CoverPlan plan, CoverPalette palette) => IsBright(plan, palette) ? 0.8 : 0.71;

    /// <summary>How dense a scrim at the foot is where the title begins.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="palette">Its palette.</param>
    public static double FootOpacity(CoverPlan plan, CoverPalette palette) => IsBright(plan, palette) ? 0.8 : 0.66;

    // Whether the art has pale places behind the type.
    private static bool IsBright(CoverPlan plan, CoverPalette palette) =>
        palette.Tone == CoverTone.Day || plan.Composition.Motif.StartsWith("fighting", StringComparison.Ordinal);

    /// <summary>A colour, mixed towards another in fifths until it is readable, so that it keeps as much of itself as it may.</summary>
    /// <param name="color">The colour.</param>
    /// <param name="towards">The other, which is readable.</param>
    /// <param name="ground">What both stand on.</param>
    public static CoverColor Readable(CoverColor color, CoverColor towards, CoverColor ground) =>
        FirstOn(ground, Enumerable.Range(0, 5).Select(fifth => color.Mix(towards, fifth / 5d)), towards);

    private static CoverColors OnPlate(CoverPlan plan, CoverPalette palette)
    {
        CoverColor[] plates =
            [palette.Ink, palette.Tone == CoverTone.Day ? palette[CoverToken.S2] : palette.Accent, palette.Paper, palette[CoverToken.F3]];
        var plate = plates[plan.PlateColor];
        var type = plate.Contrast(palette.Paper) > plate.Contrast(palette.Ink) ? palette.Paper : palette.Ink;

        var second = palette[CoverToken.Acc2];
        var number = FirstOn(
            plate, [palette.Accent, second, palette[CoverToken.F1], palette[CoverToken.F2], second.Mix(palette.Ink, 0.4)], otherwise: type);
        return new CoverColors(plate, type, number, number == type ? second : number);
    }

    private static CoverColors OnPaleSky(CoverPalette palette)
    {
        var sky = palette[CoverToken.S0];
        var darkest = palette[CoverToken.F3].Mix(sky, 0.78);
        return new CoverColors(sky, palette.Ink, Readable(palette.Accent, palette.Ink, darkest), default);
    }

    private static CoverColors OnScrim(CoverPalette palette, bool bright, double opacity)
    {
        var light = palette[CoverToken.Hi];
        var palest = (bright ? light : palette[CoverToken.S2].Mix(light, 0.85)).Mix(palette.Ink, opacity);
        return new CoverColors(palette.Ink, palette.Paper, Readable(palette.Accent, palette.Paper, palest), default);
    }

    private static CoverColor FirstOn(CoverColor ground, IEnumerable<CoverColor> candidates, CoverColor otherwise) =>
        candidates.Where(candidate => candidate.Contrast(ground) >= LeastContrast).Append(otherwise).First();
}
