using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Messaging;

/// <summary>What operators do with messages that could not be handled.</summary>
public static class FaultedMessagesApi
{
    private const int Shown = 200;

    /// <summary>Maps <c>/api/admin/messages/{service}</c>.</summary>
    /// <param name="app">The service.</param>
    /// <param name="service">The service's name in lower case.</param>
    /// <param name="mayRepeat">The policy of who sees the list and sends a message again, which has the effect that it was to have anyway, once.</param>
    /// <param name="mayGiveUp">The policy of who reads all that a message says, and drops one, whose effect then never comes.</param>
    /// <returns>The group.</returns>
    public static RouteGroupBuilder MapFaultedMessages(this IEndpointRouteBuilder app, string service, string mayRepeat, string mayGiveUp)
    {
        var messages = app.MapGroup($"/api/admin/messages/{service}");
        messages.MapGet("", List).WithSummary("List messages that could not be handled, newest first").RequireAuthorization(mayRepeat);
        messages.MapGet("{id:guid}", Get).WithSummary("Read a message with what its consumer said").RequireAuthorization(mayGiveUp);
        messages.MapPost("{id:guid}/retry", Retry).WithSummary("Put a message back into its queue").RequireAuthorization(mayRepeat)
            .ProducesProblem(StatusCodes.Status409Conflict);
        messages.MapPost("{id:guid}/drop", Drop).WithSummary("Give a message up").RequireAuthorization(mayGiveUp).ProducesProblem(StatusCodes.Status409Conflict);
        return messages;
    }

    private static async Task<Ok<FaultedMessages>> List(DbContext database, CancellationToken cancel, bool decided = false)
    {
        var messages = database.Set<FaultedMessage>().Where(message => message.DecidedAt != null == decided);
        var total = await messages.CountAsync(cancel);
        var newest = await messages.OrderByDescending(message => message.FaultedAt).ThenByDescending(message => message.Id).Take(Shown)
            .Select(message => new FaultedMessageItem(
                message.Id, message.MessageId, message.MessageType, message.Endpoint, message.Reason, message.FaultedAt, message.Decision, message.DecidedBy,
                message.DecidedAt))
            .ToListAsync(cancel);
        return TypedResults.Ok(new FaultedMessages(newest, total));
    }

    private static async Task<Results<Ok<FaultedMessageDocument>, NotFound>> Get(Guid id, DbContext database, CancellationToken cancel) =>
        await database.Set<FaultedMessage>().AsNoTracking().SingleOrDefaultAsync(message => message.Id == id, cancel) is { } message
            ? TypedResults.Ok(new FaultedMessageDocument(
                message.Id, message.MessageId, message.MessageType, message.Endpoint, message.Reason, message.Detail, JsonDocument.Parse(message.Body).RootElement,
                message.FaultedAt, message.Decision, message.DecidedBy, message.DecidedAt))
            : TypedResults.NotFound();

    private static Task<Results<NoContent, NotFound, ProblemHttpResult>> Retry(
        Guid id, ClaimsPrincipal user, DbContext database, TimeProvider clock, CancellationToken cancel) =>
        Decide(id, FaultedMessageDecision.SentAgain, user, database, clock, cancel);

    private static Task<Results<NoContent, NotFound, ProblemHttpResult>> Drop(
        Guid id, ClaimsPrincipal user, DbContext database, TimeProvider clock, CancellationToken cancel) =>
        Decide(id, FaultedMessageDecision.Dropped, user, database, clock, cancel);

    // The decision and the message's way back are one transaction: it is sent again exactly when somebody has decided so.
    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Decide(
        Guid id, FaultedMessageDecision decision, ClaimsPrincipal user, DbContext database, TimeProvider clock, CancellationToken cancel)
    {
        var message = await database.Set<FaultedMessage>().SingleOrDefaultAsync(message => message.Id == id, cancel);
        if (message is null)
        {
            return TypedResults.NotFound();
        }

        if (message.Decision is not null)
        {
            return TypedResults.Problem(
                "Somebody has decided on this message already.", statusCode: StatusCodes.Status409Conflict,
                extensions: new Dictionary<string, object?> { ["code"] = "decided" });
        }

        message.Decide(decision, Guid.Parse(user.FindFirstValue("sub")!), clock.GetUtcNow());
        database.Audit(
            decision is FaultedMessageDecision.SentAgain ? "message.sentAgain" : "message.dropped", $"message/{id}", new { message.MessageType, message.MessageId, message.Endpoint });
        if (decision is FaultedMessageDecision.SentAgain)
        {
            database.Add(OutboxMessage.Again(message));
        }

        await database.SaveChangesAsync(cancel);
        return TypedResults.NoContent();
    }
}

/// <summary>Messages that could not be handled.</summary>
/// <param name="Items">The newest, at most 200.</param>
/// <param name="Total">How many there are.</param>
public sealed record FaultedMessages(IReadOnlyList<FaultedMessageItem> Items, int Total);

/// <summary>A message that could not be handled.</summary>
/// <param name="Endpoint">The queue whose consumer failed.</param>
/// <param name="Reason">What the consumer said at its last try.</param>
public sealed record FaultedMessageItem(
    Guid Id, Guid MessageId, string MessageType, string Endpoint, string Reason, DateTimeOffset FaultedAt, FaultedMessageDecision? Decision, Guid? DecidedBy,
    DateTimeOffset? DecidedAt);

/// <summary>The same with everything that is known.</summary>
/// <param name="Detail">Where in the code the consumer failed.</param>
/// <param name="Body">The message's envelope.</param>
public sealed record FaultedMessageDocument(
    Guid Id, Guid MessageId, string MessageType, string Endpoint, string Reason, string Detail, JsonElement Body, DateTimeOffset FaultedAt,
    FaultedMessageDecision? Decision, Guid? DecidedBy, DateTimeOffset? DecidedAt);
