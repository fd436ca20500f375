using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace PlayStationStore.Products;

/// <summary>The words that the index has, as one search sees them.</summary>
/// <param name="index">All its segments.</param>
/// <param name="places">Where its words are.</param>
internal sealed class Vocabulary(IndexReaderContext index, WordPlaces places)
{
    private const int MostCorrections = 8;
    private const int MostParts = 5;

    // No title has a longer word, and what a longer one costs grows with its length.
    private const int LongestMended = 24;
    private const int LongestCut = 40;
    private const float CostOfAnError = 3;
    private const float CostOfASound = 3.5f;
    private const float CostOfAPart = 3.5f;

    private readonly Dictionary<string, Terms?> terms = [];

    /// <summary>Whether a title has the word, in any form, or something else that can be asked for.</summary>
    public bool Knows(string word) =>
        places.Has(IndexFields.Name, word) || places.Has(IndexFields.Forms, WordForms.Of(word)) || places.Has(IndexFields.Other, word) || places.Has(IndexFields.Other, WordForms.Of(word));

    /// <summary>Whether two words of a title, or the letters of an abbreviation, are written as this one.</summary>
    public bool KnowsJoined(string word) => places.Has(IndexFields.Joined, word);

    /// <summary>Whether any word begins so.</summary>
    public bool Begins(string word) => places.Begins(IndexFields.Name, word) || places.Begins(IndexFields.Joined, word) || places.Begins(IndexFields.Other, word);

    /// <summary>Words of a field that begin so, beside the word itself.</summary>
    public IEnumerable<string> Endings(string field, string word, int most) => From(field, word).Select(one => one.Word).Where(one => one != word).Take(most);

    /// <summary>Cuts a word into as few known words as can be; null where it cannot be done.</summary>
    public List<string>? Cut(string word)
    {
        if (word.Length > LongestCut)
        {
            return null;
        }

        var best = new (int Parts, int From)?[word.Length + 1];
        best[0] = (0, 0);
        for (var end = 2; end <= word.Length; end++)
        {
            for (var from = 0; from <= end - 1; from++)
            {
                if (best[from] is { } before && (best[end] is not { } known || before.Parts + 1 < known.Parts) && IsPart(word[from..end]))
                {
                    best[end] = (before.Parts + 1, from);
                }
            }
        }

        if (best[^1] is not { Parts: > 1 and <= MostParts })
        {
            return null;
        }

        var parts = new List<string>();
        for (var end = word.Length; end > 0; end = best[end]!.Value.From)
        {
            parts.Insert(0, word[best[end]!.Value.From..end]);
        }

        return parts;
    }

    /// <summary>Known words that may have been meant, the likeliest first.</summary>
    /// <param name="word">What was typed.</param>
    /// <param name="first">Whether its first letter is right.</param>
    public List<Correction> Corrections(string word, bool first)
    {
        var form = WordForms.Of(word);
        var found = new List<Correction>();
        if (form.Length > LongestMended)
        {
            return found;
        }

        var errors = form.Length switch { < 3 => 0, < 4 when first => 0, < 6 => 1, _ => 2 };
        foreach (var field in new[] { IndexFields.Forms, IndexFields.Other, IndexFields.Joined })
        {
            if (errors > 0 && Of(field) is { } all)
            {
                var near = new FuzzyTermsEnum(all, new AttributeSource(), new Term(field, form), errors, first ? 1 : 0, transpositions: true);
                while (near.MoveNext())
                {
                    var text = near.Term.Utf8ToString();
                    if (form.Length < 5 && IsAnotherWord(form, text))
                    {
                        continue;
                    }

                    found.Add(new(text, CostOfAnError * Distance(form, text), near.DocFreq));
                }
            }
        }

        found.AddRange(OfSameSound(form));
        found.AddRange(WithIn(form));
        var likely = found.Where(one => one.Word != form).GroupBy(one => one.Word).Select(same => same.MinBy(one => one.Cost)!)
            .OrderBy(one => one.Cost).ThenByDescending(one => one.Documents).ThenBy(one => one.Word, StringComparer.Ordinal).ToList();
        // Where a word is near, what is farther away was not meant.
        return [.. likely.Where(one => one.Cost <= likely[0].Cost + 1).Take(MostCorrections)];
    }

    private IEnumerable<Correction> OfSameSound(string form)
    {
        if (SoundOfWord.Of(form) is not { Length: > 1 } sound)
        {
            yield break;
        }

        foreach (var (term, documents) in From(IndexFields.Sound, $"{sound}:"))
        {
            var word = term[(sound.Length + 1)..];
            if (Distance(form, word) is var distance && distance <= 1 + (form.Length < 5 ? 0 : form.Length / 3))
            {
                yield return new(word, Math.Min(CostOfAnError * distance, CostOfASound), documents);
            }
        }
    }

    // "craft" is a part of "minecraft".
    private IEnumerable<Correction> WithIn(string form) => form.Length < 4 ? [] : From(IndexFields.Forms, "")
        .Where(one => one.Word.Length > form.Length && one.Word.Contains(form, StringComparison.Ordinal)).Select(one => new Correction(one.Word, CostOfAPart, one.Documents));

    private IEnumerable<(string Word, int Documents)> From(string field, string beginning)
    {
        if (Of(field)?.GetEnumerator() is not { } enumerator)
        {
            yield break;
        }

        var prefix = new BytesRef(beginning);
        for (var more = enumerator.SeekCeil(prefix) != TermsEnum.SeekStatus.END; more && StringHelper.StartsWith(enumerator.Term, prefix); more = enumerator.MoveNext())
        {
            yield return (enumerator.Term.Utf8ToString(), enumerator.DocFreq);
        }
    }

    private bool IsPart(string text) => text.Length > 1 ? Knows(text) || WordForms.IsStop(text) : char.IsAsciiDigit(text[0]);

    private Terms? Of(string field)
    {
        if (!terms.TryGetValue(field, out var known))
        {
            terms[field] = known = MultiFields.GetTerms(index.Reader, field);
        }

        return known;
    }

    // In a short word one consonant instead of another makes another word: "halo" is not "half".
    private static bool IsAnotherWord(string typed, string known) =>
        typed.Length == known.Length && typed.Zip(known).Where(pair => pair.First != pair.Second).ToList() is [var (one, other)]
        && !("aeiouy".Contains(one, StringComparison.Ordinal) && "aeiouy".Contains(other, StringComparison.Ordinal));

    // Letters that were left out, put in, mistaken or swapped with their neighbour.
    private static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var row = 0; row <= left.Length; row++)
        {
            for (var column = 0; column <= right.Length; column++)
            {
                rows[row, column] = row == 0 || column == 0
                    ? row + column
                    : Math.Min(
                        Math.Min(rows[row - 1, column], rows[row, column - 1]) + 1, rows[row - 1, column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1));
                if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1])
                {
                    rows[row, column] = Math.Min(rows[row, column], rows[row - 2, column - 2] + 1);
                }
            }
        }

        return rows[left.Length, right.Length];
    }
}

/// <summary>A known word that may have been meant.</summary>
/// <param name="Cost">How far it is from what was typed.</param>
/// <param name="Documents">How many products have it.</param>
internal sealed record Correction(string Word, float Cost, int Documents);
