using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PlayStationStore.Web.Tests;

/// <summary>The catalogue with its stock, as the Products service answers staff and administrators.</summary>
public sealed class StubStock(StubUsers users)
{
    /// <summary>How many there are, by sku, where that was set.</summary>
    public ConcurrentDictionary<string, int> OnHand { get; } = new();

    /// <summary>Prices in minor units by sku, where they differ from the catalogue's.</summary>
    public ConcurrentDictionary<string, long> Prices { get; } = new();

    /// <summary>What members pay in minor units, and the tier, by sku.</summary>
    public ConcurrentDictionary<string, (long Price, string Tier)> MemberPrices { get; } = new();

    internal void Map(WebApplication app)
    {
        app.MapGet("/api/products/variants", (string[] sku) => new
        {
            items = StubCatalogue.All.SelectMany(product => product.Variants.Where(variant => sku.Contains(variant.Sku)).Select(variant => ToLine(product, variant))),
        });

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

            OnHand[sku] = body.GetProperty("onHand").GetInt32();
            return Results.NoContent();
        });
        variants.MapPut("/price", (string sku, JsonElement body) =>
        {
            Prices[sku] = body.GetProperty("price").GetInt64();
            return Results.NoContent();
        });
        variants.MapPut("/member-price", (string sku, JsonElement body) =>
        {
            if (body.GetProperty("price").GetInt64() >= 5_999)
            {
                return Results.ValidationProblem(new Dictionary<string, string[]> { ["price"] = ["Members pay less than everybody."] });
            }

            MemberPrices[sku] = (body.GetProperty("price").GetInt64(), body.GetProperty("tier").GetString()!);
            return Results.NoContent();
        });
        variants.MapDelete("/member-price", (string sku) => MemberPrices.TryRemove(sku, out _) ? Results.NoContent() : Results.NotFound());
    }

    private bool Has(HttpContext context, params string[] roles) => users.Caller(context)?.Roles.Any(roles.Contains) is true;

    private object ToLine(StubProduct product, StubVariant variant) => new
    {
        sku = variant.Sku,
        productId = product.Id,
        slug = product.Slug,
        productName = product.Name,
        name = $"{product.Name} ({variant.Platform ?? variant.Edition})",
        kind = product.Kind,
        platform = variant.Platform,
        edition = variant.Edition,
        digital = variant.Digital,
        price = StubOrders.Money(Prices.GetValueOrDefault(variant.Sku, variant.Price)),
        originalPrice = variant.PriceBefore,
        inStock = product.InStock && OnHand.GetValueOrDefault(variant.Sku, 1) > 0,
        withdrawn = false,
        imageUrl = $"/api/products/{product.Id}/image?v=1",
    };

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
            price = StubOrders.Money(Prices.GetValueOrDefault(variant.Sku, variant.Price)),
            originalPrice = variant.PriceBefore,
            saleEndsAt = variant.SaleEndsAt,
            inStock = true,
            digital = variant.Digital,
            onHand = variant.Digital ? (int?)null : OnHand.GetValueOrDefault(variant.Sku, 24),
            reserved = variant.Digital ? (int?)null : 3,
            memberPriceSet = MemberPrices.TryGetValue(variant.Sku, out var member) ? new { price = StubOrders.Money(member.Price), tier = member.Tier } : null,
        }),
    };
}
