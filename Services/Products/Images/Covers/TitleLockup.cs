using SkiaSharp;

namespace PlayStationStore.Products;

/// <summary>What a line of type is for.</summary>
public enum TypeRole
{
    /// <summary>A licence's name above the title.</summary>
    Prefix,

    /// <summary>The title.</summary>
    Title,

    /// <summary>The number that ends it, in the accent.</summary>
    Number,

    /// <summary>The subtitle.</summary>
    Subtitle,

    /// <summary>Publisher and year.</summary>
    Imprint,
}

/// <summary>A line of type in its place.</summary>
/// <param name="Run">The glyphs.</param>
/// <param name="Role">What the line is for.</param>
/// <param name="X">Start of the baseline.</param>
/// <param name="Baseline">The baseline.</param>
/// <param name="Size">Pixels an em.</param>
public sealed record PlacedRun(TextRun Run, TypeRole Role, double X, double Baseline, double Size)
{
    /// <summary>The box of what is drawn.</summary>
    public SKRect Bounds
    {
        get
        {
            var (ink, size) = (Run.Ink, (float)Size);
            return SKRect.Create(
                (float)X + (ink.Left * size), (float)Baseline + (ink.Top * size), ink.Width * size, ink.Height * size);
        }
    }
}

/// <summary>The room that a lock-up has.</summary>
/// <param name="Left">Left edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height for prefix, title and subtitle together.</param>
/// <param name="LargestSize">The title's largest size, in pixels an em.</param>
/// <param name="Centred">Whether lines are centred; else they begin at the left edge.</param>
/// <param name="SubtitleLines">The most lines that a subtitle should take.</param>
public sealed record TitleBox(double Left, double Width, double Height, double LargestSize, bool Centred = false, int SubtitleLines = 3)
{
    /// <summary>Where a line's baseline begins.</summary>
    /// <param name="run">The line.</param>
    /// <param name="size">Pixels an em.</param>
    public double Start(TextRun run, double size) =>
        (Centred ? Left + ((Width - (run.Width * size)) / 2) : Left) - (run.Ink.Left * size);
}

/// <summary>A title set as one mark: prefix, lines, number and subtitle. Its top is at 0.</summary>
/// <param name="Runs">The lines in their places.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Face">The face that fitted.</param>
public sealed record TitleLockup(IReadOnlyList<PlacedRun> Runs, double Height, CoverFace Face)
{
    private const double TooSmall = 58;
    private const double PrefixSize = 34;
    private const double PrefixHeight = 40;
    private const double SubtitleGap = 20;
    private const double NumberGap = 24;

    private static readonly double[] SubtitleSizes = [40, 36, 32, 29, 26, 24, 22];

    /// <summary>Sets a title in a box. Nothing is ever cut; what is too long gets smaller.</summary>
    /// <param name="title">The title's parts.</param>
    /// <param name="box">The room.</param>
    /// <param name="face">The face; League Gothic takes over where it would come out too small.</param>
    /// <param name="justified">Whether each line may fill the width.</param>
    public static TitleLockup Compose(TitleText title, TitleBox box, CoverFace face, bool justified)
    {
        var height = box.Height - (title.Subtitle.Length > 30 ? 64 : title.Subtitle.Length > 0 ? 36 : 0) - (title.Prefix.Length > 0 ? PrefixSize : 0);
        var main = Fit(face);
        if (main.Block.Size < TooSmall && face != CoverFace.Tall)
        {
            face = CoverFace.Tall;
            main = Fit(face);
        }

        var runs = new List<PlacedRun>();
        var top = 0d;
        if (title.Prefix.Length > 0)
        {
            var run = CoverFace.Small.Set(title.Prefix);
            var size = Math.Min(PrefixSize, box.Width / run.Width);
            runs.Add(new PlacedRun(run, TypeRole.Prefix, box.Start(run, size), PrefixSize * 0.72, size));
            top = PrefixHeight;
        }

        runs.AddRange(Place(main, title.Number, box, face, top));
        // A "g" or a "p" on the last line reaches below the baseline; round letters do by a hair, which is no matter.
        var depth = runs.Max(run => run.Bounds.Bottom) - top - main.Block.Height;
        top += main.Block.Height + (depth > 6 ? depth : 0);

        if (title.Subtitle.Length > 0)
        {
            var (lines, size) = FitSubtitle(title.Subtitle, box);
            top += SubtitleGap;
            foreach (var line in lines)
            {
                top += size * 0.74;
                runs.Add(new PlacedRun(line, TypeRole.Subtitle, box.Start(line, size), top, size));
                top += size * 0.42;
            }
        }

        return new TitleLockup(runs, top, face);

        Setting Fit(CoverFace face) =>
            FitMain(new TitleBox(box.Left, box.Width, height, box.LargestSize, box.Centred), title.Main, title.Number, face, justified);
    }

    private static Setting FitMain(TitleBox box, string main, string number, CoverFace face, bool justified)
    {
        var words = Words(main, face);
        if (number.Length == 0)
        {
            return new Setting(TitleBlock.Fit(TitleBlock.Breaks(words, face), face, box.Width, box.Height, box.LargestSize, justified), 0);
        }

        // A space that does not break keeps the number with the last word.
        var glued = words.ToArray();
        glued[^1] = glued[^1] with { Text = $"{glued[^1].Text}\u00a0{number}" };
        var within = TitleBlock.Fit(TitleBlock.Breaks(glued, face), face, box.Width, box.Height, box.LargestSize, justified);
        return FitBeside(box, words, number, face, justified) is { } beside && beside.Block.Size >= Math.Min(within.Size * 0.62, 120)
            ? beside
            : new Setting(within, 0);
    }

    // The number as tall as the lines beside it. The wider the lines, the taller both, until there is no room left for the number.
    private static Setting? FitBeside(TitleBox box, TitleWord[] words, string number, CoverFace face, bool justified)
    {
        const double LargestNumber = 230;
        const double LargestSize = 170;
        const double Narrowest = 200;
        const double MostOfWords = 0.6;
        if (box.Centred || number.Length > 3 || words.Length == 1)
        {
            return null;
        }

        var breaks = TitleBlock.Breaks(words, face).Take(3).ToArray();
        var run = face.Set(number);
        for (var width = box.Width - NumberGap; width >= Narrowest; width -= 8)
        {
            var block = TitleBlock.Fit(breaks, face, width, box.Height, LargestSize, justified);
            var size = Math.Min(block.Height / face.CapHeight, LargestNumber);
            if (block.Width + NumberGap + (run.Width * size) <= box.Width)
            {
                return block.Lines.Count > 1 && block.Height >= 96 && run.Width * size < block.Width * MostOfWords ? new Setting(block, size) : null;
            }
        }

        return null;
    }

    private static IEnumerable<PlacedRun> Place(Setting main, string number, TitleBox box, CoverFace face, double top)
    {
        foreach (var line in main.Block.Lines)
        {
            var x = box.Start(line.Run, line.Size);
            if (number.Length > 0 && main.NumberSize == 0 && line.Text.EndsWith($"\u00a0{number}", StringComparison.Ordinal))
            {
                var word = face.Set(line.Text[..^number.Length]);
                yield return new PlacedRun(word, TypeRole.Title, x, top + line.Baseline, line.Size);
                x += (word.Advance + face.Tracking) * line.Size;
                yield return new PlacedRun(face.Set(number), TypeRole.Number, x, top + line.Baseline, line.Size);
            }
            else
            {
                yield return new PlacedRun(line.Run, TypeRole.Title, x, top + line.Baseline, line.Size);
            }
        }

        if (main.NumberSize > 0)
        {
            var run = face.Set(number);
            var x = box.Left + main.Block.Width + NumberGap - (run.Ink.Left * main.NumberSize);
            yield return new PlacedRun(run, TypeRole.Number, x, top + main.Block.Height, main.NumberSize);
        }
    }

    private static (TextRun[] Lines, double Size) FitSubtitle(string text, TitleBox box)
    {
        var words = text.Split(' ').Select(word => new TitleWord(word)).ToArray();
        var breaks = Enumerable.Range(1, Math.Min(Math.Max(box.SubtitleLines, 4), words.Length))
            .Select(count => LineBreaker.Break(words, CoverFace.Small, count).Select(CoverFace.Small.Set).ToArray())
            .ToArray();
        foreach (var size in SubtitleSizes)
        {
            foreach (var lines in breaks.Take(box.SubtitleLines))
            {
                if (Widest(lines) * size <= box.Width && size <= (lines.Length switch { 1 => 40, 2 => 36, _ => 29 }))
                {
                    return (lines, size);
                }
            }
        }

        return (breaks[^1], Math.Min(SubtitleSizes[^1], box.Width / Widest(breaks[^1])));
    }

    private static double Widest(TextRun[] lines) => Math.Max(0.01, lines.Max(line => line.Width));

    private static TitleWord[] Words(string text, CoverFace face) =>
        [.. text.Split(' ').SelectMany(word => HyphenOf(word, face) is { } hyphen
            ? [new TitleWord(word[..(hyphen + 1)], Joins: true), new TitleWord(word[(hyphen + 1)..])]
            : new[] { new TitleWord(word) })];

    private static int? HyphenOf(string word, CoverFace face)
    {
        var hyphen = word.IndexOf('-', StringComparison.Ordinal);
        return word.Length > face.LongestWord && hyphen > 2 && hyphen < word.Length - 2 ? hyphen : null;
    }

    // NumberSize is 0 where the number stands within the lines.
    private sealed record Setting(TitleBlock Block, double NumberSize);
}
