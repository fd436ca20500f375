namespace PlayStationStore.Products;

/// <summary>Which words a search looks for, to mark them in the names that it finds.</summary>
internal sealed class FoundWords
{
    private readonly HashSet<string> words = [];
    private readonly HashSet<string> forms = [];
    private readonly HashSet<string> beginnings = [];

    /// <summary>A word with the forms that may have been meant by it.</summary>
    public void Add(ReadWord word, IEnumerable<string> meant)
    {
        words.Add(word.Text);
        forms.UnionWith(meant);
        if (word.Unfinished)
        {
            beginnings.Add(word.Text);
        }
    }

    /// <summary>Where a name has them, in order and apart from each other.</summary>
    public IReadOnlyList<TextRange> In(string name)
    {
        var ranges = new List<TextRange>();
        var all = SearchText.Cut(name);
        for (var place = 0; place < all.Count; place++)
        {
            var word = all[place];
            if (words.Contains(word.Text) || forms.Contains(WordForms.Of(word.Text)))
            {
                ranges.Add(new(word.Start, word.Length));
            }
            else if (place + 1 < all.Count && all[place + 1] is var next && (words.Contains(word.Text + next.Text) || forms.Contains(word.Text + next.Text)))
            {
                ranges.Add(new(word.Start, next.Start + next.Length - word.Start));
                place++;
            }
            else if (beginnings.Where(one => word.Text.StartsWith(one, StringComparison.Ordinal)).MaxBy(one => one.Length) is { } beginning)
            {
                // Where folding has changed the length, as of "ß", the place of a part is not known.
                ranges.Add(new(word.Start, word.Text.Length == word.Length ? beginning.Length : word.Length));
            }
        }

        return ranges;
    }
}

/// <summary>A part of a text.</summary>
/// <param name="Start">Where it begins, in UTF-16 units as a browser counts them.</param>
public readonly record struct TextRange(int Start, int Length);
