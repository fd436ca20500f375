using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;
using Answer = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Accepted<PlayStationStore.Orders.OrderDocument>,
    Microsoft.AspNetCore.Http.HttpResults.ValidationProblem,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace PlayStationStore.Orders;

/// <summary>The orders that requests ask for: one for each <c>Idempotency-Key</c> of a shopper, however often and wherever its request comes.</summary>
internal sealed class IdempotentOrders(OrdersDbContext database, OrdersTogether together, OrderMetrics metrics, TimeProvider clock)
{
    private const int Tries = 3;

    /// <summary>Finds what was answered to a request before; an answer that is no longer kept is removed, so that its key is new again.</summary>
    /// <returns>The order as it was accepted; a 422 where the key came with another request; null where the key is new.</returns>
    public async Task<Answer?> FindAsync<TRequest>(Guid userId, string key, TRequest request, CancellationToken cancel)
    {
        var before = clock.GetUtcNow() - IdempotentRequest.Kept;
        var given = await database.IdempotentRequests.AsNoTracking().SingleOrDefaultAsync(given => given.UserId == userId && given.Key == key, cancel);
        if (given?.CreatedAt < before)
        {
            await database.IdempotentRequests.Where(old => old.UserId == userId && old.Key == key && old.CreatedAt < before).ExecuteDeleteAsync(cancel);
            return null;
        }

        if (given is null)
        {
            return null;
        }

        return given.IsFor(request)
            ? Accept(given.Read<OrderDocument>())
            : StoreProblems.Problem(StatusCodes.Status422UnprocessableEntity, "idempotencyKeyReused", "This Idempotency-Key was sent before with another request.");
    }

    /// <summary>
    /// Saves an order, what goes with it and its answer in one transaction. A save that has begun is waited for though its client is gone, since its
    /// key is taken until then: a copy that came meanwhile would be judged without it, and could be refused what is accepted after all.
    /// </summary>
    /// <param name="userId">Who sends the request.</param>
    /// <param name="key">The key that came with it.</param>
    /// <param name="request">The request.</param>
    /// <param name="place">Makes the order, and the event that tells of it; done again where that is needed.</param>
    /// <param name="cancel">The client is gone; ends the look for a copy.</param>
    /// <param name="alone">
    /// Whether the context has changes that belong to the order. Else it is saved with others that come at the same moment, and is placed anew where
    /// two orders drew one number; with them that exception is the caller's, with an empty context.
    /// </param>
    /// <returns>The answer, and whether the order is of this request: a copy of it may have been faster.</returns>
    public async Task<(Answer Answer, Order? Placed)> PlaceAsync<TRequest>(
        Guid userId, string key, TRequest request, Func<DateTimeOffset, (Order Order, object? Event)> place, CancellationToken cancel, bool alone = false)
    {
        if (!alone && database.ChangeTracker.HasChanges())
        {
            throw new InvalidOperationException("What the context has changed is saved with the order only where the order is placed alone.");
        }

        for (var attempt = 1; ; attempt++)
        {
            var now = clock.GetUtcNow();
            var (order, told) = place(now);
            var document = OrderDocument.Of(order);
            var placed = new PlacedOrder(order, IdempotentRequest.For(userId, key, request, document, now), told, Activity.Current);
            try
            {
                if (alone || attempt > 1 || !await together.TryAsync(placed))
                {
                    placed.AddTo(database);
                    await SaveAsync();
                }
            }
            catch (DbUpdateException exception) when (exception.IsUniqueViolation())
            {
                // A copy of this request was faster; or, once in a great while, two orders drew one number.
                database.ChangeTracker.Clear();
                if (await FindAsync(userId, key, request, cancel) is { } faster)
                {
                    return (faster, null);
                }

                if (!alone && attempt < Tries)
                {
                    continue;
                }

                throw;
            }

            metrics.Placed(order);
            return (Accept(document), order);
        }
    }

    // What has changed is looked for once here, and not by everybody who looks at the save.
    private async Task SaveAsync()
    {
        var tracker = database.ChangeTracker;
        tracker.DetectChanges();
        tracker.AutoDetectChangesEnabled = false;
        try
        {
            await database.SaveChangesAsync(CancellationToken.None);
        }
        finally
        {
            tracker.AutoDetectChangesEnabled = true;
        }
    }

    private static Accepted<OrderDocument> Accept(OrderDocument order) => TypedResults.Accepted($"/api/orders/{order.Id}", order);
}
