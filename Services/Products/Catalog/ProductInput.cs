using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>A product as an administrator describes it.</summary>
/// <param name="Slug">Made from the name, or left as it is, where it is not given. The one before leads to the product still, and no other product ever gets it.</param>
/// <param name="Variants">All that are offered, in order; left out of a change, they stay as they are. Prices and stock of a variant that is there already are changed on their own.</param>
/// <param name="Withdrawn">True withdraws the product, false sells it again.</param>
/// <param name="Version">The version that was read; a change by somebody else in between is then refused.</param>
/// <param name="PublishAt">Nobody but staff sees it before. Left out, it stays as it is; what is published already stays so.</param>
/// <param name="Features">Words of `GET /api/admin/products/tags`; left out, they stay as they are.</param>
/// <param name="Accessibility">Words of `GET /api/admin/products/tags`; left out, they stay as they are.</param>
/// <param name="TrailerUrl">An https address at YouTube, Vimeo or PlayStation; one that ends in `.mp4` or `.webm` is played on the page. Empty for none, left out, it stays as it is.</param>
/// <param name="Texts">All that it says in other languages, by codes of `GET /api/products/languages`; left out, it stays as it is.</param>
public sealed record ProductInput(
    [Required, StringLength(ProductWords.LongestName)] string? Name,
    [Required] ProductKind? Kind,
    [Required, StringLength(ProductWords.LongestDescription)] string? Description,
    [MinLength(1), MaxLength(50)] IReadOnlyList<VariantInput>? Variants = null,
    [StringLength(Slug.Longest), RegularExpression(Slug.Pattern, ErrorMessage = Slug.Form)] string? Slug = null,
    [StringLength(60)] string? Genre = null,
    [StringLength(120)] string? Publisher = null,
    DateOnly? ReleaseDate = null,
    [MaxLength(40)] IReadOnlyList<string>? Languages = null,
    [MaxLength(4)] IReadOnlyList<AgeRatingInput>? AgeRatings = null,
    [MaxLength(20)] IReadOnlyList<Guid>? CategoryIds = null,
    bool? Withdrawn = null,
    int? Version = null,
    DateTimeOffset? PublishAt = null,
    [MaxLength(40)] IReadOnlyList<string>? Features = null,
    [MaxLength(40)] IReadOnlyList<string>? Accessibility = null,
    [StringLength(Trailers.LongestAddress)] string? TrailerUrl = null,
    IReadOnlyDictionary<string, ProductWords?>? Texts = null)
{
    internal ProductDetails Details() => new(
        Name!.Trim(), Kind!.Value, Filled(Genre), Filled(Publisher), ReleaseDate, Description!.Trim(), [.. Languages ?? []],
        [.. (AgeRatings ?? []).Select(rating => new AgeRating(rating.Board!, rating.Rating!))], Features?.Distinct().ToList(), Accessibility?.Distinct().ToList(),
        TrailerUrl?.Trim(), Texts?.ToDictionary(text => Language.Find(text.Key)!, text => text.Value!.Trimmed()));

    /// <summary>What is wrong beyond what each field says by itself.</summary>
    internal ValidationProblem? Invalid(DateTimeOffset now, Product? known = null)
    {
        if (Slug is not null && !PlayStationStore.Products.Slug.IsFree(Slug))
        {
            return StoreProblems.Invalid("slug", "This slug is an address of its own.");
        }

        if (PublishAt > now && known?.IsPublished(now) == true)
        {
            return StoreProblems.Invalid("publishAt", "Shoppers see it already. Withdraw it instead.");
        }

        if ((Languages ?? []).Any(language => string.IsNullOrWhiteSpace(language) || language.Length > 40))
        {
            return StoreProblems.Invalid("languages", "A language has 1 to 40 characters.");
        }

        if ((ProductTags.Features.Invalid("features", Features) ?? ProductTags.Accessibility.Invalid("accessibility", Accessibility)) is { } unknown)
        {
            return unknown;
        }

        if (!string.IsNullOrWhiteSpace(TrailerUrl) && !Trailers.MayBeAt(TrailerUrl.Trim()))
        {
            return StoreProblems.Invalid("trailerUrl", $"A trailer is at https://, at one of {string.Join(", ", Trailers.Hosts)}.");
        }

        if ((Texts ?? new Dictionary<string, ProductWords?>()).Select(text => InvalidText(text.Key, text.Value)).FirstOrDefault(problem => problem is not null) is { } wrong)
        {
            return wrong;
        }

        if (Variants is null)
        {
            return known is null ? StoreProblems.Invalid("variants", "A product has a variant.")
                : known.Kind != Kind ? StoreProblems.Invalid("kind", "Name the variants too where the kind changes.")
                : null;
        }

        if (Variants.Contains(null!) || Variants.Select(variant => variant.Sku).Distinct().Count() < Variants.Count)
        {
            return StoreProblems.Invalid("variants", "Each variant has a sku of its own.");
        }

        if (Variants.All(variant => known?.Variants.FirstOrDefault(other => other.Sku == variant.Sku)?.Demo ?? variant.Demo == true)
            || (Kind is not ProductKind.Game && Variants.Any(variant => variant.Demo == true)))
        {
            return StoreProblems.Invalid("variants", "A demo stands beside the game that it is of.");
        }

        if (Variants.Where(variant => HoursOf(variant, known) > 0).Skip(1).Any())
        {
            return StoreProblems.Invalid("variants", "A game has one trial: one of its variants says the hours.");
        }

        if (Variants.Index().FirstOrDefault(variant => variant.Item.TrialHours > 0 && !CanBeTried(variant.Item, known)) is { Item: not null } untried)
        {
            return StoreProblems.Invalid($"variants[{untried.Index}].trialHours", "What is tried is the download of a game, and no demo.");
        }

        if (Variants.Index().FirstOrDefault(variant => IsMembership(variant.Item, known) != (Kind is ProductKind.Subscription)) is { Item: not null } odd)
        {
            return StoreProblems.Invalid($"variants[{odd.Index}].membership", "A subscription says its tier and months, and nothing else does.");
        }

        return Variants.Index().Select(variant => variant.Item.Invalid(
            $"variants[{variant.Index}]", now, known?.Variants.FirstOrDefault(other => other.Sku == variant.Item.Sku))).FirstOrDefault(problem => problem is not null);
    }

    private static ValidationProblem? InvalidText(string language, ProductWords? words) =>
        !Language.Others.Any(other => other.Code == language)
            ? StoreProblems.Invalid("texts", $"Other languages are {string.Join(", ", Language.Others.Select(other => other.Code))}; English texts stand beside these.")
        : words is null ? StoreProblems.Invalid($"texts.{language}", "A language has a name, a description, or both.")
        : InvalidText($"texts.{language}.name", words.Name, ProductWords.LongestName, "")
            ?? InvalidText($"texts.{language}.description", words.Description, ProductWords.LongestDescription, "\n\r\t");

    private static ValidationProblem? InvalidText(string field, string? text, int most, string signs) => text is null ? null
        : string.IsNullOrWhiteSpace(text) || text.Length > most ? StoreProblems.Invalid(field, $"A text has 1 to {most} characters; leave it out where there is none.")
        : text.Any(sign => char.IsControl(sign) && !signs.Contains(sign)) ? StoreProblems.Invalid(field, "This has characters that are no text.")
        : null;

    private static int HoursOf(VariantInput variant, Product? known) =>
        variant.TrialHours ?? known?.Variants.FirstOrDefault(other => other.Sku == variant.Sku)?.TrialHours ?? 0;

    private bool CanBeTried(VariantInput variant, Product? known) => Kind is ProductKind.Game && variant.Digital
        && !(known?.Variants.FirstOrDefault(other => other.Sku == variant.Sku)?.Demo ?? variant.Demo == true);

    private static bool IsMembership(VariantInput variant, Product? known) =>
        (variant.Membership is not null || known?.Variants.FirstOrDefault(other => other.Sku == variant.Sku)?.Membership is not null);

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>An age rating as an administrator writes it.</summary>
public sealed record AgeRatingInput(
    [Required, RegularExpression("ESRB|PEGI|CERO|USK", ErrorMessage = "A board is one of ESRB, PEGI, CERO, USK.")] string? Board,
    [Required, StringLength(10)] string? Rating);
