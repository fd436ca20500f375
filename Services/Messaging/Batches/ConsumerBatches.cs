using System.Diagnostics;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PlayStationStore.Messaging;

/// <summary>The batches of one consumer, behind the inbox of its endpoint.</summary>
internal interface IConsumerBatches<T>
    where T : class
{
    /// <summary>Handles a message together with others that wait.</summary>
    /// <returns>False where nothing of it is saved, and it has to be handled alone.</returns>
    Task<bool> TryHandleAsync(ConsumeContext<T> context);
}

/// <inheritdoc cref="IConsumerBatches{T}"/>
internal sealed class ConsumerBatches<TConsumer, T> : IConsumerBatches<T>
    where TConsumer : class, IBatchedConsumer<T>
    where T : class
{
    // Long enough to share what a transaction costs, short enough for who waits behind it.
    private const int Size = 64;

    private readonly IServiceScopeFactory scopes;
    private readonly TimeProvider clock;
    private readonly ILogger<ConsumerBatches<TConsumer, T>> logger;
    private readonly Batcher<Delivery> batcher;

    public ConsumerBatches(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ConsumerBatches<TConsumer, T>> logger)
    {
        (this.scopes, this.clock, this.logger) = (scopes, clock, logger);
        batcher = new(Size, HandleAsync);
    }

    public Task<bool> TryHandleAsync(ConsumeContext<T> context) => batcher.TryAsync(new(context, Activity.Current));

    private async Task<IReadOnlyCollection<Delivery>> HandleAsync(IReadOnlyList<Delivery> batch)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<DbContext>();
            var afterCommit = scope.ServiceProvider.GetRequiredService<AfterCommit>();
            var done = await database.Database.CreateExecutionStrategy().ExecuteAsync(() =>
            {
                // What a failed attempt has left.
                database.ChangeTracker.Clear();
                afterCommit.Forget();
                return SaveAsync(batch, database, scope.ServiceProvider.GetRequiredService<TConsumer>());
            });
            afterCommit.Committed();
            return done;
        }
        catch (Exception exception)
        {
            // Each is told its own error when it is handled alone.
            logger.LogDebug(exception, "{Count} messages of {MessageType} could not be handled together; each is handled alone.", batch.Count, typeof(T).Name);
            return [];
        }
    }

    private async Task<IReadOnlyCollection<Delivery>> SaveAsync(IReadOnlyList<Delivery> batch, DbContext database, TConsumer consumer)
    {
        var together = await consumer.ReadAheadAsync([.. batch.Select(delivery => delivery.Context.Message)], CancellationToken.None);
        var deliveries = batch.Where(delivery => together.Contains(delivery.Context.Message)).ToList();
        if (deliveries.Count == 0)
        {
            return [];
        }

        // All or nothing, so that no save needs a point to go back to; and what has changed is looked for once, for all of them.
        database.Database.AutoSavepointsEnabled = false;
        database.ChangeTracker.AutoDetectChangesEnabled = false;
        await using var transaction = await database.Database.BeginTransactionAsync();
        var own = Activity.Current;
        foreach (var (context, activity) in deliveries)
        {
            // What the message leads to belongs to its own trace.
            Activity.Current = activity;
            database.Add(InboxMessage.Of(context, clock.GetUtcNow()));
            await consumer.Consume(context);
        }

        Activity.Current = own;
        database.ChangeTracker.DetectChanges();
        await database.SaveChangesAsync();
        await transaction.CommitAsync();
        return deliveries;
    }

    private sealed record Delivery(ConsumeContext<T> Context, Activity? Activity);
}
