using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>How much of a variant lies in the warehouse.</summary>
internal static class StockApi
{
    private const int LargestBody = 16 * 1024;

    public static void MapStockApi(this IEndpointRouteBuilder app)
    {
        var stock = app.MapGroup("/api/products/variants/{sku}/stock").WithTag(ProductsAdminApi.AdministrationTag, ProductsAdminApi.AdministrationIsAbout)
            .RequireAuthorization(Policies.Administrator).WithMetadata(new RequestSizeLimitAttribute(LargestBody)).ChangesCatalogue();
        stock.MapPut("/", Set).WithSummary("Count a variant's stock").ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    // The count says what lies there, whatever is held of it; orders that arrive meanwhile change only what is held.
    private static async Task<Results<Ok<StockView>, NotFound, ValidationProblem, ProblemHttpResult>> Set(
        string sku, StockInput input, ProductsDbContext database, TimeProvider clock, ClaimsPrincipal user)
    {
        var now = clock.GetUtcNow();
        var variant = await database.Variants.AsNoTracking().FirstOrDefaultAsync(variant => variant.Sku == sku);
        if (variant is null)
        {
            return TypedResults.NotFound();
        }

        if (variant.Digital)
        {
            return StoreProblems.Invalid("onHand", "Digital goods have no stock.");
        }

        var onHand = input.OnHand!.Value;
        StockView? counted = null;
        await database.InTransactionAsync(async () =>
        {
            var changed = await database.Stock.Where(stock => stock.Sku == sku && stock.Reserved <= onHand && (input.Seen == null || stock.OnHand == input.Seen))
                .ExecuteUpdateAsync(set => set.SetProperty(stock => stock.OnHand, onHand));
            if (changed > 0)
            {
                database.Add(new StockAdjustment(sku, onHand, input.Reason!.Trim(), user.UserId(), now));
                database.Audit("stock.counted", $"variant/{sku}", new { OnHand = onHand });
                database.MarkChanged(variant.ProductId, now);
            }

            counted = await database.Stock.Where(stock => stock.Sku == sku).Select(stock => new StockView(stock.Sku, stock.OnHand, stock.Reserved)).SingleAsync();
        });
        // A form that was sent twice finds what it asked for.
        return counted!.OnHand == onHand ? TypedResults.Ok(counted)
            : input.Seen is { } seen && counted.OnHand != seen ? StoreProblems.Problem(StatusCodes.Status412PreconditionFailed, "changed", $"There are {counted.OnHand} by now. Nothing was changed.")
            : StoreProblems.Problem(StatusCodes.Status409Conflict, "reserved", "More than that is held for orders. Cancel orders first.");
    }
}

/// <summary>A count of stock.</summary>
/// <param name="Reserved">How many of them are held for orders.</param>
public sealed record StockView(string Sku, int OnHand, int Reserved);

/// <summary>A count as an administrator sets it.</summary>
/// <param name="OnHand">How many lie in the warehouse, those that are held for orders included.</param>
/// <param name="Reason">Such as <c>count</c>, <c>delivery</c>, <c>damage</c>.</param>
/// <param name="Seen">The count before, as it was seen: where orders have changed it since, nothing is written over them.</param>
public sealed record StockInput([Required, Range(0, StockItem.Most)] int? OnHand, [Required, StringLength(200)] string? Reason, int? Seen = null);
