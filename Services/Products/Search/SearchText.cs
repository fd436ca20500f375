using System.Globalization;
using System.Text;
using Lucene.Net.Analysis.Miscellaneous;

namespace PlayStationStore.Products;

/// <summary>
/// How text is cut into words, the same for what is indexed and for what a shopper types. There is no syntax in it: whatever is not a letter
/// or a digit only separates words.
/// </summary>
public static class SearchText
{
    /// <summary>The words of a text, in lower case and without accents; apostrophes join ("Assassin's" is one word).</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The words in order; none where the text has no letter or digit.</returns>
    public static List<string> Words(string text) => [.. Cut(text).Select(word => word.Text)];

    /// <summary>The words of a text, with where each stands in it.</summary>
    /// <inheritdoc cref="Words"/>
    public static List<PlacedWord> Cut(string text)
    {
        var words = new List<PlacedWord>();
        var word = new StringBuilder();
        var (start, place) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark)
            {
                start = word.Length == 0 ? place : start;
                word.Append(Rune.ToLowerInvariant(rune));
            }
            else if (rune.Value is not ('\'' or '’'))
            {
                Cut(words, word, start, place);
            }

            place += rune.Utf16SequenceLength;
        }

        Cut(words, word, start, place);
        return words;
    }

    /// <summary>The text as one sortable line: its words with a blank between them.</summary>
    public static string Fold(string text) => string.Join(' ', Words(text));

    private static void Cut(List<PlacedWord> words, StringBuilder word, int start, int end)
    {
        if (word.Length == 0)
        {
            return;
        }

        // Decomposed first, so that a letter typed as base and mark is the same as the composed one.
        var composed = word.ToString().Normalize(NormalizationForm.FormC).ToCharArray();
        var folded = new char[composed.Length * 4];
        var length = ASCIIFoldingFilter.FoldToASCII(composed, 0, folded, 0, composed.Length);
        var plain = new string(folded, 0, length).ToLowerInvariant();
        words.Add(new(plain, start, end - start));
        word.Clear();
    }
}

/// <summary>A word in a text.</summary>
/// <param name="Text">As it compares.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="Length">How long it is there.</param>
public readonly record struct PlacedWord(string Text, int Start, int Length);
