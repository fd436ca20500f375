using System.Net;
using System.Text.RegularExpressions;

namespace PlayStationStore.Web.Tests;

/// <summary>A page as a shopper gets it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Location">Where a redirect leads.</param>
/// <param name="Html">The page's source.</param>
public sealed partial record Page(HttpStatusCode Status, string? Location, string Html)
{
    /// <summary>What is read on it: words without markup, spaces run together.</summary>
    public string Words => Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(InWords().Replace(Unread().Replace(Html, " "), ""), " ")), " ");

    /// <summary>The words of the first element of a kind, such as <c>h1</c>.</summary>
    /// <param name="tag">The element's name.</param>
    public string Of(string tag) => new Page(Status, Location, Regex.Match(Html, $"<{tag}[ >].*?</{tag}>", RegexOptions.Singleline).Value).Words.Trim();

    /// <summary>The words of each element of a kind.</summary>
    /// <param name="tag">The element's name.</param>
    public IReadOnlyList<string> All(string tag) =>
        [.. Regex.Matches(Html, $"<{tag}[ >].*?</{tag}>", RegexOptions.Singleline).Select(match => new Page(Status, Location, match.Value).Words.Trim())];

    /// <summary>The addresses of the links and of the images.</summary>
    public IReadOnlyList<string> Addresses => [.. Links().Matches(Html).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];

    [GeneratedRegex("<(script|style|head)[ >].*?</\\1>", RegexOptions.Singleline)]
    private static partial Regex Unread();

    // Elements that stand inside a word or a line do not part it.
    [GeneratedRegex("</?(span|b|s|small|strong|mark)( [^>]*)?>")]
    private static partial Regex InWords();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Links();
}
