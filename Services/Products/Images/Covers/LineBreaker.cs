namespace PlayStationStore.Products;

/// <summary>A word of a title that is being set.</summary>
/// <param name="Text">The word.</param>
/// <param name="Joins">Whether the next word follows without a space: the halves of a broken "Love-Kome".</param>
public readonly record struct TitleWord(string Text, bool Joins = false);

/// <summary>Breaks words into lines of even width.</summary>
public static class LineBreaker
{
    // A line that ends in one of these reads badly: they belong to the next word.
    private static readonly HashSet<string> Leading = new(StringComparer.OrdinalIgnoreCase)
    {
        "of", "the", "and", "a", "an", "to", "no", "in", "on", "for", "&", "vs.", "vs", "de", "wo", "ni", "ga", "wa", "e", "o", "x",
        "at", "with", "from",
    };

    /// <summary>The break into a number of lines that keeps the widest line short and the others near it.</summary>
    /// <param name="words">The words.</param>
    /// <param name="face">The face that they are measured in.</param>
    /// <param name="count">The number of lines, no more than there are words.</param>
    /// <returns>The lines.</returns>
    public static string[] Break(IReadOnlyList<TitleWord> words, CoverFace face, int count)
    {
        var space = face.Set("x x").Advance - face.Set("xx").Advance;
        var widths = words.Select(word => face.Set(word.Text).Advance).ToArray();

        // least[k, j] is the least sum of width⁴ of the first j words in k lines; its last line begins at start[k, j].
        var least = new double[count + 1, words.Count + 1];
        var start = new int[count + 1, words.Count + 1];
        for (var line = 0; line <= count; line++)
        {
            for (var end = 0; end <= words.Count; end++)
            {
                least[line, end] = line == 0 && end == 0 ? 0 : double.PositiveInfinity;
                for (var first = 0; line > 0 && first < end; first++)
                {
                    var sum = least[line - 1, first] + Math.Pow(Width(first, end), 4);
                    if (sum < least[line, end])
                    {
                        (least[line, end], start[line, end]) = (sum, first);
                    }
                }
            }
        }

        var lines = new string[count];
        for (int line = count, end = words.Count; line > 0; line--)
        {
            var first = start[line, end];
            lines[line - 1] = string.Concat(Enumerable.Range(first, end - first).Select(index =>
                index == end - 1 || words[index].Joins ? words[index].Text : words[index].Text + " "));
            end = first;
        }

        return lines;

        double Width(int first, int end)
        {
            var width = 0d;
            for (var index = first; index < end; index++)
            {
                width += widths[index] + (index > first && !words[index - 1].Joins ? space : 0);
            }

            return end < words.Count && Leading.Contains(words[end - 1].Text) ? width * 1.12 : width;
        }
    }
}
