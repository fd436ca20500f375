using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

/// <summary>What was sent to an address, and what it said.</summary>
internal static class WebhookDeliveriesApi
{
    public static void MapWebhookDeliveries(this RouteGroupBuilder webhooks)
    {
        webhooks.MapGet("{id:guid}/deliveries", List).WithSummary("List what was sent to an address with its answers, newest first");
        webhooks.MapPost("{id:guid}/deliveries/{deliveryId:guid}/resend", Resend).WithSummary("Send something again").ProducesProblem(StatusCodes.Status409Conflict);
        webhooks.MapPost("{id:guid}/test", Test).WithSummary("Send a test").ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<Page<DeliveryDocument>>, NotFound, ValidationProblem>> List(
        Guid id, OrdersDbContext database, CancellationToken cancel, string? cursor = null, [Range(1, 100)] int pageSize = 20)
    {
        if (!Cursor.TryDecode<DeliveryPosition>(cursor, out var after))
        {
            return StoreProblems.Invalid("cursor", "This is not a cursor of this list.");
        }

        if (!await database.Set<WebhookEndpoint>().AnyAsync(endpoint => endpoint.Id == id, cancel))
        {
            return TypedResults.NotFound();
        }

        var deliveries = database.Set<WebhookDelivery>().AsNoTracking().Where(delivery => delivery.EndpointId == id);
        if (after is not null)
        {
            deliveries = deliveries.Where(delivery => delivery.CreatedAt <= after.At && (delivery.CreatedAt < after.At
                || (delivery.Position ?? 0) < after.Step || ((delivery.Position ?? 0) == after.Step && delivery.Id.CompareTo(after.Id) < 0)));
        }

        // An order may take several steps in one instant.
        var page = await deliveries.OrderByDescending(delivery => delivery.CreatedAt).ThenByDescending(delivery => delivery.Position ?? 0).ThenByDescending(delivery => delivery.Id)
            .Take(pageSize + 1)
            .Include(delivery => delivery.Attempts.OrderByDescending(attempt => attempt.At).ThenByDescending(attempt => attempt.Id)).AsSplitQuery().ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(page, pageSize, last => new DeliveryPosition(last.CreatedAt, last.Position ?? 0, last.Id), DeliveryDocument.Of));
    }

    private static async Task<Results<Ok<DeliveryDocument>, NotFound, ProblemHttpResult>> Resend(
        Guid id, Guid deliveryId, OrdersDbContext database, TimeProvider clock, CancellationToken cancel)
    {
        var delivery = await database.Set<WebhookDelivery>().Include(delivery => delivery.Endpoint)
            .Include(delivery => delivery.Attempts.OrderByDescending(attempt => attempt.At).ThenByDescending(attempt => attempt.Id))
            .SingleOrDefaultAsync(delivery => delivery.Id == deliveryId && delivery.EndpointId == id, cancel);
        if (delivery is null)
        {
            return TypedResults.NotFound();
        }

        if (!delivery.Endpoint.Active)
        {
            return SwitchedOff();
        }

        delivery.SendAgain(clock.GetUtcNow());
        database.Audit("webhook.resent", $"webhook/{id}", new { DeliveryId = deliveryId });
        await database.SaveChangesAsync(cancel);
        return TypedResults.Ok(DeliveryDocument.Of(delivery));
    }

    private static async Task<Results<Accepted<DeliveryDocument>, NotFound, ProblemHttpResult>> Test(
        Guid id, OrdersDbContext database, TimeProvider clock, CancellationToken cancel)
    {
        var endpoint = await database.Set<WebhookEndpoint>().AsNoTracking().SingleOrDefaultAsync(endpoint => endpoint.Id == id, cancel);
        if (endpoint is null)
        {
            return TypedResults.NotFound();
        }

        if (!endpoint.Active)
        {
            return SwitchedOff();
        }

        var now = clock.GetUtcNow();
        var delivery = WebhookDelivery.Of(id, null, null, WebhookKinds.Test, WebhookPayload.Of(WebhookKinds.Test, now, new { WebhookId = id }), now);
        database.Add(delivery);
        await database.SaveChangesAsync(cancel);
        return TypedResults.Accepted($"/api/admin/webhooks/{id}/deliveries", DeliveryDocument.Of(delivery));
    }

    private static ProblemHttpResult SwitchedOff() =>
        StoreProblems.Problem(StatusCodes.Status409Conflict, "inactive", "Nothing is sent to this address. Make it active first.");

    private sealed record DeliveryPosition(DateTimeOffset At, int Step, Guid Id);
}

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState
{
    /// <summary>It is sent now, or again later.</summary>
    Waiting,

    /// <summary>The address has taken it.</summary>
    Delivered,

    /// <summary>The address did not take it in three days.</summary>
    GivenUp,
}

/// <summary>Something that an address is told.</summary>
/// <param name="Id">The header <c>webhook-id</c>.</param>
/// <param name="OrderId">Null for a test.</param>
/// <param name="NextTryAt">Null once it is taken or given up.</param>
/// <param name="Attempts">Newest first.</param>
/// <param name="Payload">What is sent.</param>
public sealed record DeliveryDocument(
    Guid Id, string Kind, Guid? OrderId, DeliveryState State, DateTimeOffset CreatedAt, DateTimeOffset? NextTryAt, IReadOnlyList<AttemptDocument> Attempts, JsonElement Payload)
{
    internal static DeliveryDocument Of(WebhookDelivery delivery) => new(
        delivery.Id, delivery.Kind, delivery.OrderId,
        delivery.DeliveredAt is not null ? DeliveryState.Delivered : delivery.GivenUpAt is not null ? DeliveryState.GivenUp : DeliveryState.Waiting,
        delivery.CreatedAt, delivery.DueAt,
        [.. delivery.Attempts.Select(attempt => new AttemptDocument(attempt.At, attempt.Status, attempt.Body, attempt.Error, attempt.Milliseconds))],
        JsonDocument.Parse(delivery.Payload).RootElement);
}

/// <summary>What came of sending something once.</summary>
/// <param name="Status">The HTTP status; null where there was no answer.</param>
/// <param name="Body">The answer's first letters.</param>
/// <param name="Error">Why there was no answer.</param>
public sealed record AttemptDocument(DateTimeOffset At, int? Status, string? Body, string? Error, int Milliseconds);
