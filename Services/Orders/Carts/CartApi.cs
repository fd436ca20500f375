using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class CartApi
{
    public static void MapCartApi(this IEndpointRouteBuilder app)
    {
        var cart = app.MapGroup("/api/cart").WithTag("Cart", "What a shopper means to buy: by cookie, or by account once signed in.")
            .AllowAnonymous().LimitBody()
            .AddEndpointFilter(RefuseBadTokens).AddEndpointFilter(SayLater).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        cart.MapGet("", Get).WithSummary("Read the cart");
        cart.MapDelete("", Clear).WithSummary("Empty the cart");
        cart.MapPut("items/{sku}", Set).WithSummary("Set how many of a SKU are in it").ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        cart.MapDelete("items/{sku}", Remove).WithSummary("Take a SKU out of it");
    }

    private static async Task<Ok<CartDocument>> Get(HttpContext http, Carts carts) =>
        TypedResults.Ok(await carts.ReadAsync(await CartOwner.FindAsync(http, carts)));

    private static async Task<NoContent> Clear(HttpContext http, Carts carts)
    {
        if (await CartOwner.FindAsync(http, carts) is { } cart)
        {
            await carts.ClearAsync(cart);
        }

        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<CartDocument>, ProblemHttpResult>> Set(
        [Sku] string sku, CartQuantity request, HttpContext http, Carts carts)
    {
        var cart = await CartOwner.FindOrOpenAsync(http, carts);
        return await carts.SetAsync(cart, sku, request.Quantity)
            ? TypedResults.Ok(await carts.ReadAsync(cart))
            : StoreProblems.Problem(StatusCodes.Status422UnprocessableEntity, "cartFull", $"A cart holds at most {Carts.MostLines} different things.");
    }

    private static async Task<Ok<CartDocument>> Remove([Sku] string sku, HttpContext http, Carts carts)
    {
        var cart = await CartOwner.FindAsync(http, carts);
        if (cart is { } found)
        {
            await carts.RemoveAsync(found, sku);
        }

        return TypedResults.Ok(await carts.ReadAsync(cart));
    }

    // A shopper whose token has run out must not be given an anonymous cart in place of their own.
    private static async ValueTask<object?> RefuseBadTokens(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Headers.Authorization.Count > 0 && context.HttpContext.User.Identity is not { IsAuthenticated: true }
            ? TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized)
            : await next(context);

    private static async ValueTask<object?> SayLater(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception exception) when (Carts.IsOutage(exception))
        {
            // A cookie for a cart that could not be made would be of no use.
            context.HttpContext.Response.Headers.Remove(HeaderNames.SetCookie);
            context.HttpContext.Response.Headers.RetryAfter = "5";
            return StoreProblems.Problem(
                StatusCodes.Status503ServiceUnavailable, "cartUnavailable",
                "Your cart cannot be reached at the moment. It is not lost; please try again soon.");
        }
    }
}

/// <summary>What the shopper means to buy. Names and prices are asked of Products.</summary>
/// <param name="Count">The sum of the quantities.</param>
public sealed record CartDocument(IReadOnlyList<CartItem> Items, int Count);

/// <summary>A line of a cart.</summary>
public sealed record CartItem(string Sku, int Quantity, DateTimeOffset AddedAt);

/// <summary>How many of a SKU the cart shall hold.</summary>
public sealed record CartQuantity([Range(1, Carts.MostOfOne)] int Quantity);
