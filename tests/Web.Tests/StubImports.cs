using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PlayStationStore.Web.Tests;

/// <summary>Imports of the catalogue, as the Products service answers administrators: one at most.</summary>
public sealed class StubImports(StubUsers users)
{
    private static readonly Guid s_id = Guid.CreateVersion7();

    /// <summary>The file that was sent: its name and what is in it.</summary>
    public (string Name, string Text)? Sent { get; private set; }

    /// <summary>How far it is; <c>waiting</c> at first.</summary>
    public string State { get; set; } = "waiting";

    internal void Map(WebApplication app)
    {
        var office = app.MapGroup("/api/admin").AddEndpointFilter(async (context, next) =>
            users.Caller(context.HttpContext)?.Roles.Contains("administrator") is true ? await next(context) : Results.Forbid());
        office.MapGet("/imports", () => new { items = Sent is null ? [] : new[] { View() }, nextCursor = (string?)null });
        office.MapPost("/imports", async (HttpRequest request, string? name) =>
        {
            var text = await new StreamReader(request.Body).ReadToEndAsync();
            if (!text.Contains("sku", StringComparison.Ordinal))
            {
                return Results.ValidationProblem(new Dictionary<string, string[]> { ["file"] = ["The first row names the columns."] });
            }

            Sent = (name!, text);
            return Results.Accepted(null, View());
        });
        office.MapGet("/imports/{id:guid}", (Guid id) => Sent is null || id != s_id ? Results.NotFound() : Results.Ok(View()));
        office.MapPost("/imports/{id:guid}/cancel", () =>
        {
            State = "cancelled";
            return Results.Ok(View());
        });
        office.MapGet("/imports/{id:guid}/report", () => Results.Text("line,sku\r\n3,BAD", "text/csv"));
        office.MapGet("/products/export", () => Results.Text("sku,name\r\nA,B", "text/csv"));
    }

    private object View() => new
    {
        id = s_id,
        fileName = Sent!.Value.Name,
        size = Sent.Value.Text.Length,
        sentAt = DateTimeOffset.UnixEpoch,
        state = State,
        failure = (string?)null,
        percent = State == "running" ? 40 : 0,
        created = 1_200,
        changed = 7,
        unchanged = 0,
        bad = 1,
        noted = 0,
        ignoredColumns = new[] { "colour" },
        remarks = new[] { new { line = 3, sku = "BAD", column = "price", reason = "A price is written as 59.99.", kept = false } },
    };
}
