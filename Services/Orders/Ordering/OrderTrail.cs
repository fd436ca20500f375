using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

/// <summary>What was done to an order and by whom. Its steps are the record; nothing is told twice.</summary>
internal static class OrderTrail
{
    public static void MapOrderTrail(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/admin/orders/{id:guid}/audit", Read).WithSummary("Read who did what to an order, newest first").WithTags("Orders: staff")
            .RequireAuthorization(Policies.Staff);
        app.MapAudit<OrdersDbContext>("orders", StepsOf).WithTag("Audit trail: administrators", "Who did what; it cannot be changed.")
            .RequireAuthorization(Policies.Administrator);
        AuditCheck.Map(app).RequireOperatorKey();
    }

    /// <summary>Counts orders whose steps are not as they were written, or do not end where the order stands.</summary>
    public static async Task<BooksCheck> CheckAsync(OrdersDbContext database, CancellationToken cancel)
    {
        var (broken, older, first) = (0, 0, Guid.Empty);
        await foreach (var order in database.Orders.AsNoTracking().OrderBy(order => order.Id)
            .Select(order => new { order.Id, order.Status, Steps = order.History.OrderBy(step => step.Position).ToList() })
            .AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (order.Steps.TrueForAll(step => step.Hash is null) && order.Steps.Count > 0)
            {
                older++;
            }
            else if (order.Steps.Count == 0 || order.Steps[^1].Status != order.Status || !Chained(order.Steps))
            {
                first = broken++ == 0 ? order.Id : first;
            }
        }

        return broken == 0
            ? new BooksCheck("history", true, $"No orders whose steps were changed by hand{(older == 0 ? "" : $"; {older} are older than the trail")}.")
            : new BooksCheck("history", false, $"{broken} orders whose steps were changed by hand, such as {first}.");
    }

    private static bool Chained(List<OrderStatusChange> steps) =>
        // An order that was under way when the trail began has steps without a hash before those with one.
        steps.Index().All(step => step.Item.Follows(step.Index == 0 ? null : steps[step.Index - 1])
            || (step.Item.Hash is null && steps.Take(step.Index).All(before => before.Hash is null)));

    private static async Task<Results<Ok<IReadOnlyList<AuditDocument>>, NotFound>> Read(Guid id, OrdersDbContext database, CancellationToken cancel)
    {
        var subject = OrderStatusChange.SubjectOf(id);
        return await StepsOf(database, subject, cancel) is { Count: > 0 } steps
            ? TypedResults.Ok(await AuditApi.WithStepsAsync(database, subject, steps, cancel))
            : TypedResults.NotFound();
    }

    private static async Task<IReadOnlyList<AuditDocument>> StepsOf(OrdersDbContext database, string subject, CancellationToken cancel)
    {
        if (!Guid.TryParse(subject.AsSpan(subject.IndexOf('/') + 1), out var id) || subject != OrderStatusChange.SubjectOf(id))
        {
            return [];
        }

        var steps = await database.Orders.AsNoTracking().Where(order => order.Id == id).SelectMany(order => order.History)
            .OrderByDescending(step => step.Position).ToListAsync(cancel);
        return [.. steps.Select(step => new AuditDocument(
            null, step.At, OrderStatusChange.ActionOf(step.Status), subject, step.ActorKind ?? AuditActorKind.Store, step.ActorId, null, step.Hash is not null))];
    }
}
