using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;

namespace PlayStationStore.Orders;

/// <summary>Saves orders that are accepted at the same moment in one transaction: what each costs the database is shared.</summary>
internal sealed class OrdersTogether
{
    private readonly IServiceScopeFactory scopes;
    private readonly ILogger<OrdersTogether> logger;
    private readonly Batcher<PlacedOrder> batcher;

    public OrdersTogether(IServiceScopeFactory scopes, ILogger<OrdersTogether> logger)
    {
        (this.scopes, this.logger) = (scopes, logger);
        batcher = new(atMost: 32, SaveAsync);
    }

    /// <summary>Saves an order with others that wait, or alone where none does.</summary>
    /// <returns>False where nothing of it is saved, and it has to be saved by itself.</returns>
    public Task<bool> TryAsync(PlacedOrder placed)
    {
        // Nobody's request is under way where it is saved.
        var shopper = new AuditActor(AuditActorKind.Shopper, placed.Order.UserId);
        foreach (var step in placed.Order.History)
        {
            step.TakenBy(shopper);
        }

        return batcher.TryAsync(placed);
    }

    private async Task<IReadOnlyCollection<PlacedOrder>> SaveAsync(IReadOnlyList<PlacedOrder> batch)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
            // A copy of a request in the same batch is left out, and finds its answer when it is saved alone.
            var together = batch.DistinctBy(placed => (placed.Answer.UserId, placed.Answer.Key)).ToList();
            await together.EachInItsTraceAsync(placed => placed.Request, placed =>
            {
                placed.AddTo(database);
                return Task.CompletedTask;
            });
            // Nothing is read, so that the transaction begins with the save, and nobody who writes waits for what comes before it.
            database.ChangeTracker.DetectChanges();
            database.ChangeTracker.AutoDetectChangesEnabled = false;
            await database.SaveChangesAsync();
            return together;
        }
        catch (DbUpdateException exception)
        {
            // Nothing is saved by this try. One of them is a copy of a request that was faster, or has something else against it: each is told its own
            // when it is saved alone. What is thrown by the commit itself is told to all, since they may be saved: who asks again learns it by their key.
            logger.LogDebug(exception, "{Count} orders could not be accepted together; each is accepted alone.", batch.Count);
            return [];
        }
    }
}

/// <summary>An order that is to be accepted, and what is saved with it.</summary>
/// <param name="Answer">Its row decides between copies of the request.</param>
/// <param name="Event">Tells of the order; null where nothing does.</param>
/// <param name="Request">The activity of the request.</param>
internal sealed record PlacedOrder(Order Order, IdempotentRequest Answer, object? Event, Activity? Request)
{
    public void AddTo(OrdersDbContext database)
    {
        database.Add(Order);
        database.Add(Answer);
        if (Event is not null)
        {
            database.Publish(Event);
        }
    }
}
