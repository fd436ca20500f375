using System.Globalization;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>What an administrator says of a product, as it stands in the form's fields.</summary>
public sealed class ProductForm
{
    /// <summary>The boards, in the order in which their fields stand.</summary>
    public static readonly IReadOnlyList<string> Boards = ["ESRB", "PEGI", "CERO", "USK"];

    public string? Name { get; set; }
    public string? Slug { get; set; }
    public string? Description { get; set; }
    public string? Publisher { get; set; }
    public string? Genre { get; set; }
    public string? ReleaseDate { get; set; }
    public string? Languages { get; set; }

    /// <summary>Where the trailer is; empty for none.</summary>
    public string? TrailerUrl { get; set; }

    /// <summary>The values of what it can do.</summary>
    public List<string>? Features { get; set; }

    /// <summary>The values of what makes it easier to use.</summary>
    public List<string>? Accessibility { get; set; }

    /// <summary>Whether the form had these two, which it has only where the catalogue told their words.</summary>
    public bool Tagged { get; set; }

    /// <summary>The categories that it is filed under.</summary>
    public List<Guid>? Categories { get; set; }

    /// <summary>Whether the form had them, which it has only where the catalogue told which there are.</summary>
    public bool Filed { get; set; }

    /// <summary>It is no longer sold.</summary>
    public bool Withdrawn { get; set; }

    /// <summary>Name and description by the code of another language; null where the form was sent without them.</summary>
    public Dictionary<string, TextForm>? Texts { get; set; }

    /// <summary>Until when only staff see it, in UTC; null where shoppers do.</summary>
    public string? PublishAt { get; set; }

    /// <summary>What each board says; empty where it has not rated, null where the form was sent without them.</summary>
    public Dictionary<string, string?>? Ratings { get; set; }

    /// <summary>The version that the form was filled from.</summary>
    public int Version { get; set; }

    /// <summary>The form of a product as it is.</summary>
    public static ProductForm Of(StockedProduct product) => new()
    {
        Name = product.Name,
        Slug = product.Slug,
        Description = product.Description,
        Publisher = product.Publisher,
        Genre = product.Genre,
        ReleaseDate = product.ReleaseDate?.ToString("O", CultureInfo.InvariantCulture),
        Languages = string.Join(", ", product.Languages ?? []),
        Ratings = (product.AgeRatings ?? []).ToDictionary(rating => rating.Board, rating => (string?)rating.Rating),
        TrailerUrl = product.TrailerUrl,
        Features = [.. (product.Features ?? []).Select(tag => tag.Value)],
        Accessibility = [.. (product.Accessibility ?? []).Select(tag => tag.Value)],
        Texts = (product.Texts ?? new Dictionary<string, ProductWords>()).ToDictionary(
            text => text.Key, text => new TextForm { Name = text.Value.Name, Description = text.Value.Description }),
        PublishAt = product.PublishAt?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture),
        Categories = [.. (product.Categories ?? []).Select(category => category.Id)],
        Withdrawn = product.Withdrawn,
        Version = product.Version,
    };

    /// <summary>The change that this asks for.</summary>
    /// <param name="product">What the form does not speak of, which stays as it is.</param>
    /// <param name="problems">What cannot be read, by the field's name in the API.</param>
    public ProductChange Read(StockedProduct product, Dictionary<string, string> problems)
    {
        DateOnly? date = null;
        if (!string.IsNullOrWhiteSpace(ReleaseDate))
        {
            if (DateOnly.TryParseExact(ReleaseDate, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                date = day;
            }
            else
            {
                problems["releaseDate"] = "A day, or nothing.";
            }
        }

        DateTimeOffset? publish = null;
        if (!string.IsNullOrWhiteSpace(PublishAt))
        {
            if (DateTimeOffset.TryParse(PublishAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                publish = at;
            }
            else
            {
                problems["publishAt"] = "A day and a time.";
            }
        }

        return new(
            Name?.Trim() ?? "", product.Kind, Description?.Trim() ?? "", string.IsNullOrWhiteSpace(Slug) ? null : Slug.Trim(), Genre, Publisher, date, Split(Languages),
            [.. Boards.Where(board => !string.IsNullOrWhiteSpace(RatingBy(board))).Select(board => new AgeRating(board, RatingBy(board)!.Trim()))],
            Filed ? Categories ?? [] : [.. (product.Categories ?? []).Select(category => category.Id)], Version, publish,
            Tagged ? Features ?? [] : null, Tagged ? Accessibility ?? [] : null, TrailerUrl?.Trim() ?? "",
            Texts is null ? null : Language.Others.Select(language => (language.Code, Words: TextIn(language).Read())).Where(text => text.Words is not { Name: null, Description: null })
                .ToDictionary(text => text.Code, text => text.Words),
            Withdrawn);
    }

    /// <summary>What a board says.</summary>
    public string? RatingBy(string board) => Ratings?.GetValueOrDefault(board);

    /// <summary>What it says in another language.</summary>
    public TextForm TextIn(Language language) => Texts?.GetValueOrDefault(language.Code) ?? new();

    private static string[] Split(string? text) => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>What a product says in another language, as it stands in the form's fields.</summary>
public sealed class TextForm
{
    public string? Name { get; set; }
    public string? Description { get; set; }

    /// <summary>The same as the catalogue takes it, which has null for an empty field.</summary>
    public ProductWords Read() => new(Filled(Name), Filled(Description));

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>What is said of a product from now on; its variants stay as they are.</summary>
/// <param name="Withdrawn">Whether it is no longer sold.</param>
/// <param name="Version">The version that was read: where somebody else has changed it since, nothing is changed.</param>
public record ProductChange(
    string Name, string Kind, string Description, string? Slug, string? Genre, string? Publisher, DateOnly? ReleaseDate, IReadOnlyList<string> Languages,
    IReadOnlyList<AgeRating> AgeRatings, IReadOnlyList<Guid> CategoryIds, int Version, DateTimeOffset? PublishAt,
    IReadOnlyList<string>? Features, IReadOnlyList<string>? Accessibility, string TrailerUrl, IReadOnlyDictionary<string, ProductWords>? Texts,
    bool Withdrawn);
