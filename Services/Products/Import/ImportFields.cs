using System.Globalization;
using System.Text.RegularExpressions;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>Reads the fields of one row; of what is wrong in them, the first is kept.</summary>
/// <param name="line">The line that the row begins on.</param>
/// <param name="columns">The column of each field; null for those that mean nothing here.</param>
/// <param name="fields">As they stand in the file.</param>
internal sealed partial class ImportFields(int line, IReadOnlyList<string?> columns, string[] fields)
{
    private const char Between = '|';
    private const int LongestSku = 40;

    private static readonly string[] Yes = ["true", "yes", "1"];
    private static readonly string[] No = ["false", "no", "0"];
    private static readonly string[] Boards = ["ESRB", "PEGI", "CERO", "USK"];
    private static readonly Dictionary<string, ProductKind> Kinds = Enum.GetValues<ProductKind>().ToDictionary(kind => kind.ToString(), StringComparer.OrdinalIgnoreCase);

    private RowProblem? problem;

    /// <summary>Reads the row.</summary>
    /// <returns>The row, or what is wrong with it.</returns>
    public (ImportRow? Row, RowProblem? Problem) Read()
    {
        var row = new ImportRow(line, Sku(), string.Join('\n', ImportColumns.OfProduct.Select(column => Line(column) ?? "")))
        {
            Slug = Slug(),
            Name = Text(ImportColumns.Name, ProductWords.LongestName),
            Kind = Line(ImportColumns.Kind) is { Length: > 0 } kind ? Kinds.TryGetValue(kind.Replace(" ", "", StringComparison.Ordinal), out var known) ? known
                : Wrong<ProductKind?>(ImportColumns.Kind, $"A kind is one of {string.Join(", ", Kinds.Keys.Select(Camel))}.") : null,
            Genre = Given(ImportColumns.Genre, column => Text(column, 60)),
            Publisher = Given(ImportColumns.Publisher, column => Text(column, 120)),
            ReleaseDate = Given(ImportColumns.ReleaseDate, Date),
            Description = Description(ImportColumns.Description),
            Texts = Texts(),
            Languages = Given(ImportColumns.Languages, Languages),
            AgeRatings = Given(ImportColumns.AgeRatings, AgeRatings),
            Categories = Given<IReadOnlyList<string>>(ImportColumns.Categories, column => [.. Several(column)]),
            Features = Given<IReadOnlyList<string>>(ImportColumns.Features, column => Tags(column, ProductTags.Features)),
            Accessibility = Given<IReadOnlyList<string>>(ImportColumns.Accessibility, column => Tags(column, ProductTags.Accessibility)),
            Withdrawn = Flag(ImportColumns.Withdrawn),
            Platform = Given(ImportColumns.Platform, Platform),
            Edition = Given(ImportColumns.Edition, column => Text(column, 80)),
            Digital = Flag(ImportColumns.Digital),
            Demo = Flag(ImportColumns.Demo),
            Includes = Given(ImportColumns.Includes, Includes),
            Contains = Given(ImportColumns.Contains, Skus),
            Requires = Given(ImportColumns.Requires, Skus),
            Prices = Region.All.ToDictionary(region => region, Price),
            OnHand = Count(ImportColumns.OnHand),
        };
        if (row.ProductSlug is null && row.DescribesProduct.AsSpan().Trim('\n').Length > 0)
        {
            Wrong<string>(ImportColumns.Slug, "A row that describes its product names it, by slug or name.");
        }

        return problem is null ? (row, null) : (null, problem with { Sku = row.Sku });
    }

    private T? Wrong<T>(string column, string reason)
    {
        problem ??= new(line, "", column, reason);
        return default;
    }

    private Given<T> Given<T>(string column, Func<string, T> read) => columns.Contains(column) ? new(true, read(column)) : default;

    // Null where the column is missing. U+FFFD stands where bytes were no text in the file's encoding.
    private string? Field(string column)
    {
        for (var place = 0; place < fields.Length; place++)
        {
            if (columns[place] == column)
            {
                var text = CsvText.Unmark(fields[place]);
                return text.Contains('\uFFFD', StringComparison.Ordinal) ? Wrong<string>(column, "This is not UTF-8. Save the file as \"CSV UTF-8\".")
                    : text.Any(sign => char.IsControl(sign) && sign is not ('\n' or '\r' or '\t')) ? Wrong<string>(column, "This has characters that are no text.")
                    : text;
            }
        }

        return null;
    }

    private string? Line(string column) => Field(column) is { } text ? Spaces().Replace(text, " ").Trim() : null;

    private string? Text(string column, int most) => Line(column) switch
    {
        null or "" => null,
        var text when text.Length > most => Wrong<string>(column, $"This has at most {most} characters."),
        var text => text,
    };

    private string Sku()
    {
        var sku = Line(ImportColumns.Sku) ?? "";
        return sku.Length <= LongestSku && SkuForm().IsMatch(sku) ? sku
            : Wrong<string>(ImportColumns.Sku, "A sku has 1 to 40 capital letters, digits and single dashes.") ?? sku[..Math.Min(sku.Length, LongestSku)];
    }

    private string? Slug() => Line(ImportColumns.Slug) switch
    {
        null or "" => null,
        var slug when slug.Length > Products.Slug.Longest || !SlugForm().IsMatch(slug) => Wrong<string>(ImportColumns.Slug, Products.Slug.Form),
        var slug when !Products.Slug.IsFree(slug) => Wrong<string>(ImportColumns.Slug, "This slug is an address of its own."),
        var slug => slug,
    };

    private string? Description(string column) => Field(column)?.ReplaceLineEndings("\n").Trim() switch
    {
        null or "" => null,
        { Length: > ProductWords.LongestDescription } => Wrong<string>(column, $"This has at most {ProductWords.LongestDescription} characters."),
        var text => text,
    };

    private Dictionary<Language, GivenWords> Texts() => Language.Others
        .Where(language => columns.Contains(ImportColumns.NameIn(language)) || columns.Contains(ImportColumns.DescriptionIn(language)))
        .ToDictionary(language => language, language => new GivenWords(
            Given(ImportColumns.NameIn(language), column => Text(column, ProductWords.LongestName)), Given(ImportColumns.DescriptionIn(language), Description)));

    private string? Platform(string column) => Line(column) switch
    {
        null or "" => null,
        var platform when Platforms.All.FirstOrDefault(known => known.Equals(platform, StringComparison.OrdinalIgnoreCase)) is { } known => known,
        _ => Wrong<string>(column, $"A platform is one of {string.Join(", ", Platforms.All)}."),
    };

    private IEnumerable<string> Several(string column) =>
        (Line(column) ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct();

    private IReadOnlyList<string> Languages(string column)
    {
        List<string> languages = [.. Several(column)];
        return languages.Count > 40 || languages.Exists(language => language.Length > 40)
            ? Wrong<List<string>>(column, "At most 40 languages, of at most 40 characters each, with | between them.") ?? [] : languages;
    }

    private IReadOnlyList<AgeRating> AgeRatings(string column)
    {
        List<string[]> ratings = [.. Several(column).Select(rating => rating.Split(':', StringSplitOptions.TrimEntries))];
        return ratings.Count > Boards.Length || ratings.Exists(rating => rating is not [var board, { Length: >= 1 and <= 10 }] || !Boards.Contains(board))
            ? Wrong<List<AgeRating>>(column, $"An age rating is a board, a colon and what it says, such as ESRB:M, with | between them; boards are {string.Join(", ", Boards)}.") ?? []
            : [.. ratings.Select(rating => new AgeRating(rating[0], rating[1]))];
    }

    private List<string> Tags(string column, IReadOnlyList<ProductTag> known)
    {
        List<string> tags = [.. Several(column)];
        return known.AreKnown(tags) ? tags : Wrong<List<string>>(column, $"These words are known, with | between them: {string.Join(", ", known.Select(tag => tag.Value))}.") ?? [];
    }

    private IReadOnlyList<string> Includes(string column)
    {
        List<string> texts = [.. Several(column)];
        return texts.Count > VariantInput.MostIncluded || texts.Exists(text => text.Length > VariantInput.LongestIncluded)
            ? Wrong<List<string>>(column, $"At most {VariantInput.MostIncluded} texts, of at most {VariantInput.LongestIncluded} characters each, with | between them.") ?? [] : texts;
    }

    private IReadOnlyList<string> Skus(string column)
    {
        List<string> skus = [.. Several(column)];
        return skus.Count > VariantLinks.Most || skus.Exists(sku => sku.Length > LongestSku || !SkuForm().IsMatch(sku))
            ? Wrong<List<string>>(column, $"At most {VariantLinks.Most} skus, with | between them.") ?? [] : skus;
    }

    private bool? Flag(string column) => Line(column) switch
    {
        null or "" => null,
        var text when Yes.Contains(text, StringComparer.OrdinalIgnoreCase) => true,
        var text when No.Contains(text, StringComparer.OrdinalIgnoreCase) => false,
        _ => Wrong<bool?>(column, "This is true or false."),
    };

    private DateOnly? Date(string column) => Line(column) switch
    {
        null or "" or "N/A" => null,
        var text when DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyy-M-d", "yyyy", "yyyy.0"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date.Year is >= 1970 and <= 2100 => date,
        _ => Wrong<DateOnly?>(column, "A date is written as 2026-11-26, or is the year alone."),
    };

    private DateTimeOffset? Instant(string column) => Line(column) switch
    {
        null or "" => null,
        var text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            && char.IsAsciiDigit(text[0]) && text.Length >= 10 && text[4] == '-' => instant,
        _ => Wrong<DateTimeOffset?>(column, "A time is written as 2026-11-26T18:00:00Z."),
    };

    private RowPrice Price(Region region) => new(
        Money(ImportColumns.In(region, ImportColumns.Price), region), Given(ImportColumns.In(region, ImportColumns.SalePrice), column => Money(column, region)),
        Given(ImportColumns.In(region, ImportColumns.SaleStartsAt), Instant), Given(ImportColumns.In(region, ImportColumns.SaleEndsAt), Instant));

    // With a dot or a comma before two digits; "1,234" would be one price here and another there.
    private long? Money(string column, Region region) => Line(column) switch
    {
        null or "" => null,
        var text when Amount().Match(text) is { Success: true } amount && amount.Groups[2].Length <= Currency.MinorDigits(region.Currency) =>
            long.Parse(amount.Groups[1].Value + amount.Groups[2].Value.PadRight(Currency.MinorDigits(region.Currency), '0'), CultureInfo.InvariantCulture) is var minor and <= Pricing.Highest
                ? minor : Wrong<long?>(column, "This is more than anything costs."),
        _ => Wrong<long?>(column, $"A price is written as {(Currency.MinorDigits(region.Currency) == 0 ? "5980" : "59.99")}, without a currency."),
    };

    private int? Count(string column) => Line(column) switch
    {
        null or "" => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= StockItem.Most => count,
        _ => Wrong<int?>(column, $"A count is a whole number from 0 to {StockItem.Most}."),
    };

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    [GeneratedRegex("^[A-Z0-9]+(-[A-Z0-9]+)*$")]
    private static partial Regex SkuForm();

    [GeneratedRegex(Products.Slug.Pattern)]
    private static partial Regex SlugForm();

    [GeneratedRegex(@"^([0-9]{1,9})(?:[.,]([0-9]{1,2}))?$")]
    private static partial Regex Amount();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
