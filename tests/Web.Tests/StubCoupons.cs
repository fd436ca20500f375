using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PlayStationStore.Web.Tests;

/// <summary>Coupons, as Orders keeps them for administrators.</summary>
public sealed class StubCoupons
{
    /// <summary>What was asked for, as JSON, with whether it has ended.</summary>
    public List<(Guid Id, JsonElement Terms, bool Active)> All { get; } = [];

    internal void Map(RouteGroupBuilder admin)
    {
        admin.MapGet("", () => new { items = All.Select(View), nextCursor = (string?)null });
        admin.MapPost("", (JsonElement terms) =>
        {
            if (terms.GetProperty("percent").ValueKind == JsonValueKind.Null && terms.GetProperty("amountOff").ValueKind == JsonValueKind.Null)
            {
                return Results.ValidationProblem(new Dictionary<string, string[]> { ["percent"] = ["A coupon takes off either a percentage or an amount."] });
            }

            All.Add((Guid.NewGuid(), terms.Clone(), true));
            return Results.Created("", View(All[^1]));
        });
        admin.MapDelete("/{id:guid}", (Guid id) =>
        {
            var index = All.FindIndex(coupon => coupon.Id == id);
            if (index < 0)
            {
                return Results.NotFound();
            }

            All[index] = All[index] with { Active = false };
            return Results.NoContent();
        });
    }

    private static object View((Guid Id, JsonElement Terms, bool Active) coupon) => new
    {
        id = coupon.Id,
        code = coupon.Terms.GetProperty("code").GetString(),
        description = coupon.Terms.GetProperty("description").GetString(),
        percent = coupon.Terms.GetProperty("percent"),
        amountOff = coupon.Terms.GetProperty("amountOff"),
        currency = coupon.Terms.GetProperty("currency"),
        minimumSubtotal = coupon.Terms.GetProperty("minimumSubtotal"),
        maxUses = coupon.Terms.GetProperty("maxUses"),
        active = coupon.Active,
        uses = 3,
        productIds = Array.Empty<Guid>(),
        categoryIds = Array.Empty<Guid>(),
        combinable = coupon.Terms.GetProperty("combinable"),
    };
}
