using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PlayStationStore.Web.Tests;

/// <summary>Returns, as the Orders service answers.</summary>
public sealed class StubReturns
{
    /// <summary>The returns, in the order in which they were asked for.</summary>
    public List<StubReturn> All { get; } = [];

    internal void Map(IEndpointRouteBuilder own, IEndpointRouteBuilder admin, StubOrders orders)
    {
        own.MapGet("/orders/{id:guid}/returns", (Guid id) => Offer(orders.All.First(order => order.Id == id)));
        own.MapPost("/orders/{id:guid}/returns", (Guid id, JsonElement body) =>
        {
            if (body.GetProperty("returnsSeen").GetInt32() != All.Count(other => other.OrderId == id))
            {
                return Results.Problem(statusCode: StatusCodes.Status409Conflict);
            }

            var back = new StubReturn(id, body.GetProperty("reason").GetString()!, body.GetProperty("note").GetString(),
                [.. body.GetProperty("lines").EnumerateArray().Select(line => (line.GetProperty("sku").GetString()!, line.GetProperty("quantity").GetInt32()))]);
            All.Add(back);
            return Results.Created($"/api/orders/{id}/returns", back.ToView());
        });
        own.MapPost("/orders/{id:guid}/returns/{back:guid}/withdraw", (Guid back) => Step(back, "withdrawn", null));
        admin.MapGet("", (string? status) => new
        {
            items = All.Where(back => status is null || back.Status == status).Select(back => back.ToView()),
            nextCursor = (string?)null,
        });
        admin.MapPost("/{back:guid}/receive", (Guid back, JsonElement body) =>
        {
            All.First(one => one.Id == back).Restocked = body.GetProperty("lines").EnumerateArray().All(line => line.GetProperty("restock").GetBoolean());
            return Step(back, "received", body.GetProperty("note").GetString());
        });
        admin.MapPost("/{back:guid}/refuse", (Guid back, JsonElement body) => Step(back, "refused", body.GetProperty("reason").GetString()));
    }

    private object Offer(StubOrder order) => new
    {
        until = DateTimeOffset.UtcNow.AddDays(30),
        lines = order.Sent.Select(line => new
        {
            sku = line.Sku,
            name = StubCatalogue.All.First(product => product.Variants.Any(variant => variant.Sku == line.Sku)).Name,
            quantity = line.Quantity - All.Where(back => back.OrderId == order.Id && back.Status is "requested" or "received")
                .SelectMany(back => back.Lines).Where(sent => sent.Sku == line.Sku).Sum(sent => sent.Quantity),
        }),
        returns = All.Where(back => back.OrderId == order.Id).Select(back => back.ToView()),
    };

    private IResult Step(Guid id, string status, string? answer)
    {
        var back = All.First(one => one.Id == id);
        if (back.Status != "requested")
        {
            return Results.Problem(statusCode: StatusCodes.Status409Conflict);
        }

        (back.Status, back.Answer) = (status, answer);
        return Results.Ok(back.ToView());
    }
}

/// <summary>A return of the stub.</summary>
public sealed record StubReturn(Guid OrderId, string Reason, string? Note, IReadOnlyList<(string Sku, int Quantity)> Lines)
{
    public Guid Id { get; } = Guid.CreateVersion7();
    public string Status { get; set; } = "requested";
    public string? Answer { get; set; }
    public bool Restocked { get; set; }

    internal object ToView() => new
    {
        id = Id,
        number = "R7KQ2M4X",
        orderId = OrderId,
        orderNumber = "7KQ2-M4XP",
        status = Status,
        reason = Reason,
        note = Note,
        answer = Answer,
        lines = Lines.Select(line => new
        {
            sku = line.Sku,
            name = StubCatalogue.All.First(product => product.Variants.Any(variant => variant.Sku == line.Sku)).Name,
            quantity = line.Quantity,
            received = Status == "received" ? line.Quantity : 0,
            restocked = 0,
        }),
        withdrawable = Status == "requested",
        createdAt = DateTimeOffset.UtcNow,
        updatedAt = DateTimeOffset.UtcNow,
    };
}
