namespace PlayStationStore.Products;

/// <summary>The lines of a title's main part, set as large as a box allows.</summary>
/// <param name="Lines">The lines, each with its own size where they are justified.</param>
/// <param name="Height">From the top of the first line's capitals to the last baseline, in pixels.</param>
/// <param name="Score">How large the type is, less a little for each line.</param>
public sealed record TitleBlock(IReadOnlyList<TitleBlock.Line> Lines, double Height, double Score)
{
    private const int MostLines = 4;
    private const double SmallestJustified = 46;
    private const double SmallRagged = 64;

    /// <summary>Size of the smallest line, in pixels an em.</summary>
    public double Size => Lines.Min(line => line.Size);

    /// <summary>Width of the widest line, in pixels.</summary>
    public double Width => Lines.Max(line => line.Run.Width * line.Size);

    /// <summary>Breaks words into one to four lines, each way once: how they break does not depend on the box.</summary>
    /// <param name="words">The words, at least one.</param>
    /// <param name="face">The face.</param>
    public static TitleBreak[] Breaks(IReadOnlyList<TitleWord> words, CoverFace face) =>
        [.. Enumerable.Range(1, Math.Min(MostLines, words.Count)).Select(count =>
        {
            var texts = LineBreaker.Break(words, face, count);
            return new TitleBreak(texts, [.. texts.Select(face.Set)]);
        })];

    /// <summary>Sets each break in a box and keeps the best.</summary>
    /// <param name="breaks">The breaks of <see cref="Breaks"/>, or the first of them.</param>
    /// <param name="face">Their face.</param>
    /// <param name="width">The box's width in pixels.</param>
    /// <param name="height">The box's height in pixels.</param>
    /// <param name="largest">The largest size, in pixels an em.</param>
    /// <param name="justified">Whether every line may get a size of its own that fills the width.</param>
    public static TitleBlock Fit(IEnumerable<TitleBreak> breaks, CoverFace face, double width, double height, double largest, bool justified)
    {
        TitleBlock? best = null;
        foreach (var (texts, runs) in breaks)
        {
            var block = Ragged(texts, runs, face, width, height, largest);
            if (justified && runs.Length > 1 && Justified(texts, runs, face, width, height, largest) is { } filled
                && filled.Score > block.Score && filled.Size > SmallestJustified)
            {
                block = filled;
            }

            if (best is null || block.Score > best.Score)
            {
                best = block;
            }
        }

        return best!;
    }

    private static TitleBlock Ragged(string[] texts, TextRun[] runs, CoverFace face, double width, double height, double largest)
    {
        var widest = Widest(runs);
        var ems = face.CapHeight + ((runs.Length - 1) * face.LineHeight);
        var size = Math.Min(width / widest, Math.Min(largest, height / ems));
        var evenness = runs.Sum(run => run.Width) / (runs.Length * widest);
        var score = (size * (1 - (0.035 * (runs.Length - 1))) * (size < SmallRagged ? 0.75 : 1)) + (0.12 * size * evenness);
        var lines = texts.Select((text, index) => new Line(text, runs[index], size, (face.CapHeight + (index * face.LineHeight)) * size));
        return new TitleBlock([.. lines], ems * size, score);
    }

    private static TitleBlock? Justified(string[] texts, TextRun[] runs, CoverFace face, double width, double height, double largest)
    {
        const double MostUneven = 2.6;
        const double Gap = 0.13;
        if (Widest(runs) > MostUneven * runs.Min(run => run.Width))
        {
            return null;
        }

        var sizes = runs.Select(run => Math.Min(width / run.Width, largest * 1.35)).ToArray();
        var full = (sizes.Sum() * face.CapHeight) + ((runs.Length - 1) * Gap * sizes.Average());
        var shrink = Math.Min(1, height / full);
        sizes = [.. sizes.Select(size => size * shrink)];
        var gap = Gap * sizes.Average();

        var lines = new List<Line>();
        var baseline = -gap;
        for (var index = 0; index < runs.Length; index++)
        {
            baseline += gap + (face.CapHeight * sizes[index]);
            lines.Add(new Line(texts[index], runs[index], sizes[index], baseline));
        }

        var score = sizes.Average() * (1 - (0.03 * (runs.Length - 1))) * (shrink < 0.8 ? shrink : 1) * 1.06;
        return new TitleBlock(lines, full * shrink, score);
    }

    private static double Widest(TextRun[] runs) => Math.Max(0.01, runs.Max(run => run.Width));

    /// <summary>One line.</summary>
    /// <param name="Text">Its text.</param>
    /// <param name="Run">Its glyphs.</param>
    /// <param name="Size">Pixels an em.</param>
    /// <param name="Baseline">Its baseline, down from the top of the block.</param>
    public sealed record Line(string Text, TextRun Run, double Size, double Baseline);
}

/// <summary>One way to break a title into lines.</summary>
/// <param name="Texts">The lines' texts.</param>
/// <param name="Runs">Their glyphs.</param>
public sealed record TitleBreak(string[] Texts, TextRun[] Runs);
