using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SkiaSharp;

namespace PlayStationStore.Products;

/// <summary>A cover, composed and ready to be written: 600 by 800.</summary>
/// <param name="Subject">What it is drawn from.</param>
/// <param name="Plan">What was chosen.</param>
/// <param name="Palette">Its colours.</param>
/// <param name="Colors">The colours of type and ground.</param>
/// <param name="TitleTop">Upper edge of the title's lock-up.</param>
/// <param name="TitleBottom">Lower edge of it.</param>
/// <param name="Type">Every line of type in its place, the tab's apart.</param>
public sealed partial record Cover(
    CoverSubject Subject,
    CoverPlan Plan,
    CoverPalette Palette,
    CoverColors Colors,
    double TitleTop,
    double TitleBottom,
    IReadOnlyList<PlacedRun> Type)
{
    /// <summary>Width in pixels.</summary>
    public const int Width = 600;

    /// <summary>Height in pixels.</summary>
    public const int Height = 800;

    /// <summary>The margin left and right of the type.</summary>
    public const int Margin = 40;

    private const double PlateTop = 518;
    private const double PlateRoom = 206;
    private const double CrownTop = 104;

    // Where every motif has its light.
    private const double FocusHeight = 284;

    /// <summary>Composes the cover of a subject.</summary>
    /// <param name="subject">The subject.</param>
    public static Cover Compose(CoverSubject subject)
    {
        var plan = CoverPlan.For(subject);
        var palette = new CoverPalette(plan.Recipe);
        var box = Box(plan);
        var lockup = TitleLockup.Compose(plan.Title, box, plan.Face, plan.Justified);
        if (plan.Layout == CoverLayout.Plate && lockup.Height > PlateRoom)
        {
            lockup = TitleLockup.Compose(plan.Title, box with { Height = box.Height - (lockup.Height - PlateRoom) }, plan.Face, plan.Justified);
        }

        var top = plan.Layout switch
        {
            CoverLayout.Crown => CrownTop,
            CoverLayout.Plate => PlateTop + Math.Max(26, ((Height - PlateTop - 46 - lockup.Height) / 2) + 4),
            _ => Height - 70 - lockup.Height,
        };
        var type = lockup.Runs.Select(run => run with { Baseline = run.Baseline + top }).ToList();
        if (Imprint(subject, plan) is { } imprint)
        {
            type.Add(imprint);
        }

        return new Cover(subject, plan, palette, CoverColors.For(plan, palette), top, top + lockup.Height, type);
    }

    /// <summary>Writes the cover as an SVG that stands alone.</summary>
    /// <param name="withType">Whether the type is drawn; without it, what is behind the type can be measured.</param>
    public string ToSvg(bool withType = true)
    {
        var svg = Svg.Open(Subject.Title, SKRect.Create(Width, Height));
        WriteArt(svg);
        WriteGround(svg);
        if (withType)
        {
            Svg.WriteType(svg, Type, ColorOf);
            WriteTab(svg);
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>The colour of a line of type.</summary>
    /// <param name="role">What the line is for.</param>
    public CoverColor ColorOf(TypeRole role) => role switch
    {
        TypeRole.Number => Colors.Number,
        TypeRole.Imprint when Plan.Layout == CoverLayout.Crown => Palette.Paper,
        _ => Colors.Type,
    };

    private static TitleBox Box(CoverPlan plan) => plan.Layout switch
    {
        CoverLayout.Plate => new TitleBox(Margin, Width - (2 * Margin), 168, 150, plan.Centred, SubtitleLines: 2),
        CoverLayout.Crown => new TitleBox(Margin, Width - (2 * Margin), 270, 196, plan.Centred),
        CoverLayout.Centre => new TitleBox(Margin, Width - (2 * Margin), 290, 196, plan.Centred),
        _ => new TitleBox(Margin, Width - (2 * Margin), 300, 196, plan.Centred),
    };

    private static PlacedRun? Imprint(CoverSubject subject, CoverPlan plan)
    {
        var publisher = subject.Publisher is null or "Unknown" ? "" : CompanyWords().Replace(subject.Publisher, "");
        string?[] parts = [publisher, subject.Year?.ToString(CultureInfo.InvariantCulture)];
        var run = CoverFace.Small.Set(string.Join("  ·  ", parts.Where(part => !string.IsNullOrEmpty(part))));
        if (run.Width == 0)
        {
            return null;
        }

        var box = Box(plan);
        var size = Math.Min(19, box.Width / run.Width);
        return new PlacedRun(run, TypeRole.Imprint, box.Start(run, size), Height - 30, size);
    }

    private void WriteArt(StringBuilder svg)
    {
        // Under a crown the drawing moves down, and its own reflection fills the room above it, which the scrim all but covers.
        // The two overlap by a pixel, so that no seam shows.
        var shift = Plan.Layout == CoverLayout.Crown ? Math.Clamp(TitleBottom + 150 - FocusHeight, 60, 236) : 0;
        var mirror = Plan.Mirrored ? $"-1 0 0 1 {Width}" : "1 0 0 1 0";
        svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"matrix({mirror} {shift:0})\">");
        if (shift > 0)
        {
            svg.Append("<clipPath id=\"frame\"><path d=\"M0-1h600v801H0z\"/></clipPath><g id=\"art\" clip-path=\"url(#frame)\">");
        }

        Plan.LoadMotif("tall").Write(svg, Palette);
        svg.Append(shift > 0 ? "</g><use href=\"#art\" transform=\"scale(1 -1)\"/></g>" : "</g>");
    }

    private void WriteGround(StringBuilder svg)
    {
        switch (Plan.Layout)
        {
            case CoverLayout.Plate:
                svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M0 {PlateTop}h600v282H0z\" fill=\"{Colors.Ground}\"/>");
                svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M0 {PlateTop}h600v5H0z\" fill=\"{Colors.Rule}\"/>");
                break;
            case CoverLayout.Crown:
                var end = Math.Min(520, TitleBottom + 130);
                Svg.WriteScrim(svg, "scrim", Colors.Ground, (0, 0.88), (TitleBottom + 10, CoverColors.CrownOpacity(Plan, Palette)), (end, 0));
                Svg.WriteScrim(svg, "foot", Palette.Ink, (620, 0), (750, 0.85), (Height, 0.92));
                break;
            default:
                var start = Math.Max(250, TitleTop - 150);
                Svg.WriteScrim(svg, "scrim", Colors.Ground, (start, 0), (TitleTop - 14, CoverColors.FootOpacity(Plan, Palette)), (Height, 0.93));
                Svg.WriteScrim(svg, "head", Palette.Ink, (0, 0.42), (150, 0));
                break;
        }
    }

    private void WriteTab(StringBuilder svg)
    {
        const double Size = 33;
        const double Padding = 18;
        var run = CoverFace.Block.Set(Subject.Platform ?? "");
        if (run.Width == 0)
        {
            return;
        }

        var width = (run.Width * Size) + (2 * Padding);
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Margin} 0h{width:0.#}v46q0 8-8 8h{16 - width:0.#}q-8 0-8-8z\" ");
        svg.Append(CultureInfo.InvariantCulture, $"fill=\"{Palette.Paper}\"/>");
        Svg.WriteRun(svg, new PlacedRun(run, TypeRole.Title, Margin + Padding - (run.Ink.Left * Size), 39, Size), Palette.Ink);
    }

    [GeneratedRegex(@" (Interactive|Entertainment|Digital|Games|Computer|Inc\.?|Software)\b")]
    private static partial Regex CompanyWords();
}
