using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PlayStationStore.Web.Tests;

/// <summary>Webhooks, as Orders answers administrators: one at most.</summary>
public sealed class StubWebhooks(StubUsers users)
{
    private static readonly Guid s_id = Guid.CreateVersion7();
    private static readonly string[] s_kinds = ["order.placed", "order.paid", "order.completed"];

    /// <summary>The address that is registered.</summary>
    public string? Url { get; private set; }

    /// <summary>What it is told of.</summary>
    public IReadOnlyList<string> Kinds { get; private set; } = [];

    /// <summary>Whether anything is sent.</summary>
    public bool Active { get; private set; }

    /// <summary>What was asked for beside changes.</summary>
    public List<string> Asked { get; } = [];

    internal void Map(WebApplication app)
    {
        var webhooks = app.MapGroup("/api/admin/webhooks").AddEndpointFilter(async (context, next) =>
            users.Caller(context.HttpContext)?.Roles.Contains("administrator") is true ? await next(context) : Results.Forbid());
        webhooks.MapGet("", () => new { items = Url is null ? [] : new[] { View() }, kinds = s_kinds });
        webhooks.MapGet("/{id:guid}", (Guid id) => Url is not null && id == s_id ? Results.Ok(View()) : Results.NotFound());
        webhooks.MapPost("", (JsonElement body) => Set(body) ?? Results.Ok(new { webhook = View(), secret = "whsec_first" }));
        webhooks.MapPut("/{id:guid}", (JsonElement body) => Set(body) ?? Results.Ok(View()));
        webhooks.MapDelete("/{id:guid}", () =>
        {
            Url = null;
            return Results.NoContent();
        });
        webhooks.MapPost("/{id:guid}/rotate", () => new { webhook = View(), secret = "whsec_second" });
        webhooks.MapPost("/{id:guid}/test", () => Ask("test"));
        webhooks.MapPost("/{id:guid}/deliveries/{delivery:guid}/resend", () => Ask("resend"));
        webhooks.MapGet("/{id:guid}/deliveries", () => new
        {
            items = new[]
            {
                new
                {
                    id = Guid.CreateVersion7(),
                    kind = "order.paid",
                    orderId = Guid.CreateVersion7(),
                    state = "givenUp",
                    createdAt = DateTimeOffset.UnixEpoch,
                    attempts = new[] { new { at = DateTimeOffset.UnixEpoch, status = 503, body = "not <b>now</b>", milliseconds = 12 } },
                },
            },
        });
    }

    private IResult? Set(JsonElement body)
    {
        var url = body.GetProperty("url").GetString()!;
        if (!url.StartsWith("https://", StringComparison.Ordinal))
        {
            return Results.ValidationProblem(new Dictionary<string, string[]> { ["url"] = ["It is no address."] });
        }

        Url = url;
        Kinds = [.. body.GetProperty("kinds").EnumerateArray().Select(kind => kind.GetString()!)];
        Active = body.GetProperty("active").GetBoolean();
        return null;
    }

    private IResult Ask(string what)
    {
        Asked.Add(what);
        return Results.Ok(new { });
    }

    private object View() => new { id = s_id, url = Url, kinds = Kinds, active = Active };
}
