using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PlayStationStore.Web.Tests;

/// <summary>The trails of all services.</summary>
public sealed class StubAudit(StubUsers users)
{
    /// <summary>What was done, newest first.</summary>
    public List<(string Service, object Entry)> Entries { get; } = [];

    /// <summary>The order whose steps are told: each by the store, but for the one that staff took.</summary>
    public (StubOrder Order, string Status, Guid By)? Step { get; set; }

    /// <summary>Something was done by staff.</summary>
    public void Add(string service, string action, string subject, Guid actor, object? details = null) => Entries.Insert(0, (service, new
    {
        at = DateTimeOffset.UnixEpoch,
        action,
        subject,
        actorKind = "staff",
        actorId = actor,
        details,
        @sealed = true,
    }));

    internal void Map(WebApplication app)
    {
        app.MapGet("/api/admin/audit/{service}", (string service, string? subject, HttpContext http) =>
            users.Caller(http)?.Roles.Contains("administrator") is not true ? Results.Forbid()
            : subject is "nonsense" ? Results.ValidationProblem(new Dictionary<string, string[]> { ["subject"] = ["A subject is a kind, a slash and an identifier."] })
            : Results.Ok(new { items = Entries.Where(one => one.Service == service).Select(one => one.Entry), nextCursor = (Guid?)null }));
        app.MapGet("/api/admin/orders/{id:guid}/audit", (Guid id) => Step is { } step && step.Order.Id == id
            ? Results.Ok(step.Order.History.Select(moment => new
            {
                at = moment.At,
                action = $"order.{moment.Status}",
                subject = $"order/{id}",
                actorKind = moment.Status == step.Status ? "staff" : "store",
                actorId = moment.Status == step.Status ? step.By : (Guid?)null,
                @sealed = true,
            }))
            : Results.NotFound());
    }
}
