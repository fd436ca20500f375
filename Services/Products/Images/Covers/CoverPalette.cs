namespace PlayStationStore.Products;

/// <summary>The light that a cover is drawn in.</summary>
public enum CoverTone
{
    /// <summary>Dark sky, one bright light.</summary>
    Night,

    /// <summary>Deep colour that burns towards the horizon.</summary>
    Dusk,

    /// <summary>Pale sky, dark foreground.</summary>
    Day,

    /// <summary>Flat saturated colour, as on a printed bill.</summary>
    Poster,

    /// <summary>Almost no colour but the accent.</summary>
    Noir,
}

/// <summary>What a motif calls its colours.</summary>
public enum CoverToken
{
    /// <summary>Top of the sky.</summary>
    S0,

    /// <summary>Middle of the sky.</summary>
    S1,

    /// <summary>Horizon.</summary>
    S2,

    /// <summary>The light.</summary>
    Hi,

    /// <summary>The farthest layer.</summary>
    F0,

    /// <summary>A far layer.</summary>
    F1,

    /// <summary>The middle layer.</summary>
    F2,

    /// <summary>A near layer.</summary>
    F3,

    /// <summary>The nearest layer.</summary>
    F4,

    /// <summary>The accent.</summary>
    Acc,

    /// <summary>The second accent.</summary>
    Acc2,

    /// <summary>The darkest colour, for type on pale ground.</summary>
    Ink,

    /// <summary>The palest colour, for type on dark ground.</summary>
    Paper,
}

/// <summary>Three hues and a tone, from which every colour of a cover follows.</summary>
/// <param name="Tone">The light.</param>
/// <param name="Base">Hue of sky and layers, in degrees of OKLCH.</param>
/// <param name="Horizon">Hue of horizon and light, in degrees.</param>
/// <param name="Accent">Hue of the accent, in degrees.</param>
public sealed record PaletteRecipe(CoverTone Tone, double Base, double Horizon, double Accent)
{
    /// <summary>The same recipe with its hues turned a little, so that two titles of one recipe are not alike.</summary>
    /// <param name="degrees">The turn; the accent takes half of it.</param>
    public PaletteRecipe Turned(double degrees) =>
        this with { Base = Base + degrees, Horizon = Horizon + degrees, Accent = Accent + (degrees / 2) };
}

/// <summary>The colours of one cover.</summary>
public sealed class CoverPalette
{
    private readonly CoverColor[] _colors;

    /// <summary>Mixes the colours of a recipe.</summary>
    /// <param name="recipe">Tone and hues.</param>
    public CoverPalette(PaletteRecipe recipe)
    {
        Tone = recipe.Tone;
        var tints = Tints(recipe.Tone, new Hues(recipe.Base, recipe.Horizon, recipe.Accent));
        _colors =
        [
            .. tints.Select(tint => CoverColor.FromOklch(tint.Lightness, tint.Chroma, tint.Hue)),
            default,
            CoverColor.FromOklch(0.975, 0.012, recipe.Horizon),
        ];
        _colors[(int)CoverToken.Ink] = this[CoverToken.F4];
    }

    /// <summary>The light that the palette is for.</summary>
    public CoverTone Tone { get; }

    /// <summary>The colour for type on dark ground.</summary>
    public CoverColor Paper => this[CoverToken.Paper];

    /// <summary>The colour for type on pale ground.</summary>
    public CoverColor Ink => this[CoverToken.Ink];

    /// <summary>The accent.</summary>
    public CoverColor Accent => this[CoverToken.Acc];

    /// <summary>The colour of a token.</summary>
    /// <param name="token">What a motif calls the colour.</param>
    public CoverColor this[CoverToken token] => _colors[(int)token];

    // Lightness, chroma and hue of S0 S1 S2, Hi, F0 to F4, Acc and Acc2.
    private static (double Lightness, double Chroma, double Hue)[] Tints(CoverTone tone, Hues hue) => tone switch
    {
        CoverTone.Night =>
        [
            (0.15, 0.055, hue.Base), (0.27, 0.11, hue.Base), (0.5, 0.16, hue.Middle), (0.9, 0.1, hue.Horizon),
            (0.4, 0.125, hue.Middle), (0.31, 0.11, hue.Third), (0.235, 0.085, hue.Base), (0.175, 0.06, hue.Base), (0.125, 0.04, hue.Base),
            (0.78, 0.17, hue.Accent), (0.66, 0.2, hue.Horizon),
        ],
        CoverTone.Dusk =>
        [
            (0.25, 0.11, hue.Base), (0.45, 0.16, hue.Middle), (0.74, 0.16, hue.Horizon), (0.95, 0.08, hue.Horizon + 20),
            (0.52, 0.15, hue.Middle), (0.41, 0.14, hue.Third), (0.3, 0.11, hue.Base), (0.215, 0.08, hue.Base), (0.145, 0.05, hue.Base),
            (0.82, 0.16, hue.Accent), (0.66, 0.22, hue.Horizon),
        ],
        CoverTone.Day =>
        [
            (0.83, 0.085, hue.Base), (0.9, 0.06, hue.Middle), (0.965, 0.035, hue.Horizon), (0.99, 0.02, hue.Horizon),
            (0.76, 0.095, hue.Base), (0.62, 0.12, hue.Base), (0.47, 0.12, hue.Base), (0.34, 0.1, hue.Base), (0.23, 0.065, hue.Base),
            (0.64, 0.21, hue.Accent), (0.75, 0.16, hue.Horizon),
        ],
        CoverTone.Poster =>
        [
            (0.4, 0.17, hue.Base), (0.44, 0.18, hue.Third), (0.54, 0.19, hue.Middle), (0.96, 0.04, hue.Accent),
            (0.5, 0.17, hue.Base), (0.42, 0.16, hue.Base), (0.335, 0.135, hue.Base), (0.25, 0.1, hue.Base), (0.17, 0.06, hue.Base),
            (0.86, 0.17, hue.Accent), (0.72, 0.18, hue.Horizon + 25),
        ],
        _ =>
        [
            (0.14, 0.008, hue.Base), (0.24, 0.012, hue.Base), (0.52, 0.02, hue.Base), (0.93, 0.02, hue.Base),
            (0.42, 0.016, hue.Base), (0.33, 0.014, hue.Base), (0.25, 0.012, hue.Base), (0.18, 0.01, hue.Base), (0.12, 0.008, hue.Base),
            (0.66, 0.22, hue.Accent), (0.58, 0.22, hue.Accent),
        ],
    };

    private readonly record struct Hues(double Base, double Horizon, double Accent)
    {
        public double Middle => Between(0.5);

        public double Third => Between(0.3);

        // The shorter way round the circle.
        private double Between(double amount) => Base + (((((Horizon - Base + 540) % 360) - 180)) * amount);
    }
}
