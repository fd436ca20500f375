using System.Globalization;

namespace PlayStationStore.Web;

/// <summary>Countries by their ISO 3166-1 alpha-2 code, with their English names.</summary>
public static class Countries
{
    /// <summary>All, by name.</summary>
    public static readonly IReadOnlyList<(string Code, string Name)> All =
        [.. Codes().Select(code => (code, new RegionInfo(code).EnglishName)).OrderBy(country => country.EnglishName, StringComparer.OrdinalIgnoreCase)];

    private static readonly Dictionary<string, string> Names = All.ToDictionary(country => country.Code, country => country.Name, StringComparer.Ordinal);

    /// <summary>The name of a country, or its code where that is not known.</summary>
    public static string NameOf(string code) => Names.GetValueOrDefault(code, code);

    private static IEnumerable<string> Codes() =>
        CultureInfo.GetCultures(CultureTypes.SpecificCultures)
            .Select(culture => culture.Name.Split('-')[^1])
            .Where(code => code.Length == 2 && code.All(char.IsAsciiLetterUpper) && code is not ("EU" or "UN" or "EZ"))
            .Distinct(StringComparer.Ordinal);
}
