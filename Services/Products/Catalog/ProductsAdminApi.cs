using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>What administrators change in the catalogue.</summary>
internal static class ProductsAdminApi
{
    internal const string AdministrationTag = "Catalogue administration";
    internal const string AdministrationIsAbout = "Products, prices and stock, for those who keep them.";

    private const int LargestBody = 256 * 1024;

    public static void MapProductsAdminApi(this IEndpointRouteBuilder app)
    {
        var products = app.MapGroup("/api/products").WithTag(AdministrationTag, AdministrationIsAbout).RequireAuthorization(Policies.Administrator)
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody)).ChangesCatalogue().DecidesRacesAnew();
        products.MapPost("/", Create).WithSummary("Create a product")
            .WithDescription("A product that is there just as it is asked for is answered as if it were made now, so that what is sent twice makes one.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        products.MapPut("/{id:guid}", Change).WithSummary("Change a product")
            .WithDescription("`If-Match` names the version that was read, by the `ETag` of any answer that has the product; `version` in the body does the same. "
                + "Where somebody else has changed it since, the answer is 412 and nothing is changed; a change that has been made already is answered as if it were made now.")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed);
        products.MapDelete("/{id:guid}", Withdraw).WithSummary("Withdraw a product from sale")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<Results<Created<ProductView<StaffVariantView>>, ValidationProblem, ProblemHttpResult>> Create(
        ProductInput input, ProductsDbContext database, TimeProvider clock, HttpResponse response)
    {
        var now = clock.GetUtcNow();
        var categories = await CategoriesOf(input, database);
        if ((input.Invalid(now) ?? InvalidCategories(input, categories) ?? await VariantLinks.InvalidAsync(input, database)) is { } problem)
        {
            return problem;
        }

        if (await WithAnyOfAsync(input.Variants!, database) is { } other)
        {
            var refusal = SkuTaken(input.Variants!, other);
            Write(other, input, categories, now);
            if (database.ChangeTracker.HasChanges())
            {
                return refusal;
            }

            response.TagWith(other.Version);
            return TypedResults.Created($"/api/products/{other.Id}", other.ForStaff(now));
        }

        var id = Guid.CreateVersion7(now);
        if (await SlugTaken(input.Slug, id, database) is { } taken)
        {
            return taken;
        }

        var product = Product.Create(id, input.Slug ?? await FreeSlug(input.Name!, id, database), input.Details(), now);
        product.FileUnder(categories);
        Offer(product, input);
        Publish(product, input, now);
        database.Add(product);
        database.Audit("product.created", $"product/{id}", TrailOf(product, input));
        database.MarkOffered(product.Id, now);
        await database.SaveChangesAsync();
        response.TagWith(product.Version);
        return TypedResults.Created($"/api/products/{id}", product.ForStaff(now));
    }

    private static async Task<Results<Ok<ProductView<StaffVariantView>>, NotFound, ValidationProblem, ProblemHttpResult>> Change(
        Guid id, ProductInput input, ProductsDbContext database, TimeProvider clock, HttpContext context)
    {
        var now = clock.GetUtcNow();
        var product = await database.Products.WithAll().Include(product => product.Slugs).FirstOrDefaultAsync(product => product.Id == id);
        if (product is null)
        {
            return TypedResults.NotFound();
        }

        var categories = await CategoriesOf(input, database);
        if ((input.Invalid(now, product) ?? InvalidCategories(input, categories) ?? await VariantLinks.InvalidAsync(input, database)) is { } invalid)
        {
            return invalid;
        }

        if (await SlugTaken(input.Slug, id, database) is { } taken)
        {
            return taken;
        }

        var conflict = context.Request.Conflict(product.Version, input.Version);
        Write(product, input, categories, now);
        if (input.Withdrawn == true)
        {
            product.Withdraw(now);
        }
        else if (input.Withdrawn == false)
        {
            product.Restore(now);
        }

        // What is as it was asked for already, as after a form that was sent twice, is no conflict and no new version.
        if (database.ChangeTracker.HasChanges())
        {
            if (conflict is not null)
            {
                return conflict;
            }

            product.Touch(now);
            database.Audit("product.changed", $"product/{id}", TrailOf(product, input));
            database.MarkOffered(product.Id, now);
            await database.SaveChangesAsync();
        }

        context.Response.TagWith(product.Version);
        return TypedResults.Ok(product.ForStaff(now));
    }

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Withdraw(
        Guid id, ProductsDbContext database, TimeProvider clock, HttpRequest request)
    {
        var product = await database.Products.FirstOrDefaultAsync(product => product.Id == id);
        if (product is null)
        {
            return TypedResults.NotFound();
        }

        if (request.Conflict(product.Version, null) is { } conflict)
        {
            return conflict;
        }

        var now = clock.GetUtcNow();
        product.Withdraw(now);
        database.Audit("product.withdrawn", $"product/{id}");
        database.MarkOffered(product.Id, now);
        await database.SaveChangesAsync();
        return TypedResults.NoContent();
    }

    // What is sold and whether, not its texts. A product has few variants; of more than the trail's room, their number.
    private static object TrailOf(Product product, ProductInput input) =>
        new { product.Slug, product.PublishAt, Withdrawn = input.Withdrawn ?? false, Variants = product.Variants.Count, Skus = product.Variants.Take(20).Select(variant => variant.Sku) };

    // Changes of what is there already: where everything is as it is asked for, nothing.
    private static void Write(Product product, ProductInput input, List<Category> categories, DateTimeOffset now)
    {
        product.Change(input.Slug ?? product.Slug, input.Details());
        product.FileUnder(categories);
        Offer(product, input);
        Publish(product, input, now);
    }

    private static void Publish(Product product, ProductInput input, DateTimeOffset now)
    {
        if (input.PublishAt is { } at)
        {
            product.Publish(at, now);
        }
    }

    private static void Offer(Product product, ProductInput input)
    {
        if (input.Variants is null)
        {
            return;
        }

        foreach (var offered in input.Variants)
        {
            if (product.Variants.FirstOrDefault(variant => variant.Sku == offered.Sku) is { } known)
            {
                known.Change(offered.Details());
            }
            else
            {
                var added = product.AddVariant(offered.Sku!, offered.Details());
                added.SetPrice(Region.Default, new PriceTag(offered.Price ?? 0, offered.OriginalPrice, offered.SaleEndsAt));
                added.CompletePrices();
                added.Stock?.Count(offered.OnHand ?? 0);
            }
        }

        product.Offer([.. input.Variants.Select(variant => variant.Sku!)]);
    }

    private static async Task<List<Category>> CategoriesOf(ProductInput input, ProductsDbContext database)
    {
        var ids = input.CategoryIds ?? [];
        return await database.Categories.Where(category => ids.Contains(category.Id)).ToListAsync();
    }

    private static ValidationProblem? InvalidCategories(ProductInput input, List<Category> found) =>
        (input.CategoryIds ?? []).Distinct().Count() == found.Count ? null : StoreProblems.Invalid("categoryIds", "There is no such category.");

    private static async Task<ProblemHttpResult?> SlugTaken(string? slug, Guid id, ProductsDbContext database) =>
        slug is not null && await database.ProductSlugs.AnyAsync(one => one.Slug == slug && one.ProductId != id)
            ? StoreProblems.Problem(StatusCodes.Status409Conflict, "slugTaken", "Another product has this address, or had it before it was renamed.")
            : null;

    private static Task<Product?> WithAnyOfAsync(IReadOnlyList<VariantInput> variants, ProductsDbContext database)
    {
        var skus = variants.Select(variant => variant.Sku).ToList();
        return database.Products.WithAll().Include(product => product.Slugs)
            .FirstOrDefaultAsync(product => product.Variants.Any(variant => skus.Contains(variant.Sku)));
    }

    private static ProblemHttpResult SkuTaken(IReadOnlyList<VariantInput> variants, Product other)
    {
        const string Sentence = "Another product has this SKU.";
        var taken = variants.Index().First(variant => other.Variants.Any(known => known.Sku == variant.Item.Sku)).Index;
        return TypedResults.Problem(Sentence, statusCode: StatusCodes.Status409Conflict, extensions: new Dictionary<string, object?>
        {
            ["code"] = "skuTaken",
            ["errors"] = new Dictionary<string, string[]> { [$"variants[{taken}].sku"] = [Sentence] },
        });
    }

    private static async Task<string> FreeSlug(string name, Guid id, ProductsDbContext database)
    {
        var slug = Slug.From(name);
        return Slug.IsFree(slug) && !await database.ProductSlugs.AnyAsync(one => one.Slug == slug) ? slug : $"{slug}-{id.ToString("N")[^8..]}";
    }
}

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

/// <summary>A variant as an administrator describes it.</summary>
/// <param name="Digital">Decided once: what is digital has no stock.</param>
/// <param name="Price">Of a new variant, in minor units of USD; its prices in other regions follow from it until they are set there.</param>
/// <param name="OriginalPrice">Of a new variant that is on sale.</param>
/// <param name="SaleEndsAt">Of a new variant that is on sale.</param>
/// <param name="OnHand">Of a new variant that is not digital.</param>
/// <param name="Contains">The SKUs of all downloads that it puts into the library beside itself; left out, what is known stays.</param>
/// <param name="Demo">Decided once: a free taste of the game.</param>
/// <param name="Membership">The membership that it is. Decided once; left out, what is known stays.</param>
/// <param name="Requires">The SKUs, on its platform, of which a shopper must have one; left out, what is known stays.</param>
/// <param name="TrialHours">How long a shopper can try it, once, before they buy it; 0 for not at all, left out, what is known stays.</param>
public sealed record VariantInput(
    [Required, StringLength(40), RegularExpression("[A-Z0-9]+(-[A-Z0-9]+)*", ErrorMessage = "A sku has capital letters, digits and single dashes.")] string? Sku,
    bool Digital = false,
    [StringLength(20)] string? Platform = null,
    [StringLength(80)] string? Edition = null,
    [MaxLength(20)] IReadOnlyList<string>? Includes = null,
    [Range(0, Pricing.Highest)] long? Price = null,
    [Range(1, Pricing.Highest)] long? OriginalPrice = null,
    DateTimeOffset? SaleEndsAt = null,
    [Range(0, StockItem.Most)] int? OnHand = null,
    [MaxLength(VariantLinks.Most)] IReadOnlyList<string>? Contains = null,
    [MaxLength(VariantLinks.Most)] IReadOnlyList<string>? Requires = null,
    bool? Demo = null,
    MembershipInput? Membership = null,
    [Range(0, Variant.LongestTrial)] int? TrialHours = null)
{
    internal VariantDetails Details() => new(
        Platform, Edition, Digital, [.. Includes ?? []], Contains, Requires, Demo ?? false, Membership is null ? null : new(Membership.Tier!.Value, Membership.Months!.Value), TrialHours);

    internal ValidationProblem? Invalid(string path, DateTimeOffset now, Variant? known) =>
        Platform is not null && !Platforms.All.Contains(Platform) ? StoreProblems.Invalid($"{path}.platform", $"A platform is one of {string.Join(", ", Platforms.All)}.")
        : (Includes ?? []).Any(text => string.IsNullOrWhiteSpace(text) || text.Length > 120) ? StoreProblems.Invalid($"{path}.includes", "A text has 1 to 120 characters.")
        : known is not null && known.Digital != Digital ? StoreProblems.Invalid($"{path}.digital", "Make a new variant: orders and stock rest on this.")
        : known is not null && Demo is { } demo && known.Demo != demo ? StoreProblems.Invalid($"{path}.demo", "Make a new variant: libraries rest on this.")
        : known is not null && Details().Membership is { } membership && known.Membership != membership
            ? StoreProblems.Invalid($"{path}.membership", "Make a new variant: what was paid for rests on this.")
        : known is not null ? null
        : Membership is not null && !Digital ? StoreProblems.Invalid($"{path}.digital", "A membership is digital.")
        : Membership is not null && Membership.Months is not (1 or 3 or 12) ? StoreProblems.Invalid($"{path}.membership.months", "A membership lasts 1, 3 or 12 months.")
        : Demo == true && (!Digital || (Price ?? 0) != 0) ? StoreProblems.Invalid($"{path}.demo", "A demo is a download, and free.")
        : Demo == true ? null
        : Price is null ? StoreProblems.Invalid($"{path}.price", "A new variant needs a price.")
        : OriginalPrice <= Price ? StoreProblems.Invalid($"{path}.originalPrice", "The original price is above the sale's.")
        : SaleEndsAt <= now ? StoreProblems.Invalid($"{path}.saleEndsAt", "A sale ends in the future.")
        : Digital && OnHand is not null ? StoreProblems.Invalid($"{path}.onHand", "Digital goods have no stock.")
        : null;
}

/// <summary>The membership that a variant is.</summary>
/// <param name="Months">1, 3 or 12.</param>
public sealed record MembershipInput([Required] MembershipTier? Tier, [Required, Range(1, 12)] int? Months);
