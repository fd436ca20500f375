using System.Globalization;
using System.Text;

namespace PlayStationStore.Load;

/// <summary>Draws latencies by size as an SVG, both on logarithmic scales.</summary>
public static class GrowthPlot
{
    private const double Width = 720, Height = 400, Left = 60, Right = 110, Top = 20, Bottom = 50, LabelWidth = 50;

    private static readonly string[] Colours = ["#888888", "#0070d1", "#d53b00", "#1f8a3b", "#8a2be2", "#c98a00", "#00838f"];

    /// <summary>Draws a line a kind.</summary>
    /// <param name="points">Each size with its milliseconds by kind; the kinds of all are the same.</param>
    public static string Draw(IReadOnlyList<(int Size, IReadOnlyList<(string Kind, double Milliseconds)> Kinds)> points)
    {
        var (small, large) = (Math.Log10(points.Min(point => point.Size)), Math.Log10(points.Max(point => point.Size)));
        var all = points.SelectMany(point => point.Kinds).Select(kind => Math.Log10(kind.Milliseconds)).ToList();
        var (low, high) = (Math.Floor(all.Min()), Math.Ceiling(all.Max()));
        double X(double size) => Left + ((Math.Log10(size) - small) / Math.Max(large - small, 0.01) * (Width - Left - Right));
        double Y(double milliseconds) => Height - Bottom - ((Math.Log10(milliseconds) - low) / Math.Max(high - low, 0.01) * (Height - Top - Bottom));

        var svg = new StringBuilder();
        svg.AppendLine(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">");
        svg.AppendLine("<title>Median latency by the size of the catalogue</title>");
        svg.AppendLine("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        for (var power = low; power <= high; power++)
        {
            var y = Y(Math.Pow(10, power));
            svg.AppendLine(CultureInfo.InvariantCulture, $"<path d=\"M{Left} {y:0.#}H{Width - Right}\" stroke=\"#dddddd\"/><text x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{Math.Pow(10, power):0.##} ms</text>");
        }

        var lettered = double.NegativeInfinity;
        foreach (var (size, _) in points)
        {
            if (X(size) - lettered <= LabelWidth)
            {
                // Of two sizes that are close, only the first has room for its name.
                continue;
            }

            lettered = X(size);
            svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{X(size):0.#}\" y=\"{Height - Bottom + 20}\" text-anchor=\"middle\">{size:N0}</text>");
        }

        svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">products</text>");
        for (var kind = 0; kind < points[0].Kinds.Count; kind++)
        {
            var line = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.Size):0.#},{Y(point.Kinds[kind].Milliseconds):0.#}")));
            svg.AppendLine(CultureInfo.InvariantCulture, $"<polyline points=\"{line}\" fill=\"none\" stroke=\"{Colours[kind % Colours.Length]}\" stroke-width=\"2\"/>");
            // Names stand apart from each other, whatever their lines do.
            svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right + 10}\" y=\"{Top + 14 + (kind * 18)}\" fill=\"{Colours[kind % Colours.Length]}\">{points[0].Kinds[kind].Kind}</text>");
        }

        return svg.AppendLine("</svg>").ToString();
    }
}
