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

    public async Task<bool> TryHandleAsync(ConsumeContext<T> context)
    {
        var begun = clock.GetTimestamp();
        if (!await batcher.TryAsync(new(context, Activity.Current)))
        {
            return false;
        }

        // Else the transport believes that nobody wanted it, and moves it to a queue of what was skipped.
        await context.NotifyConsumed(context, clock.GetElapsedTime(begun), TypeCache<TConsumer>.ShortName);
        return true;
    }

    private async Task<IReadOnlyCollection<Delivery>> HandleAsync(IReadOnlyList<Delivery> batch)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<DbContext>();
            var afterCommit = scope.ServiceProvider.GetRequiredService<AfterCommit>();
            var consumer = scope.ServiceProvider.GetRequiredService<TConsumer>();
            var done = await database.SaveTogetherAsync(() =>
            {
                afterCommit.Forget();
                return ConsumeAsync(batch, database, consumer);
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

    private async Task<IReadOnlyCollection<Delivery>> ConsumeAsync(IReadOnlyList<Delivery> batch, DbContext database, TConsumer consumer)
    {
        var together = await consumer.ReadAheadAsync([.. batch.Select(delivery => delivery.Context.Message)], CancellationToken.None);
        var deliveries = batch.Where(delivery => together.Contains(delivery.Context.Message)).ToList();
        await deliveries.EachInItsTraceAsync(delivery => delivery.Activity, delivery =>
        {
            database.Add(InboxMessage.Of(delivery.Context, clock.GetUtcNow()));
            return consumer.Consume(delivery.Context);
        });
        return deliveries;
    }

    private sealed record Delivery(ConsumeContext<T> Context, Activity? Activity);
}
