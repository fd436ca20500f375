using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PlayStationStore.Web.Tests;

/// <summary>Messages that could not be handled, as every service answers administrators.</summary>
public sealed class StubMessages(StubUsers users)
{
    private readonly ConcurrentDictionary<Guid, (string Service, string Type, string Reason)> waiting = new();

    /// <summary>What was decided, in order.</summary>
    public List<(Guid Id, string Decision)> Decisions { get; } = [];

    /// <summary>A message waits.</summary>
    public Guid Add(string service, string type, string reason)
    {
        var id = Guid.CreateVersion7();
        waiting[id] = (service, type, reason);
        return id;
    }

    internal void Map(WebApplication app)
    {
        var messages = app.MapGroup("/api/admin/messages/{service}").AddEndpointFilter(async (context, next) =>
            users.Caller(context.HttpContext)?.Roles is { } roles && (roles.Contains("administrator")
                || (roles.Contains("staff") && !context.HttpContext.Request.Path.Value!.EndsWith("/drop", StringComparison.Ordinal))) ? await next(context) : Results.Forbid());
        messages.MapGet("", (string service) =>
        {
            var own = waiting.Where(message => message.Value.Service == service).ToList();
            return new
            {
                items = own.Select(message => new
                {
                    id = message.Key,
                    messageType = message.Value.Type,
                    endpoint = $"{service}-queue",
                    reason = message.Value.Reason,
                    faultedAt = DateTimeOffset.UnixEpoch,
                }),
                total = own.Count,
            };
        });
        messages.MapPost("/{id:guid}/{decision}", (Guid id, string decision) =>
        {
            if (!waiting.TryRemove(id, out _))
            {
                return Results.Problem("Somebody has decided on this message already.", statusCode: StatusCodes.Status409Conflict);
            }

            Decisions.Add((id, decision));
            return Results.NoContent();
        });
    }
}
