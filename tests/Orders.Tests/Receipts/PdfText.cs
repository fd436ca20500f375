using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PdfSharp.Pdf;
using PdfSharp.Pdf.Content;
using PdfSharp.Pdf.Content.Objects;
using PdfSharp.Pdf.IO;

namespace PlayStationStore.Orders.Tests;

/// <summary>The words of a PDF file, page by page, as somebody who copies them from it gets them.</summary>
internal static partial class PdfText
{
    public static IReadOnlyList<string> Of(byte[] file)
    {
        using var document = PdfReader.Open(new MemoryStream(file), PdfDocumentOpenMode.Import);
        return [.. document.Pages.Cast<PdfPage>().Select(OfPage)];
    }

    private static string OfPage(PdfPage page)
    {
        var fonts = page.Elements.GetDictionary("/Resources")!.Elements.GetDictionary("/Font")!;
        var letters = fonts.Elements.Keys.ToDictionary(name => name, name => LettersOf(fonts.Elements.GetDictionary(name)!));
        var words = new StringBuilder();
        Dictionary<int, string>? font = null;
        foreach (var operation in ContentReader.ReadContent(page).OfType<COperator>())
        {
            switch (operation.OpCode.OpCodeName)
            {
                case OpCodeName.Tf:
                    font = letters[((CName)operation.Operands[0]).Name];
                    break;
                case OpCodeName.Tj:
                    var glyphs = ((CString)operation.Operands[0]).Value;
                    for (var at = 0; at + 1 < glyphs.Length; at += 2)
                    {
                        words.Append(font!.GetValueOrDefault((glyphs[at] << 8) | glyphs[at + 1], "□"));
                    }

                    words.Append('\n');
                    break;
            }
        }

        return words.ToString();
    }

    private static Dictionary<int, string> LettersOf(PdfDictionary font)
    {
        var map = Encoding.Latin1.GetString(font.Elements.GetDictionary("/ToUnicode")!.Stream.UnfilteredValue);
        return Ranges().Matches(map).ToDictionary(
            range => int.Parse(range.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            range => char.ConvertFromUtf32(int.Parse(range.Groups[3].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
    }

    [GeneratedRegex("<([0-9A-Fa-f]{4})><([0-9A-Fa-f]{4})><([0-9A-Fa-f]{4,})>")]
    private static partial Regex Ranges();
}
