using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using HarfBuzzSharp;
using SkiaSharp;

namespace PlayStationStore.Products;

/// <summary>One embedded TTF: HarfBuzz places its glyphs (kerning, ligatures), Skia gives their outlines.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A font lives as long as the process.")]
public sealed class FontFile
{
    private static readonly ConcurrentDictionary<string, FontFile> Loaded = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<ushort, SKPath> _outlines = new();
    // Both libraries read it for as long as the font lives.
    private readonly SKData _file;
    private readonly Font _shaper;
    private readonly SKFont _font;

    private FontFile(SKData file)
    {
        _file = file;
        var typeface = SKTypeface.FromData(file);
        UnitsPerEm = typeface.UnitsPerEm;
        _font = new SKFont(typeface, UnitsPerEm) { Hinting = SKFontHinting.None, LinearMetrics = true, Subpixel = true };

        var face = new Face(new Blob(file.Data, (int)file.Size, MemoryMode.ReadOnly), 0);
        _shaper = new Font(face);
        _shaper.SetScale(UnitsPerEm, UnitsPerEm);
        _shaper.SetFunctionsOpenType();
    }

    /// <summary>The units that a glyph's measures are in.</summary>
    public int UnitsPerEm { get; }

    /// <summary>The font of that name.</summary>
    /// <param name="name">The file's name in <c>Fonts</c>, without its ending.</param>
    public static FontFile Load(string name) => Loaded.GetOrAdd(name, static name =>
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"fonts/{name}.ttf")
            ?? throw new FileNotFoundException($"No font {name}.");
        return new FontFile(SKData.Create(stream));
    });

    /// <summary>Whether the font draws a character.</summary>
    /// <param name="codePoint">The character's Unicode number.</param>
    public bool Draws(int codePoint) => _font.ContainsGlyph(codePoint);

    /// <summary>Glyphs of a text that the font draws whole, each with its step to the next, in units of the em.</summary>
    /// <param name="text">The text.</param>
    public IReadOnlyList<(ushort Glyph, int Step, int OffsetX, int OffsetY)> Shape(string text)
    {
        using var buffer = new HarfBuzzSharp.Buffer();
        buffer.AddUtf16(text);
        buffer.GuessSegmentProperties();
        _shaper.Shape(buffer);
        var positions = buffer.GlyphPositions;
        return [.. buffer.GlyphInfos.Select((glyph, index) =>
            ((ushort)glyph.Codepoint, positions[index].XAdvance, positions[index].XOffset, positions[index].YOffset))];
    }

    /// <summary>A glyph's outline in units of the em, y down from the baseline.</summary>
    /// <param name="glyph">The glyph's number in this font.</param>
    public SKPath Outline(ushort glyph) => _outlines.GetOrAdd(glyph, number => _font.GetGlyphPath(number) ?? new SKPath());
}
