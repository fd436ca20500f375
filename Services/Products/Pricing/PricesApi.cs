using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>What variants cost.</summary>
internal static class PricesApi
{
    private const int LargestBody = 16 * 1024;

    public static void MapPricesApi(this IEndpointRouteBuilder app)
    {
        var prices = app.MapGroup("/api/products/variants/{sku}/price").WithTag(ProductsAdminApi.AdministrationTag, ProductsAdminApi.AdministrationIsAbout)
            .RequireAuthorization(Policies.Administrator).WithMetadata(new RequestSizeLimitAttribute(LargestBody)).ChangesCatalogue();
        prices.MapPut("/", Set).WithSummary("Set a variant's price, or put it on sale").ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<StaffVariantView>, NotFound, ValidationProblem>> Set(
        string sku, PriceInput input, ProductsDbContext database, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        if (input.OriginalPrice <= input.Price)
        {
            return StoreProblems.Invalid("originalPrice", "The original price is above the sale's.");
        }

        if (input.SaleEndsAt is not null && (input.OriginalPrice is null || input.SaleEndsAt <= now))
        {
            return StoreProblems.Invalid("saleEndsAt", "A sale has an original price, and ends in the future.");
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

        var currency = input.Currency ?? Pricing.StoreCurrency;
        var before = variant.Prices.FirstOrDefault(price => price.Currency == currency)?.At(now);
        var after = new PriceTag(input.Price!.Value, input.OriginalPrice, input.SaleEndsAt?.ToUniversalTime());
        variant.SetPrice(currency, after);
        database.Audit("price.set", $"variant/{sku}", new { Currency = currency, From = before, To = after });
        database.MarkOffered(variant.ProductId, now);
        await database.SaveChangesAsync();
        return TypedResults.Ok(StaffVariantView.OfStaff(variant, now));
    }
}

/// <summary>A price as an administrator sets it.</summary>
/// <param name="Price">What is paid, in minor units.</param>
/// <param name="OriginalPrice">What it costs without the sale; left out, there is no sale.</param>
/// <param name="SaleEndsAt">When the sale ends; left out, it has no end.</param>
/// <param name="Currency">ISO 4217; USD unless told.</param>
public sealed record PriceInput(
    [Required, Range(0, Pricing.Highest)] long? Price,
    [Range(1, Pricing.Highest)] long? OriginalPrice = null,
    DateTimeOffset? SaleEndsAt = null,
    [RegularExpression("[A-Z]{3}", ErrorMessage = "This is not an ISO 4217 code.")] string? Currency = null);
