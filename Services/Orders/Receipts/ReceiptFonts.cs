using PdfSharp.Fonts;

namespace PlayStationStore.Orders;

/// <summary>The letters of receipts come with the service: a container has no fonts, and each machine others.</summary>
internal sealed class ReceiptFonts : IFontResolver
{
    public const string Family = "Noto Sans";

    public byte[] GetFont(string faceName)
    {
        using var file = typeof(ReceiptFonts).Assembly.GetManifestResourceStream($"fonts/{faceName}.ttf")!;
        var font = new byte[file.Length];
        file.ReadExactly(font);
        return font;
    }

    public FontResolverInfo ResolveTypeface(string familyName, bool bold, bool italic) => new(bold ? "noto-sans-bold" : "noto-sans-regular");
}
