using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PlayStationStore.Web.Tests;

/// <summary>A membership that every shopper has, or has not, as the Orders service answers, and the games of the month.</summary>
public sealed class StubMembership
{
    /// <summary>The tier; null for no member.</summary>
    public string? Tier { get; set; }

    /// <summary>Whether it is renewed, and by which card.</summary>
    public (bool On, Guid? Card) Renewal { get; set; }

    /// <summary>Why the store has stopped renewing; null where it has not.</summary>
    public string? Stopped { get; set; }

    /// <summary>The SKUs that were claimed.</summary>
    public List<string> Claimed { get; } = [];

    /// <summary>The games of the month: the SKU and the tier that it needs.</summary>
    public Dictionary<string, string> Months { get; } = new() { ["TEKKEN-3-PS1"] = "essential", ["GOD-OF-WAR-PS4"] = "premium" };

    /// <summary>What administrators have added: the SKU, the tier, and when it begins and ends.</summary>
    public List<(Guid Id, string Sku, string Tier, DateTimeOffset From, DateTimeOffset Until)> Added { get; } = [];

    internal void Map(WebApplication app, RouteGroupBuilder own)
    {
        var office = app.MapGroup("/api/admin/monthly-games");
        office.MapGet("", () => new { items = Added.Select(month => Show(month.Sku, month.Tier, month.Id, month.From, month.Until)) });
        office.MapPost("", (JsonElement body) =>
        {
            var sku = body.GetProperty("sku").GetString()!;
            if (StubCatalogue.All.All(product => product.Variants.All(variant => variant.Sku != sku)))
            {
                return Results.ValidationProblem(new Dictionary<string, string[]> { ["sku"] = ["A monthly game is the download of a game."] });
            }

            Added.Add((Guid.NewGuid(), sku, body.GetProperty("tier").GetString()!, body.GetProperty("from").GetDateTimeOffset(), body.GetProperty("until").GetDateTimeOffset()));
            return Results.Created("", Show(sku, Added[^1].Tier));
        });
        office.MapDelete("/{id:guid}", (Guid id) => Added.RemoveAll(month => month.Id == id) > 0 ? Results.NoContent() : Results.NotFound());
        app.MapGet("/api/products/monthly-games", () => new { items = Months.Select(month => Show(month.Key, month.Value)) });
        own.MapGet("/membership", View);
        own.MapPut("/membership/renewal", (JsonElement body) =>
        {
            Guid? card = body.GetProperty("cardId").ValueKind == JsonValueKind.String ? body.GetProperty("cardId").GetGuid() : null;
            Renewal = (body.GetProperty("on").GetBoolean(), card ?? Renewal.Card);
            return View();
        });
        own.MapPost("/membership/games/{productId:guid}", (Guid productId) =>
        {
            var sku = Months.Keys.Single(sku => Product(sku).Id == productId);
            if (Tier is null || (Months[sku] == "premium" && Tier != "premium"))
            {
                return Results.Problem(statusCode: StatusCodes.Status409Conflict, extensions: new Dictionary<string, object?> { ["code"] = Tier is null ? "notMember" : "tierTooLow" });
            }

            Claimed.Add(sku);
            return Results.Ok(new { });
        });
    }

    private object View() => new
    {
        tier = Tier,
        until = Tier is null ? (DateTimeOffset?)null : new DateTimeOffset(2027, 3, 31, 12, 0, 0, TimeSpan.Zero),
        renewal = new
        {
            on = Renewal.On,
            cardId = Renewal.Card,
            card = Renewal.Card is null ? null : "Visa ending 4242",
            amount = new { amount = 999, currency = "USD" },
            chargedAt = Renewal.On ? new DateTimeOffset(2027, 3, 30, 12, 0, 0, TimeSpan.Zero) : (DateTimeOffset?)null,
            stoppedBecause = Stopped,
        },
        periods = Tier is null ? [] : new[]
        {
            new { tier = Tier, months = 1, from = new DateTimeOffset(2027, 2, 28, 12, 0, 0, TimeSpan.Zero), until = new DateTimeOffset(2027, 3, 31, 12, 0, 0, TimeSpan.Zero), orderId = Guid.NewGuid() },
        },
        games = Claimed.Select(sku => new { productId = Product(sku).Id, sku, name = Product(sku).Name, tier = Months[sku], claimedAt = DateTimeOffset.UtcNow, playable = Tier is not null }),
    };

    private static object Show(string sku, string tier, Guid? id = null, DateTimeOffset? from = null, DateTimeOffset? until = null) => new
    {
        id = id ?? Product(sku).Id,
        sku,
        platform = Product(sku).Platforms[0],
        edition = "Standard Edition",
        tier,
        from = from ?? new DateTimeOffset(2027, 3, 1, 0, 0, 0, TimeSpan.Zero),
        until = until ?? new DateTimeOffset(2027, 4, 1, 0, 0, 0, TimeSpan.Zero),
        product = Product(sku).ToItem(),
    };

    private static StubProduct Product(string sku) => StubCatalogue.All.First(product => product.Variants.Any(variant => variant.Sku == sku));
}
