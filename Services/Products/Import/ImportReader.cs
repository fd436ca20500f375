using Sylvan.Data.Csv;

namespace PlayStationStore.Products;

/// <summary>
/// Reads a catalogue file from its beginning to its end, a row at a time. Where quotes of a row do not fit, that row's first line is bad and
/// reading goes on behind it, so that one broken row does not take the rest of the file along.
/// </summary>
internal sealed class ImportReader : IDisposable
{
    // More than the longest of all fields together.
    private const int LongestRecord = 64 * 1024;

    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    private readonly FileStream file;
    private readonly CsvLines lines;
    private readonly char delimiter;
    private readonly char[] buffer = new char[LongestRecord];
    private CsvDataReader? csv;
    private List<string?> columns = [];

    private ImportReader(string path, char delimiter)
    {
        file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        lines = new(file);
        this.delimiter = delimiter;
    }

    /// <summary>Headings that mean no column here.</summary>
    public IReadOnlyList<string> Ignored { get; private set; } = [];

    /// <summary>How much of the file was read, in bytes.</summary>
    public long Position => file.Position;

    /// <summary>Opens a file whose first row names its columns, with whatever is between them.</summary>
    /// <param name="path">Where it is.</param>
    /// <returns>A reader behind the first row, or what is wrong with that.</returns>
    public static (ImportReader? Reader, string? Problem) Open(string path)
    {
        foreach (var delimiter in Delimiters)
        {
            var reader = new ImportReader(path, delimiter);
            var headings = reader.ReadHeadings();
            if (headings.Select(ImportColumns.Of).Contains(ImportColumns.Sku))
            {
                if (reader.Take(headings) is { } problem)
                {
                    reader.Dispose();
                    return (null, problem);
                }

                return (reader, null);
            }

            reader.Dispose();
        }

        return (null, "The first row names the columns, and \"sku\" is one of them. The file is a CSV file in UTF-8.");
    }

    /// <summary>Reads the next row.</summary>
    /// <returns>The row, or what is wrong with it; neither at the end of the file.</returns>
    public (ImportRow? Row, RowProblem? Problem) Read()
    {
        while (true)
        {
            lines.Mark();
            var line = lines.Line + 1;
            try
            {
                csv ??= Create();
                if (!csv.Read())
                {
                    return default;
                }

                var fields = Fields();
                if (fields.All(string.IsNullOrWhiteSpace))
                {
                    continue;
                }

                if (fields.Length == columns.Count)
                {
                    return new ImportFields(line, columns, fields).Read();
                }

                SkipLine();
                return (null, new(line, "", null, $"The row has {fields.Length} fields, and the first row names {columns.Count}."));
            }
            catch (Exception exception) when (exception is CsvFormatException or CsvRecordTooLargeException)
            {
                SkipLine();
                return (null, new(line, "", null, exception is CsvRecordTooLargeException
                    ? "The row has no end within 65536 characters; a quote may not be closed."
                    : "A quote is not closed, or not written twice where it stands in quotes."));
            }
        }
    }

    public void Dispose()
    {
        csv?.Dispose();
        lines.Dispose();
    }

    // "#" begins a title, and no comment.
    private CsvDataReader Create() => CsvDataReader.Create(
        lines, buffer, new CsvDataReaderOptions { HasHeaders = false, Delimiter = delimiter, Comment = '\0', MaxBufferSize = LongestRecord, OwnsReader = false });

    private string[] Fields()
    {
        var fields = new string[csv!.RowFieldCount];
        for (var place = 0; place < fields.Length; place++)
        {
            fields[place] = csv.GetString(place);
        }

        return fields;
    }

    // The reader of CSV cannot go on after an error.
    private void SkipLine()
    {
        lines.SkipFirst();
        csv?.Dispose();
        csv = null;
    }

    private string[] ReadHeadings()
    {
        try
        {
            csv = Create();
            while (csv.Read())
            {
                if (Fields() is var fields && !fields.All(string.IsNullOrWhiteSpace))
                {
                    return fields;
                }
            }
        }
        catch (Exception exception) when (exception is CsvFormatException or CsvRecordTooLargeException)
        {
            // With what is between the columns of this file, its first row is none.
        }

        return [];
    }

    private string? Take(string[] headings)
    {
        columns = [.. headings.Select(ImportColumns.Of)];
        Ignored = [.. headings.Where((heading, place) => columns[place] is null && !string.IsNullOrWhiteSpace(heading))];
        return columns.OfType<string>().GroupBy(column => column).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? $"Two columns mean \"{twice.Key}\"."
            : columns.Intersect(ImportColumns.OfProduct).Any() && !columns.Contains(ImportColumns.Slug) && !columns.Contains(ImportColumns.Name)
            ? "Columns that describe the product need \"slug\" or \"name\" beside them."
            : null;
    }
}
