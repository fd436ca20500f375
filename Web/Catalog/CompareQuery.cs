using Microsoft.AspNetCore.Http.Extensions;

namespace PlayStationStore.Web;

/// <summary>What the compare page shows, all of it from its address.</summary>
/// <param name="Slugs">The products, each once.</param>
/// <param name="Find">What is looked for, to be compared too; null where nothing is.</param>
public sealed record CompareQuery(IReadOnlyList<string> Slugs, string? Find = null)
{
    /// <summary>How many products stand side by side.</summary>
    public const int Most = 4;

    private const int LongestSlug = 160;
    private const int LongestText = 100;

    public bool Full => Slugs.Count >= Most;

    /// <summary>The comparison that begins with one product.</summary>
    public static CompareQuery Of(string slug) => new([slug]);

    /// <summary>Reads an address; what makes no sense in it is left out.</summary>
    public static CompareQuery Read(IQueryCollection query) => new(
        [.. query["product"].OfType<string>().Where(slug => slug.Length is > 0 and <= LongestSlug && slug.All(sign => char.IsAsciiLetterOrDigit(sign) || sign == '-')).Distinct(StringComparer.Ordinal).Take(Most)],
        query["find"].FirstOrDefault()?.Trim() is { Length: > 0 and <= LongestText } text && !text.Any(char.IsControl) ? text : null);

    public CompareQuery With(string slug) => new([.. Slugs, slug]);

    public CompareQuery Without(string slug) => new([.. Slugs.Where(other => other != slug)]);

    public string ToAddress()
    {
        var query = new QueryBuilder();
        query.Add("product", Slugs);
        return "/compare" + query;
    }
}
