using SkiaSharp;

namespace PlayStationStore.Products;

/// <summary>A line of shaped glyphs. Measures are in ems, so that one run serves every size.</summary>
public sealed class TextRun
{
    private readonly List<(SKPath Outline, float Scale, float X, float Y)> _glyphs = [];

    /// <summary>Shapes pieces of text one after another.</summary>
    /// <param name="pieces">Text, each piece with the file that draws it.</param>
    /// <param name="tracking">What is added between letters, in ems.</param>
    public TextRun(IReadOnlyList<(FontFile File, string Text)> pieces, double tracking)
    {
        var pen = 0f;
        var ink = SKRect.Empty;
        foreach (var (file, text) in pieces)
        {
            var scale = 1f / file.UnitsPerEm;
            foreach (var (glyph, step, offsetX, offsetY) in file.Shape(text))
            {
                var outline = file.Outline(glyph);
                var (x, y) = (pen + (offsetX * scale), -offsetY * scale);
                if (!outline.IsEmpty)
                {
                    var bounds = outline.TightBounds;
                    ink.Union(new SKRect(
                        x + (bounds.Left * scale), y + (bounds.Top * scale), x + (bounds.Right * scale), y + (bounds.Bottom * scale)));
                    _glyphs.Add((outline, scale, x, y));
                }

                pen += (step * scale) + (float)tracking;
            }
        }

        Ink = ink;
        Advance = Math.Max(0, pen - tracking);
    }

    /// <summary>The box of what is drawn, from the start of the baseline, y down.</summary>
    public SKRect Ink { get; }

    /// <summary>From the start of the first letter to the end of the last, spaces included.</summary>
    public double Advance { get; }

    /// <summary>Width of what is drawn: lines are aligned by it, so that stems stand on the margin.</summary>
    public double Width => Ink.Width;

    /// <summary>Writes the outlines.</summary>
    /// <param name="path">Where to write.</param>
    /// <param name="x">Start of the baseline.</param>
    /// <param name="y">The baseline.</param>
    /// <param name="size">Pixels an em.</param>
    public void Write(PathWriter path, double x, double y, double size)
    {
        foreach (var glyph in _glyphs)
        {
            using var verbs = glyph.Outline.CreateRawIterator();
            var points = new SKPoint[4];
            for (var verb = verbs.Next(points); verb != SKPathVerb.Done; verb = verbs.Next(points))
            {
                switch (verb)
                {
                    case SKPathVerb.Move:
                        path.MoveTo(X(points[0]), Y(points[0]));
                        break;
                    case SKPathVerb.Line:
                        path.LineTo(X(points[1]), Y(points[1]));
                        break;
                    case SKPathVerb.Quad:
                        path.QuadTo(X(points[1]), Y(points[1]), X(points[2]), Y(points[2]));
                        break;
                    case SKPathVerb.Cubic:
                        path.CubicTo(X(points[1]), Y(points[1]), X(points[2]), Y(points[2]), X(points[3]), Y(points[3]));
                        break;
                    case SKPathVerb.Close:
                        path.Close();
                        break;
                }
            }

            double X(SKPoint point) => x + (((point.X * glyph.Scale) + glyph.X) * size);
            double Y(SKPoint point) => y + (((point.Y * glyph.Scale) + glyph.Y) * size);
        }
    }
}
