using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PlayStationStore.Web.Tests;

/// <summary>Gifts, as Orders tells of them.</summary>
public sealed class StubGifts
{
    /// <summary>The code that can be redeemed.</summary>
    public const string Code = "ABCDEFGHJKMNPQRS";

    /// <summary>What everybody has given.</summary>
    public List<StubGift> All { get; } = [];

    /// <summary>The addresses that a mail was asked for, in order.</summary>
    public List<string?> Mailed { get; } = [];

    /// <summary>Why no mail is sent again; null where it is.</summary>
    public string? Refusal { get; set; }

    internal void Map(RouteGroupBuilder own)
    {
        own.MapGet("/gifts", (Guid orderId) => new { items = All.Where(gift => gift.OrderId == orderId), nextCursor = (string?)null });
        own.MapPost("/gifts/redeem", (JsonElement body) => body.GetProperty("code").GetString()!.Replace("-", "", StringComparison.Ordinal) == Code
            ? Results.Ok(new { sku = "TEKKEN", name = "Tekken 3", platform = "PS1", message = "Have fun" })
            : Results.Problem("This code has been redeemed already.", statusCode: StatusCodes.Status409Conflict, extensions: new Dictionary<string, object?> { ["code"] = "codeUsed" }));
        own.MapPost("/gifts/{id:guid}/mail", (Guid id, JsonElement body) =>
        {
            if (All.Find(gift => gift.Id == id) is not { } gift)
            {
                return Results.NotFound();
            }

            Mailed.Add(body.GetProperty("email").GetString());
            return Refusal is null ? Results.Ok(gift)
                : Results.Problem(statusCode: StatusCodes.Status409Conflict, extensions: new Dictionary<string, object?> { ["code"] = Refusal });
        });
    }
}

/// <summary>A gift of the stub.</summary>
public sealed record StubGift(
    Guid Id, Guid OrderId, string Sku, string Name, string? Email, string? Message, string Status, int Mailings, DateTimeOffset MailedAt, DateTimeOffset? RedeemedAt);
