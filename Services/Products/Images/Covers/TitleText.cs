using System.Text.RegularExpressions;

namespace PlayStationStore.Products;

/// <summary>A title taken apart for setting: "Tom Clancy's" · "Rainbow Six" · "3" · "Raven Shield".</summary>
/// <param name="Prefix">A licence's possessive, set small above the title; else empty.</param>
/// <param name="Main">The words that are set large.</param>
/// <param name="Number">The number that ends the main part, arabic or roman; else empty.</param>
/// <param name="Subtitle">What follows the colon, dash, bracket or slash; else empty.</param>
public sealed partial record TitleText(string Prefix, string Main, string Number, string Subtitle)
{
    private const int LongestPrefix = 18;
    private const int LongMain = 44;

    /// <summary>What the titles of a series have in common: letters and digits of prefix and main part, in lower case.</summary>
    public string Series
    {
        get
        {
            var key = NotKey().Replace((Prefix + Main).ToLowerInvariant(), "");
            return key.Length > 0 ? key : (Main + Number).ToLowerInvariant();
        }
    }

    /// <summary>Mends what charts do to titles: stray marks, a platform in brackets, one encoding read as another.</summary>
    /// <param name="title">The title as the catalogue has it.</param>
    public static string Clean(string title)
    {
        var text = title.Replace("\u200b", "", StringComparison.Ordinal).TrimEnd('\u00ca')
            .Replace('\u008e', 'é').Replace("♪", "", StringComparison.Ordinal).Replace(';', ':');
        text = SalesNote().Replace(Platform().Replace(text, ""), "");
        return Spaces().Replace(Star().Replace(text, "·"), " ").Trim();
    }

    /// <summary>Takes a title apart.</summary>
    /// <param name="title">The title as the catalogue has it.</param>
    public static TitleText Parse(string title)
    {
        var (main, subtitle) = SplitSubtitle(Clean(title));

        var prefix = "";
        if (Possessive().Match(main) is { Success: true } owner && owner.Groups[1].Length <= LongestPrefix)
        {
            (prefix, main) = (owner.Groups[1].Value, owner.Groups[2].Value);
        }

        var number = "";
        if (FinalNumber().Match(main) is { Success: true } final && final.Groups[2].Length > 0 && final.Groups[1].Value.Trim().Length > 1)
        {
            (main, number) = (final.Groups[1].Value.Trim(), final.Groups[2].Value);
        }

        return new TitleText(prefix, main, number, subtitle);
    }

    private static (string Main, string Subtitle) SplitSubtitle(string text)
    {
        Regex[] separators = [Colon(), TightColon(), Dash(), Bracket(), Slash()];
        foreach (var separator in separators)
        {
            if (separator.Match(text) is { Success: true } match)
            {
                return (match.Groups[1].Value, match.Groups[2].Value);
            }
        }

        return text.Length > LongMain && Sentence().Match(text) is { Success: true } sentence
            ? (sentence.Groups[1].Value, sentence.Groups[2].Value)
            : (text, "");
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotKey();

    [GeneratedRegex(@"\s*\((?:PS ?[1-5P]|PS ?Vita)\)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Platform();

    [GeneratedRegex(@"\s*\((?:JP|US|EU|Japan)?\s*(?:sales|weekly.*)\)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex SalesNote();

    [GeneratedRegex(@"\s*\*\s*")]
    private static partial Regex Star();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^(.{2,}?):\s+(.+)$")]
    private static partial Regex Colon();

    [GeneratedRegex(@"^(.{2,}?):(\D.+)$")]
    private static partial Regex TightColon();

    [GeneratedRegex(@"^(.{3,}?)\s+[-–~]\s*(.+?)~?$")]
    private static partial Regex Dash();

    [GeneratedRegex(@"^(.{3,}?)\s*[\[(](.+)[\])]\s*$")]
    private static partial Regex Bracket();

    [GeneratedRegex(@"^(.{6,}?)\s+/\s+(.+)$")]
    private static partial Regex Slash();

    [GeneratedRegex(@"^(.{10,40}?[!?.])\s+(.+)$")]
    private static partial Regex Sentence();

    // A person's or a company's: "Tom Clancy's", "Disney's", but not the first half of "Assassin's Creed".
    [GeneratedRegex(@"^((?!No |The )(?:[A-Z][\w.]+\s){1,2}[A-Z][\w.]*'s|(?:Disney|Marvel|Cabela|Jampack|Hasbro|Nickelodeon)'s)\s+(.{3,})$")]
    private static partial Regex Possessive();

    [GeneratedRegex(@"^(.*\D)\s+('?\d{1,4}|X{0,3}(?:IX|IV|V?I{0,3})(?:-\d)?)$")]
    private static partial Regex FinalNumber();
}
