using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PlayStationStore.Web.Tests;

/// <summary>A card that a shopper of the stubs has saved.</summary>
public sealed record StubCard(Guid Id, string Label, string Expires, bool Expired);

/// <summary>Saved cards, as the Orders service answers.</summary>
public sealed class StubCards(StubUsers users)
{
    /// <summary>Who charges cards: <c>test</c>, <c>stripe</c>, or null where nobody does.</summary>
    public string? Provider { get; set; } = "test";

    /// <summary>The card provider does not answer.</summary>
    public bool Away { get; set; }

    /// <summary>The cards by account, newest first.</summary>
    public Dictionary<Guid, List<StubCard>> Saved { get; } = [];

    /// <summary>Saves a card for an account.</summary>
    public Guid Save(StubAccount account, string label, string expires, bool expired = false)
    {
        var card = new StubCard(Guid.NewGuid(), label, expires, expired);
        Of(account).Insert(0, card);
        return card.Id;
    }

    internal void Map(RouteGroupBuilder own)
    {
        own.MapGet("/cards", (HttpContext context) => new { items = Of(users.Caller(context)!), limit = 3, provider = Provider });
        own.MapPost("/cards", (HttpContext context, JsonElement body) => (users.Caller(context)!, body.GetProperty("token").GetString()) switch
        {
            _ when Away => Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable),
            (var account, _) when Of(account).Count == 3 => Results.Problem(
                statusCode: StatusCodes.Status409Conflict, extensions: new Dictionary<string, object?> { ["code"] = "cardLimit" }),
            (var account, "tok_approve" or "cs_1") => Results.Created("/api/cards", new { id = Save(account, "Visa ending 4242", "2031-08"), label = "Visa ending 4242", expires = "2031-08" }),
            _ => Results.ValidationProblem(new Dictionary<string, string[]> { ["token"] = ["This is no card."] }, statusCode: StatusCodes.Status422UnprocessableEntity),
        });
        own.MapDelete("/cards/{id:guid}", (HttpContext context, Guid id) =>
            Of(users.Caller(context)!).RemoveAll(card => card.Id == id) == 1 ? Results.NoContent() : Results.NotFound());
        own.MapPost("/cards/page", (JsonElement body) => Away
            ? Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Ok(new { url = $"https://provider.test/?back={Uri.EscapeDataString(body.GetProperty("returnPath").GetString()!)}" }));
    }

    private List<StubCard> Of(StubAccount account)
    {
        Saved.TryAdd(account.Id, []);
        return Saved[account.Id];
    }
}
