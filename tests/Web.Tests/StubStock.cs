using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PlayStationStore.Web.Tests;

/// <summary>The catalogue with its stock, as the Products service answers staff and administrators.</summary>
public sealed class StubStock(StubUsers users)
{
    private readonly ConcurrentDictionary<string, int> _onHand = new();

    internal void Map(WebApplication app)
    {
        var staff = app.MapGroup("/api/admin/products").AddEndpointFilter(async (context, next) =>
            Has(context.HttpContext, "staff", "administrator") ? await next(context) : Results.Forbid());
        staff.MapGet("", (string? search) => new
        {
            items = StubCatalogue.All.Reverse().Where(product => product.Name.Contains(search ?? "", StringComparison.OrdinalIgnoreCase)).Take(16).Select(ToView),
            nextCursor = "16",
        });
        staff.MapGet("/{id:guid}", (Guid id) => StubCatalogue.All.FirstOrDefault(product => product.Id == id) is { } product ? Results.Ok(ToView(product)) : Results.NotFound());

        var variants = app.MapGroup("/api/products/variants/{sku}").AddEndpointFilter(async (context, next) =>
            Has(context.HttpContext, "administrator") ? await next(context) : Results.Forbid());
        variants.MapPut("/stock", (string sku, JsonElement body) =>
        {
            if (string.IsNullOrEmpty(body.GetProperty("reason").GetString()))
            {
                return Results.ValidationProblem(new Dictionary<string, string[]> { ["reason"] = ["Say why the stock changes."] });
            }

            _onHand[sku] = body.GetProperty("onHand").GetInt32();
            return Results.NoContent();
        });
        variants.MapPut("/price", (string sku, JsonElement body) =>
        {
            StubCatalogue.All.SelectMany(product => product.Variants).Single(variant => variant.Sku == sku).PriceSet = body.GetProperty("price").GetInt64();
            return Results.NoContent();
        });
    }

    private bool Has(HttpContext context, params string[] roles) => users.Caller(context)?.Roles.Any(roles.Contains) is true;

    private object ToView(StubProduct product) => new
    {
        id = product.Id,
        slug = product.Slug,
        name = product.Name,
        kind = product.Kind,
        publisher = product.Publisher,
        genre = product.Genre,
        platforms = product.Platforms,
        withdrawn = false,
        imageUrl = $"/api/products/{product.Id}/image?v=1",
        variants = product.Variants.Select(variant => new
        {
            sku = variant.Sku,
            name = $"{product.Name} ({variant.Platform ?? variant.Edition})",
            platform = variant.Platform,
            edition = variant.Edition,
            price = StubOrders.Money(variant.PriceSet ?? variant.Price),
            originalPrice = variant.PriceBefore,
            saleEndsAt = variant.SaleEndsAt,
            inStock = true,
            digital = variant.Digital,
            onHand = variant.Digital ? (int?)null : _onHand.GetValueOrDefault(variant.Sku, 24),
            reserved = variant.Digital ? (int?)null : 3,
        }),
    };
}
