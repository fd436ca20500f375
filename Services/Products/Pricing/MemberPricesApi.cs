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
            .RequireAuthorization(Policies.Administrator).WithMetadata(new RequestSizeLimitAttribute(LargestBody)).ChangesCatalogue();
        prices.MapPut("/", Set).WithSummary("Set what members pay for a variant; it holds where it is below the price of everybody")
            .ProducesProblem(StatusCodes.Status409Conflict);
        prices.MapDelete("/", Remove).WithSummary("Let members pay what everybody does").ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<StaffVariantView>, NotFound, ValidationProblem>> Set(
        string sku, MemberPriceInput input, ProductsDbContext database, TimeProvider clock)
    {
        if (await FindAsync(database, sku) is not { } variant)
        {
            return TypedResults.NotFound();
        }

        if (variant.Demo || variant.Product.Kind is ProductKind.GiftCard or ProductKind.Subscription)
        {
            return StoreProblems.Invalid("price", "Demos, gift cards and memberships cost everybody the same.");
        }

        var currency = input.Currency ?? Pricing.StoreCurrency;
        if (variant.PriceIn(currency) is not { } price)
        {
            return StoreProblems.Invalid("currency", "It has no price in this currency.");
        }

        if (input.Price >= price.Regular)
        {
            return StoreProblems.Invalid("price", "Members pay less than everybody.");
        }

        return TypedResults.Ok(await SaveAsync(database, variant, price, new(input.Price!.Value, input.Tier!.Value), clock));
    }

    private static async Task<Results<Ok<StaffVariantView>, NotFound>> Remove(
        string sku, ProductsDbContext database, TimeProvider clock, [RegularExpression("[A-Z]{3}", ErrorMessage = "This is not an ISO 4217 code.")] string? currency = null) =>
        await FindAsync(database, sku) is { } variant && variant.PriceIn(currency ?? Pricing.StoreCurrency) is { } price
            ? TypedResults.Ok(await SaveAsync(database, variant, price, null, clock))
            : TypedResults.NotFound();

    private static Task<Variant?> FindAsync(ProductsDbContext database, string sku) =>
        database.Variants.Include(variant => variant.Product).Include(variant => variant.Prices).Include(variant => variant.Stock)
            .FirstOrDefaultAsync(variant => variant.Sku == sku);

    private static async Task<StaffVariantView> SaveAsync(ProductsDbContext database, Variant variant, Price price, MemberPrice? member, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        database.Audit("memberPrice.set", $"variant/{variant.Sku}", new { price.Currency, From = price.ForMembers, To = member });
        price.SetForMembers(member);
        database.MarkOffered(variant.ProductId, now);
        await database.SaveChangesAsync();
        return StaffVariantView.OfStaff(variant, now);
    }
}

/// <summary>What members pay, as an administrator sets it.</summary>
/// <param name="Price">Minor units, below the price without a sale.</param>
/// <param name="Tier">The lowest tier that has it.</param>
/// <param name="Currency">ISO 4217; USD unless told.</param>
public sealed record MemberPriceInput(
    [Required, Range(0, Pricing.Highest)] long? Price,
    [Required] MembershipTier? Tier,
    [RegularExpression("[A-Z]{3}", ErrorMessage = "This is not an ISO 4217 code.")] string? Currency = null);
