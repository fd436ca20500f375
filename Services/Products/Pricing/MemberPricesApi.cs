using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>What members pay for variants. It is apart from the price, so that a new price or a sale leaves it as it is.</summary>
internal static class MemberPricesApi
{
    private const int LargestBody = 16 * 1024;

    public static void MapMemberPricesApi(this IEndpointRouteBuilder app)
    {
        var prices = app.MapGroup("/api/products/variants/{sku}/member-price").WithTag(ProductsAdminApi.AdministrationTag, ProductsAdminApi.AdministrationIsAbout)
            .RequireAuthorization(Policies.Administrator).WithMetadata(new RequestSizeLimitAttribute(LargestBody)).ChangesCatalogue().DecidesRacesAnew();
        prices.MapPut("/", Set).WithSummary("Set what members pay for a variant; it holds where it is below the price of everybody").WithDescription(Pricing.VersionIsAbout)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed);
        prices.MapDelete("/", Remove).WithSummary("Let members pay what everybody does").WithDescription(Pricing.VersionIsAbout)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<Results<Ok<StaffVariantView>, NotFound, ValidationProblem, ProblemHttpResult>> Set(
        string sku, MemberPriceInput input, ProductsDbContext database, TimeProvider clock, HttpContext context)
    {
        if (await FindAsync(database, sku) is not { } variant)
        {
            return TypedResults.NotFound();
        }

        if (variant.Demo || variant.Product.Kind is ProductKind.GiftCard or ProductKind.Subscription)
        {
            return StoreProblems.Invalid("price", "Demos, gift cards and memberships cost everybody the same.");
        }

        if (Region.Of(input.Region, input.Currency) is not { } region)
        {
            return Pricing.NoSuchRegion(input.Region);
        }

        if (variant.PriceIn(region) is not { } price)
        {
            return StoreProblems.Invalid(input.Region is null ? "currency" : "region", $"It has no price in {region.Name}.");
        }

        if (input.Price >= price.Regular)
        {
            return StoreProblems.Invalid("price", "Members pay less than everybody.");
        }

        return await SaveAsync(database, variant, price, new(input.Price!.Value, input.Tier!.Value), clock, context) is { } conflict
            ? conflict : TypedResults.Ok(StaffVariantView.AnswerOf(variant, region, clock.GetUtcNow(), context.Response));
    }

    private static async Task<Results<Ok<StaffVariantView>, NotFound, ProblemHttpResult>> Remove(
        string sku, ProductsDbContext database, TimeProvider clock, HttpContext context, [RegularExpression("[A-Z]{3}", ErrorMessage = "This is not an ISO 4217 code.")] string? currency = null,
        [StringLength(2)] string? region = null) =>
        await FindAsync(database, sku) is not { } variant || Region.Of(region, currency) is not { } known || variant.PriceIn(known) is not { } price ? TypedResults.NotFound()
        : await SaveAsync(database, variant, price, null, clock, context) is { } conflict ? conflict
        : TypedResults.Ok(StaffVariantView.AnswerOf(variant, known, clock.GetUtcNow(), context.Response));

    private static Task<Variant?> FindAsync(ProductsDbContext database, string sku) =>
        database.Variants.Include(variant => variant.Product).Include(variant => variant.Prices).Include(variant => variant.Stock)
            .FirstOrDefaultAsync(variant => variant.Sku == sku);

    // A conflict where there is one; null where it is saved, or was as it is asked for already.
    private static async Task<ProblemHttpResult?> SaveAsync(
        ProductsDbContext database, Variant variant, Price price, MemberPrice? member, TimeProvider clock, HttpContext context)
    {
        if (price.ForMembers == member)
        {
            return null;
        }

        if (context.Request.Conflict(price.Version, null) is { } conflict)
        {
            return conflict;
        }

        var now = clock.GetUtcNow();
        database.Audit("memberPrice.set", $"variant/{variant.Sku}", new { Region = price.Region.Code, price.Currency, From = price.ForMembers, To = member });
        price.SetForMembers(member);
        database.MarkOffered(variant.ProductId, now);
        await database.SaveChangesAsync();
        return null;
    }
}

/// <summary>What members pay, as an administrator sets it.</summary>
/// <param name="Price">Minor units, below the price without a sale.</param>
/// <param name="Tier">The lowest tier that has it.</param>
/// <param name="Currency">ISO 4217; that of the region.</param>
/// <param name="Region">The region's code; left out, the first with the currency, or else the United States.</param>
public sealed record MemberPriceInput(
    [Required, Range(0, Pricing.Highest)] long? Price,
    [Required] MembershipTier? Tier,
    [RegularExpression("[A-Z]{3}", ErrorMessage = "This is not an ISO 4217 code.")] string? Currency = null,
    [StringLength(2)] string? Region = null);
