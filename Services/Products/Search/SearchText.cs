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
    /// <summary>
    /// The words of a text, in lower case and without accents; apostrophes join ("Assassin's" is one word). Japanese, which puts no blanks between
    /// words, is cut where its scripts meet: "龍が如く7" is "龍", "が", "如", "く" and "7".
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <returns>The words in order; none where the text has no letter or digit.</returns>
    public static List<string> Words(string text) => [.. Cut(text).Select(word => word.Text)];

    /// <summary>The words of a text, with where each stands in it.</summary>
    /// <inheritdoc cref="Words"/>
    public static List<PlacedWord> Cut(string text)
    {
        var words = new List<PlacedWord>();
        var word = new StringBuilder();
        var (start, place, script) = (0, 0, Script.Other);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || IsNumeral(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark)
            {
                if (ScriptOf(rune, script) is var next && next != script)
                {
                    Cut(words, word, script, start, place);
                    script = next;
                }

                start = word.Length == 0 ? place : start;
                if (IsNumeral(rune))
                {
                    word.Append(rune.ToString().Normalize(NormalizationForm.FormKC).ToLowerInvariant());
                }
                else
                {
                    word.Append(Rune.ToLowerInvariant(rune));
                }
            }
            else if (rune.Value is not ('\'' or '’'))
            {
                Cut(words, word, script, start, place);
            }

            place += rune.Utf16SequenceLength;
        }

        Cut(words, word, script, start, place);
        return words;
    }

    /// <summary>The text as one sortable line: its words with a blank between them.</summary>
    public static string Fold(string text) => string.Join(' ', Words(text));

    // "Ⅶ" in one sign.
    private static bool IsNumeral(Rune rune) => rune.Value is >= 0x2160 and <= 0x217F;

    // Marks and the sign for a long vowel belong to what they follow.
    private static Script ScriptOf(Rune rune, Script before) => rune.Value switch
    {
        < 0x3005 => rune.Value < 0x0300 || Rune.GetUnicodeCategory(rune) is not UnicodeCategory.NonSpacingMark ? Script.Other : before,
        0x3099 or 0x309A or 0x30FC or 0xFF70 or 0xFF9E or 0xFF9F => before,
        >= 0x3041 and <= 0x309F => Script.Hiragana,
        (>= 0x30A1 and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF) or (>= 0xFF66 and <= 0xFF9D) => Script.Katakana,
        0x3005 or 0x3007 or (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF) => Script.Kanji,
        _ => Script.Other,
    };

    private static void Cut(List<PlacedWord> words, StringBuilder word, Script script, int start, int end)
    {
        if (word.Length == 0)
        {
            return;
        }

        // Composed first, so that a letter typed as base and mark, or a kana of half the width, is the same as the plain one.
        var composed = word.ToString().Normalize(script is Script.Other ? NormalizationForm.FormC : NormalizationForm.FormKC).ToCharArray();
        var folded = new char[composed.Length * 4];
        var length = ASCIIFoldingFilter.FoldToASCII(composed, 0, folded, 0, composed.Length);
        var plain = new string(folded, 0, length).ToLowerInvariant();
        words.Add(new(plain, start, end - start));
        word.Clear();
    }

    private enum Script
    {
        Other,
        Hiragana,
        Katakana,
        Kanji,
    }
}

/// <summary>A word in a text.</summary>
/// <param name="Text">As it compares.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="Length">How long it is there.</param>
public readonly record struct PlacedWord(string Text, int Start, int Length);
