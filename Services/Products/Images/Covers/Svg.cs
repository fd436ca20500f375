using System.Globalization;
using System.Security;
using System.Text;
using System.Xml;
using SkiaSharp;

namespace PlayStationStore.Products;

/// <summary>The few SVG elements that pictures are written with.</summary>
public static class Svg
{
    /// <summary>Begins a document; the caller appends what is drawn and <c>&lt;/svg&gt;</c>.</summary>
    /// <param name="title">What is drawn, for those who do not see it.</param>
    /// <param name="box">The part of the plane that is shown, at its natural size.</param>
    /// <param name="fills">Whether the drawing fills a box of other proportions and is cropped, in place of fitting inside.</param>
    public static StringBuilder Open(string title, SKRect box, bool fills = false)
    {
        var svg = new StringBuilder(48 * 1024);
        svg.Append("<svg xmlns=\"http://www.w3.org/2000/svg\" ");
        svg.Append(CultureInfo.InvariantCulture, $"viewBox=\"{box.Left:0.#} {box.Top:0.#} {box.Width:0.#} {box.Height:0.#}\" ");
        svg.Append(CultureInfo.InvariantCulture, $"width=\"{box.Width:0.#}\" height=\"{box.Height:0.#}\" role=\"img\" aria-label=\"{Text(title)}\"");
        return svg.Append(fills ? " preserveAspectRatio=\"xMidYMid slice\">" : ">");
    }

    // Characters that XML does not know are left out.
    private static string Text(string text) =>
        SecurityElement.Escape(string.Concat(text.EnumerateRunes()
            .Where(rune => rune != Rune.ReplacementChar && (rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value)))));

    /// <summary>Writes lines of type, those of one colour and opacity as one path.</summary>
    /// <param name="svg">Where to write.</param>
    /// <param name="runs">The lines.</param>
    /// <param name="colorOf">The colour of each role.</param>
    public static void WriteType(StringBuilder svg, IEnumerable<PlacedRun> runs, Func<TypeRole, CoverColor> colorOf)
    {
        foreach (var path in runs.GroupBy(run => (Color: colorOf(run.Role), Quiet: run.Role == TypeRole.Imprint)))
        {
            svg.Append("<path d=\"");
            var writer = new PathWriter(svg);
            foreach (var run in path)
            {
                run.Run.Write(writer, run.X, run.Baseline, run.Size);
            }

            svg.Append(CultureInfo.InvariantCulture, $"\" fill=\"{path.Key.Color}\"{(path.Key.Quiet ? " opacity=\".82\"" : "")}/>");
        }
    }

    /// <summary>Writes one line of type.</summary>
    /// <param name="svg">Where to write.</param>
    /// <param name="run">The line.</param>
    /// <param name="color">Its colour.</param>
    public static void WriteRun(StringBuilder svg, PlacedRun run, CoverColor color) => WriteType(svg, [run], _ => color);

    /// <summary>Writes a band across a cover whose opacity goes from stop to stop, downwards.</summary>
    /// <param name="svg">Where to write.</param>
    /// <param name="id">The gradient's identifier in the drawing.</param>
    /// <param name="color">The band's colour.</param>
    /// <param name="stops">Heights in pixels, ascending, each with an opacity.</param>
    public static void WriteScrim(StringBuilder svg, string id, CoverColor color, params (double Y, double Opacity)[] stops)
    {
        var (top, height) = (stops[0].Y, stops[^1].Y - stops[0].Y);
        svg.Append(CultureInfo.InvariantCulture, $"<linearGradient id=\"{id}\" x2=\"0\" y2=\"1\">");
        foreach (var (y, opacity) in stops)
        {
            var offset = (y - top) / height;
            svg.Append(CultureInfo.InvariantCulture, $"<stop offset=\"{offset:0.###}\" stop-color=\"{color}\" stop-opacity=\"{opacity:0.##}\"/>");
        }

        svg.Append(CultureInfo.InvariantCulture, $"</linearGradient><path d=\"M0 {top:0.#}h600v{height:0.#}H0z\" fill=\"url(#{id})\"/>");
    }
}
