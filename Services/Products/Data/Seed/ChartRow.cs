using System.Globalization;
using System.Text.RegularExpressions;
using Sylvan.Data.Csv;

namespace PlayStationStore.Products;

/// <summary>A row of the published sales charts, with what is odd in it mended.</summary>
/// <param name="Name">The title as a shopper knows it.</param>
/// <param name="Noted">The chart's title carried a note on how it was counted, or on other versions.</param>
/// <param name="Year">The year of release; null where the chart has none.</param>
/// <param name="Publisher">Null where the chart has none.</param>
/// <param name="Units">Copies sold.</param>
public sealed partial record ChartRow(string Title, string Name, bool Noted, string Platform, int? Year, string Genre, string? Publisher, long Units)
{
    private const string File = "playstation-games.csv";

    /// <summary>Reads the charts that the service carries.</summary>
    public static List<ChartRow> ReadAll()
    {
        using var text = new StreamReader(typeof(ChartRow).Assembly.GetManifestResourceStream(File)!);
        // A title may begin with "#", which is no comment here.
        using var csv = CsvDataReader.Create(text, new CsvDataReaderOptions { Delimiter = ',', Comment = '\0' });
        var rows = new List<ChartRow>();
        while (csv.Read())
        {
            rows.Add(Read(csv.GetString(0), csv.GetString(1), csv.GetString(2), csv.GetString(3), csv.GetString(4), csv.GetString(5)));
        }

        return rows;
    }

    internal static ChartRow Read(string title, string platform, string year, string genre, string publisher, string millions)
    {
        var mended = Mend(title);
        var name = Spaces().Replace(Note().Replace(mended, ""), " ").Trim();
        return new(
            title, name, name != Spaces().Replace(mended, " ").Trim(), platform,
            int.TryParse(year, CultureInfo.InvariantCulture, out var known) ? known : null, genre,
            Mend(publisher).Trim() is { Length: > 0 } named ? named : null,
            (long)(decimal.Parse(millions, CultureInfo.InvariantCulture) * 1_000_000));
    }

    // Traces of encodings that the charts went through, and stand-ins for signs that they could not write.
    private static string Mend(string text) => Dot().Replace(
        TrailingMark().Replace(text.Replace("\u200B", "", StringComparison.Ordinal), "")
            .Replace('\u008E', 'é').Replace("♪", "", StringComparison.Ordinal).Replace(';', ':'),
        "·");

    // "(PS4)", "(JP sales)", "(Weekly american sales)", "(PS1 & PSP Versions)"; but "(2013)", "(Japan)" and "(RP-T)" tell games apart.
    [GeneratedRegex(@"\s*\((?:PS ?[1-5P]|PS ?Vita|[^()]*\bsales\b[^()]*|(?!VGA)[^()]*\bversions?)\)", RegexOptions.IgnoreCase)]
    private static partial Regex Note();

    [GeneratedRegex("Ê$")]
    private static partial Regex TrailingMark();

    [GeneratedRegex(@"\s*\*\s*")]
    private static partial Regex Dot();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
