using System.Text;

namespace PlayStationStore.Products;

/// <summary>A voice that titles speak in: font files, asked in turn for each character, and how lines of it are set.</summary>
public sealed class CoverFace
{
    // Before the faces, which are made of them.
    private static readonly string[] Subsets = ["latin", "latin-ext", "greek", "cyrillic"];

    private static readonly FontFile[] Fallback =
        [.. Subsets.Select(subset => FontFile.Load($"fira-sans-extra-condensed-{subset}-800-normal"))];

    /// <summary>Barlow Condensed: plain and strong.</summary>
    public static readonly CoverFace Block = new("barlow-condensed", "800-normal") { LineHeight = 0.86 };

    /// <summary>Barlow Condensed, slanted: speed and blows.</summary>
    public static readonly CoverFace Slant = new("barlow-condensed", "800-italic") { LineHeight = 0.86 };

    /// <summary>League Gothic: a film's bill, and the narrowest, for what fits no other.</summary>
    public static readonly CoverFace Tall = new("league-gothic", "400-normal") { LineHeight = 0.88, Tracking = 0.008 };

    /// <summary>Saira Extra Condensed: machines.</summary>
    public static readonly CoverFace Tech = new("saira-extra-condensed", "800-normal") { LineHeight = 0.86 };

    /// <summary>Grenze: forged.</summary>
    public static readonly CoverFace Blade = new("grenze", "800-normal") { LineHeight = 0.86, Tracking = 0.004 };

    /// <summary>Cinzel: carved.</summary>
    public static readonly CoverFace Roman = new("cinzel", "800-normal") { LineHeight = 0.96, LongestWord = 11 };

    /// <summary>Lilita One: round.</summary>
    public static readonly CoverFace Soft = new("lilita-one", "400-normal") { LineHeight = 0.9, KeepsCase = true, LongestWord = 11 };

    /// <summary>Gloock: a novel's title.</summary>
    public static readonly CoverFace Book =
        new("gloock", "400-normal") { LineHeight = 0.96, Tracking = -0.005, KeepsCase = true, LongestWord = 11 };

    /// <summary>Barlow Condensed, lighter: subtitles, publisher and year.</summary>
    public static readonly CoverFace Small = new("barlow-condensed", "600-normal") { LineHeight = 1.16, Tracking = 0.07 };

    private readonly FontFile[] _files;

    private CoverFace(string family, string style)
    {
        _files = [.. Subsets.Take(2).Select(subset => FontFile.Load($"{family}-{subset}-{style}"))];
        CapHeight = -new TextRun([(_files[0], "H")], 0).Ink.Top;
    }

    /// <summary>Height of a capital, in ems.</summary>
    public double CapHeight { get; }

    /// <summary>From baseline to baseline, in ems.</summary>
    public double LineHeight { get; private init; }

    /// <summary>What is added between letters, in ems.</summary>
    public double Tracking { get; private init; }

    /// <summary>Whether small letters stay small; the other faces are set in capitals.</summary>
    public bool KeepsCase { get; private init; }

    /// <summary>Letters after which a word with a hyphen may break there.</summary>
    public int LongestWord { get; private init; } = 15;

    /// <summary>Whether some file draws the character.</summary>
    /// <param name="character">The character.</param>
    public bool Draws(Rune character) => FileFor(character) is not null;

    /// <summary>Sets a text in one line.</summary>
    /// <param name="text">The text; capitals are the face's own affair, and characters that no file draws are left out.</param>
    public TextRun Set(string text)
    {
        var pieces = new List<(FontFile File, string Text)>();
        foreach (var character in Cased(text).EnumerateRunes())
        {
            if (FileFor(character) is not { } file)
            {
                continue;
            }

            if (pieces.Count > 0 && pieces[^1].File == file)
            {
                pieces[^1] = (file, pieces[^1].Text + character);
            }
            else
            {
                pieces.Add((file, character.ToString()));
            }
        }

        return new TextRun(pieces, Tracking);
    }

    // A single Greek letter in a Latin title ("α") is part of the name: only Latin letters become capitals.
    private string Cased(string text) =>
        KeepsCase ? text : string.Concat(text.Select(letter => letter < '\u0250' ? char.ToUpperInvariant(letter) : letter));

    private FontFile? FileFor(Rune character) =>
        _files.Concat(Fallback).FirstOrDefault(file => file.Draws(character.Value));
}
