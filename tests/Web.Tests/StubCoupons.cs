using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PlayStationStore.Web.Tests;

/// <summary>Coupons, as Orders keeps them for administrators.</summary>
public sealed class StubCoupons
{
    /// <summary>What was asked for, as JSON, with whether it is still good, and how often it was changed.</summary>
    public List<(Guid Id, JsonElement Terms, bool Active, long Version)> All { get; } = [];

    internal void Map(RouteGroupBuilder admin)
    {
        admin.MapGet("", () => new { items = All.Select(View), nextCursor = (string?)null });
        admin.MapGet("/{id:guid}", (Guid id) => All.FindIndex(coupon => coupon.Id == id) is >= 0 and var index ? Results.Ok(View(All[index])) : Results.NotFound());
        admin.MapPost("", (JsonElement terms) =>
        {
            if (Oddity(terms) is { } odd)
            {
                return odd;
            }

            if (All.Exists(coupon => Code(coupon.Terms) == Code(terms)))
            {
                return Changed();
            }

            All.Add((Guid.NewGuid(), terms.Clone(), true, 1));
            return Results.Created("", View(All[^1]));
        });
        admin.MapPut("/{id:guid}", (Guid id, JsonElement terms) =>
        {
            var index = All.FindIndex(coupon => coupon.Id == id);
            if (Oddity(terms) is { } odd)
            {
                return odd;
            }

            if (Code(terms) != Code(All[index].Terms) || terms.GetProperty("version").GetInt64() != All[index].Version)
            {
                return Changed();
            }

            All[index] = (id, terms.Clone(), terms.GetProperty("active").GetBoolean(), All[index].Version + 1);
            return Results.Ok(View(All[index]));
        });
        admin.MapDelete("/{id:guid}", (Guid id) =>
        {
            var index = All.FindIndex(coupon => coupon.Id == id);
            if (index < 0)
            {
                return Results.NotFound();
            }

            All[index] = All[index] with { Active = false, Version = All[index].Version + 1 };
            return Results.NoContent();
        });
    }

    private static IResult? Oddity(JsonElement terms)
    {
        if (terms.GetProperty("percent").ValueKind == JsonValueKind.Null && terms.GetProperty("amountOff").ValueKind == JsonValueKind.Null)
        {
            return Results.ValidationProblem(new Dictionary<string, string[]> { ["percent"] = ["A coupon takes off either a percentage or an amount."] });
        }

        var unknown = terms.GetProperty("productIds").EnumerateArray().Select(id => id.GetGuid()).ToList().FindIndex(id => !StubCatalogue.All.Any(product => product.Id == id));
        return unknown < 0 ? null : Results.ValidationProblem(
            new Dictionary<string, string[]> { [$"productIds[{unknown}]"] = ["There is no such product."] }, statusCode: StatusCodes.Status422UnprocessableEntity);
    }

    private static string? Code(JsonElement terms) => terms.GetProperty("code").GetString();

    private static IResult Changed() => Results.Problem("Somebody else changed this at the same moment.", statusCode: StatusCodes.Status409Conflict);

    private static object View((Guid Id, JsonElement Terms, bool Active, long Version) coupon) => new
    {
        id = coupon.Id,
        code = Code(coupon.Terms),
        description = coupon.Terms.GetProperty("description").GetString(),
        percent = coupon.Terms.GetProperty("percent"),
        amountOff = coupon.Terms.GetProperty("amountOff"),
        currency = coupon.Terms.GetProperty("currency"),
        minimumSubtotal = coupon.Terms.GetProperty("minimumSubtotal"),
        maxUses = coupon.Terms.GetProperty("maxUses"),
        maxUsesPerShopper = coupon.Terms.GetProperty("maxUsesPerShopper"),
        startsAt = coupon.Terms.GetProperty("startsAt"),
        endsAt = coupon.Terms.GetProperty("endsAt"),
        active = coupon.Active,
        uses = 3,
        productIds = coupon.Terms.GetProperty("productIds"),
        categoryIds = coupon.Terms.GetProperty("categoryIds"),
        combinable = coupon.Terms.GetProperty("combinable"),
        version = coupon.Version,
    };
}
