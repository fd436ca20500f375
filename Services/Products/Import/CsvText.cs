using System.Text;
using System.Text.RegularExpressions;

namespace PlayStationStore.Products;

/// <summary>How text stands in a field of a CSV file.</summary>
internal static partial class CsvText
{
    public const string ContentType = "text/csv; charset=utf-8";

    /// <summary>Writes a file as its lines come. Its byte-order mark tells spreadsheets that it is UTF-8.</summary>
    public static async Task WriteAsync(Stream body, IAsyncEnumerable<string?[]> lines)
    {
        await using var text = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 32 * 1024, leaveOpen: true);
        await foreach (var line in lines)
        {
            await text.WriteAsync(string.Join(',', line.Select(Field)));
            await text.WriteAsync("\r\n");
        }
    }

    /// <summary>
    /// What spreadsheets would take for a formula is marked as text by an apostrophe in front, as they do themselves; text that looks marked
    /// already gets one more, so that <see cref="Unmark"/> gives each text back as it was.
    /// </summary>
    public static string Mark(string text) => Marked().IsMatch(text) ? "'" + text : text;

    /// <summary>The text as it was before <see cref="Mark"/>.</summary>
    public static string Unmark(string text) => text.StartsWith('\'') && Marked().IsMatch(text) ? text[1..] : text;

    private static string Field(string? text) => text is null ? "" : $"\"{Mark(text).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex("^'*[=+\\-@\t\r]")]
    private static partial Regex Marked();
}
