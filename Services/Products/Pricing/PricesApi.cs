using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>What variants cost.</summary>
internal static class PricesApi
{
    private const int LargestBody = 16 * 1024;
    private const int HistoryLength = 100;
    private static readonly TimeSpan LongestSale = TimeSpan.FromDays(365);

    public static void MapPricesApi(this IEndpointRouteBuilder app)
    {
        var prices = app.MapGroup("/api/products/variants/{sku}/price").WithTag(ProductsAdminApi.AdministrationTag, ProductsAdminApi.AdministrationIsAbout)
            .RequireAuthorization(Policies.Administrator).WithMetadata(new RequestSizeLimitAttribute(LargestBody)).ChangesCatalogue().DecidesRacesAnew();
        prices.MapPut("/", Set).WithSummary("Set a variant's price, or put it on sale, now or later").WithDescription(Pricing.VersionIsAbout)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed);
        app.MapGroup("/api/admin/products/variants/{sku}/prices").WithTag(ProductsAdminApi.AdministrationTag, ProductsAdminApi.AdministrationIsAbout)
            .RequireAuthorization(Policies.Staff).MapGet("/", History).WithSummary("Read what a variant cost before, the latest first");
    }

    private static async Task<Results<Ok<StaffVariantView>, NotFound, ValidationProblem, ProblemHttpResult>> Set(
        string sku, PriceInput input, ProductsDbContext database, TimeProvider clock, HttpContext context)
    {
        var now = clock.GetUtcNow();
        if (Region.Of(input.Region, input.Currency) is not { } region)
        {
            return Pricing.NoSuchRegion(input.Region);
        }

        if (input.OriginalPrice <= input.Price)
        {
            return StoreProblems.Invalid("originalPrice", "The original price is above the sale's.");
        }

        if (input.SaleEndsAt is not null && (input.OriginalPrice is null || input.SaleEndsAt <= now || input.SaleEndsAt <= input.SaleStartsAt))
        {
            return StoreProblems.Invalid("saleEndsAt", "A sale has an original price, and ends in the future and after it started.");
        }

        if (input.SaleStartsAt is not null && input.OriginalPrice is null)
        {
            return StoreProblems.Invalid("saleStartsAt", "A sale has an original price.");
        }

        var variant = await database.Variants.Include(variant => variant.Product).Include(variant => variant.Prices).Include(variant => variant.Stock)
            .FirstOrDefaultAsync(variant => variant.Sku == sku);
        if (variant is null)
        {
            return TypedResults.NotFound();
        }

        if (variant.Demo && input.Price != 0)
        {
            return StoreProblems.Invalid("price", "A demo is free.");
        }

        if (variant.Product.Kind is ProductKind.GiftCard && input.OriginalPrice is not null)
        {
            return StoreProblems.Invalid("originalPrice", "A gift card is worth its price, and has no sale.");
        }

        var terms = input.OriginalPrice is { } original
            ? new PriceTerms(original, input.Price, input.SaleStartsAt?.ToUniversalTime(), input.SaleEndsAt?.ToUniversalTime())
            : new PriceTerms(input.Price!.Value);
        var before = variant.PriceIn(region)?.Terms;
        if (before == terms)
        {
            return TypedResults.Ok(StaffVariantView.AnswerOf(variant, region, now, context.Response));
        }

        if (context.Request.Conflict(variant.PriceIn(region)?.Version ?? 0, null) is { } conflict)
        {
            return conflict;
        }

        if (variant.PriceIn(region) is { } price)
        {
            if (price.Change(terms, await PastAsync(database, sku, region, now), now) is { } ended)
            {
                database.Add(ended);
            }
        }
        else
        {
            variant.AddPrice(region, terms);
        }

        database.Audit("price.set", $"variant/{sku}", new { Region = region.Code, region.Currency, From = before, To = terms });
        database.MarkOffered(variant.ProductId, now);
        await database.SaveChangesAsync();
        return TypedResults.Ok(StaffVariantView.AnswerOf(variant, region, now, context.Response));
    }

    private static async Task<Results<Ok<IReadOnlyList<PastPriceView>>, NotFound, ValidationProblem>> History(
        string sku, ProductsDbContext database, [RegularExpression("[A-Z]{3}", ErrorMessage = "This is not an ISO 4217 code.")] string? currency = null, [StringLength(2)] string? region = null)
    {
        if (Region.Of(region, currency) is not { } known)
        {
            return Pricing.NoSuchRegion(region);
        }

        if (!await database.Prices.AnyAsync(price => price.Sku == sku && price.Region == known))
        {
            return TypedResults.NotFound();
        }

        var past = await database.PastPrices.AsNoTracking().Where(price => price.Sku == sku && price.Region == known)
            .OrderByDescending(price => price.Until).Take(HistoryLength).ToListAsync();
        return TypedResults.Ok<IReadOnlyList<PastPriceView>>([.. past.Select(price => new PastPriceView(PriceTermsView.Of(price.Terms, known.Currency), price.Until))]);
    }

    // A sale that goes on may have begun long before, and is measured by what was before that.
    private static Task<List<PastPrice>> PastAsync(ProductsDbContext database, string sku, Region region, DateTimeOffset now)
    {
        var since = now - LongestSale - PriceHistory.Reach;
        return database.PastPrices.AsNoTracking().Where(price => price.Sku == sku && price.Region == region && price.Until > since)
            .OrderBy(price => price.Until).ToListAsync();
    }
}

/// <summary>A price as an administrator sets it.</summary>
/// <param name="Price">What is paid, in minor units.</param>
/// <param name="OriginalPrice">What it costs without the sale; left out, there is no sale.</param>
/// <param name="SaleEndsAt">When the sale ends; left out, it has no end.</param>
/// <param name="Currency">ISO 4217; that of the region.</param>
/// <param name="SaleStartsAt">When the sale begins, and until when the original price holds; left out, it begins at once.</param>
/// <param name="Region">The region's code; left out, the first with the currency, or else the United States.</param>
public sealed record PriceInput(
    [Required, Range(0, Pricing.Highest)] long? Price,
    [Range(1, Pricing.Highest)] long? OriginalPrice = null,
    DateTimeOffset? SaleEndsAt = null,
    [RegularExpression("[A-Z]{3}", ErrorMessage = "This is not an ISO 4217 code.")] string? Currency = null,
    DateTimeOffset? SaleStartsAt = null,
    [StringLength(2)] string? Region = null);

/// <summary>A price and its sale, as they are set.</summary>
/// <param name="Regular">Without the sale.</param>
/// <param name="Sale">While the sale holds; null where there is none.</param>
/// <param name="SaleStartsAt">From when it holds; null for at once.</param>
/// <param name="SaleEndsAt">From when it no longer holds; null for no end.</param>
public sealed record PriceTermsView(Money Regular, Money? Sale, DateTimeOffset? SaleStartsAt, DateTimeOffset? SaleEndsAt)
{
    internal static PriceTermsView Of(PriceTerms terms, string currency) =>
        new(new(terms.Regular, currency), terms.Sale is { } sale ? new(sale, currency) : null, terms.SaleStartsAt, terms.SaleEndsAt);
}

/// <summary>What a variant cost until another price was set.</summary>
public sealed record PastPriceView(PriceTermsView Price, DateTimeOffset Until);
