using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace PlayStationStore.Orders;

/// <summary>Pages of text that are filled from top to bottom; lengths are in points, from the left margin.</summary>
internal sealed class ReceiptSheet(PdfDocument document, string foot) : IDisposable
{
    /// <summary>What of an A4 page lies between the margins.</summary>
    public const double Width = 595 - (2 * Margin);

    private const double Margin = 56;
    private const double Bottom = 842 - 64;

    private static readonly XBrush Ink = new XSolidBrush(XColor.FromArgb(0x14, 0x18, 0x20));
    private static readonly XBrush Grey = new XSolidBrush(XColor.FromArgb(0x55, 0x5d, 0x6b));
    private static readonly XPen Rule = new(XColor.FromArgb(0xc8, 0xce, 0xd8), 0.7);

    private XGraphics? page;

    /// <summary>How far down the page is filled.</summary>
    public double Y { get; set; }

    /// <summary>Goes on to the next page where what follows does not fit on this one.</summary>
    /// <param name="height">What follows.</param>
    public void Need(double height)
    {
        if (page is not null && Y + height <= Bottom)
        {
            return;
        }

        page?.Dispose();
        var sheet = document.AddPage();
        (sheet.Width, sheet.Height) = (XUnit.FromPoint(595), XUnit.FromPoint(842));
        page = XGraphics.FromPdfPage(sheet);
        Y = Margin;
        page.DrawString($"{foot} · page {document.PageCount}", Font(8), Grey, Margin, 842 - 36);
    }

    public void Line()
    {
        Need(1);
        page!.DrawLine(Rule, Margin, Y, Margin + Width, Y);
    }

    /// <summary>Writes a text into a column, in as many lines as it needs, and returns how high it is; the sheet does not move on.</summary>
    /// <param name="text">The text.</param>
    /// <param name="left">The column's left side.</param>
    /// <param name="width">Its width.</param>
    /// <param name="style">How it is written.</param>
    /// <param name="down">How far below <see cref="Y"/> it begins.</param>
    public double Write(string text, double left, double width, ReceiptStyle style, double down = 0)
    {
        var font = Font(style.Size, style.Bold);
        var height = style.Size * 1.4;
        var lines = Wrap(text, width, font);
        foreach (var (index, line) in lines.Index())
        {
            var x = Margin + left + (style.Right ? width - page!.MeasureString(line, font).Width : 0);
            page!.DrawString(line, font, style.Quiet ? Grey : Ink, x, Y + down + (index * height) + style.Size);
        }

        return lines.Count * height;
    }

    /// <summary>How high a text is in a column.</summary>
    public double HeightOf(string text, double width, ReceiptStyle style)
    {
        Need(0);
        return Wrap(text, width, Font(style.Size, style.Bold)).Count * style.Size * 1.4;
    }

    public void Dispose() => page?.Dispose();

    // Unicode throughout, so that every letter can be copied and read aloud.
    private static XFont Font(double size, bool bold = false) =>
        new(ReceiptFonts.Family, size, bold ? XFontStyleEx.Bold : XFontStyleEx.Regular, XPdfFontOptions.UnicodeDefault);

    private List<string> Wrap(string text, double width, XFont font)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (Fits(longer))
            {
                line = longer;
                continue;
            }

            if (line.Length > 0)
            {
                lines.Add(line);
            }

            line = word;
            // A word that is wider than its column is cut.
            while (!Fits(line))
            {
                var fitting = line.Length - 1;
                while (fitting > 1 && !Fits(line[..fitting]))
                {
                    fitting--;
                }

                fitting -= fitting > 1 && char.IsHighSurrogate(line[fitting - 1]) ? 1 : 0;
                lines.Add(line[..fitting]);
                line = line[fitting..];
            }
        }

        lines.Add(line);
        return lines;

        bool Fits(string words) => words.Length <= 1 || page!.MeasureString(words, font).Width <= width;
    }
}

/// <summary>How a text is written.</summary>
/// <param name="Right">Ends at the right side of its column.</param>
/// <param name="Quiet">Grey, for what is read second.</param>
internal sealed record ReceiptStyle(double Size, bool Bold = false, bool Right = false, bool Quiet = false);
