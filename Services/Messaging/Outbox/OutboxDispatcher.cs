using System.Diagnostics;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PlayStationStore.Messaging;

/// <summary>
/// Brings saved messages to the broker: at once after their commit, and again until the broker has confirmed them. Safe with several
/// replicas, since a message is leased to one of them at a time, and no transaction is open while it talks to the broker.
/// </summary>
internal sealed class OutboxDispatcher<TContext>(
    OutboxQueue queue, IBusControl bus, IServiceScopeFactory scopes, TimeProvider clock, OutboxMetrics metrics, IConfiguration configuration,
    ILogger<OutboxDispatcher<TContext>> logger)
    : BackgroundService
    where TContext : DbContext
{
    private const int BatchSize = 200;
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(5);

    // Well below the lease: who still publishes when it ends would do so beside another dispatcher.
    private readonly TimeSpan publishTimeout = configuration.GetValue("Messaging:PublishTimeout", TimeSpan.FromSeconds(20));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(SendCommitted(stoppingToken), SweepRegularly(stoppingToken));

    private async Task SendCommitted(CancellationToken stopping)
    {
        var batch = new List<OutboxMessage>(BatchSize);
        while (await queue.Reader.WaitToReadAsync(stopping))
        {
            while (batch.Count < BatchSize && queue.Reader.TryRead(out var message))
            {
                batch.Add(message);
            }

            await Attempt(() => Send(batch, stopping), stopping);
            batch.Clear();
        }
    }

    private async Task SweepRegularly(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(SweepInterval, clock);
        do
        {
            await Attempt(() => Sweep(stopping), stopping);
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    /// <summary>Sends what no process has got confirmed within its lease: its process died, or the broker was away.</summary>
    internal async Task Sweep(CancellationToken stopping)
    {
        while (await Claim(stopping) is { Count: > 0 } claimed)
        {
            await Send(claimed, stopping);
        }

        await using var scope = scopes.CreateAsyncScope();
        var waiting = scope.ServiceProvider.GetRequiredService<TContext>().Set<OutboxMessage>();
        metrics.Depth = await waiting.CountAsync(stopping);
        metrics.Faulted = await scope.ServiceProvider.GetRequiredService<TContext>().Set<FaultedMessage>().CountAsync(message => message.DecidedAt == null, stopping);
    }

    private async Task<List<OutboxMessage>> Claim(CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var messages = scope.ServiceProvider.GetRequiredService<TContext>().Set<OutboxMessage>();
        var now = clock.GetUtcNow();
        var due = await messages.Where(message => message.LeasedUntil < now).OrderBy(message => message.LeasedUntil)
            .Select(message => message.Id).Take(BatchSize).ToListAsync(stopping);
        if (due.Count == 0)
        {
            return [];
        }

        var claim = Guid.NewGuid();
        var until = now + OutboxMessage.Lease;
        await messages.Where(message => due.Contains(message.Id) && message.LeasedUntil < now).ExecuteUpdateAsync(
            set => set.SetProperty(message => message.LeasedUntil, until).SetProperty(message => message.LeasedBy, claim), stopping);
        return await messages.AsNoTracking().Where(message => message.LeasedBy == claim).OrderBy(message => message.Id).ToListAsync(stopping);
    }

    private async Task Send(List<OutboxMessage> batch, CancellationToken stopping)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        timeout.CancelAfter(publishTimeout);
        if (!await IsReady(timeout.Token))
        {
            return;
        }

        var results = await Task.WhenAll(batch.Select(message => TryPublish(message, timeout.Token)));
        var confirmed = batch.Zip(results).Where(pair => pair.Second).Select(pair => pair.First.Id).ToList();
        if (confirmed.Count > 0)
        {
            await using var scope = scopes.CreateAsyncScope();
            var messages = scope.ServiceProvider.GetRequiredService<TContext>().Set<OutboxMessage>();
            // Not to be cancelled: what the broker has confirmed would be sent again.
            await messages.Where(message => confirmed.Contains(message.Id)).ExecuteDeleteAsync(CancellationToken.None);
        }
    }

    // A broker that was killed may come back without a queue that was declared just before. This service's own are declared again as its
    // endpoints connect; what was published before that would be confirmed, and reach nobody.
    private async Task<bool> IsReady(CancellationToken cancel)
    {
        try
        {
            return await bus.WaitForHealthStatus(BusHealthStatus.Healthy, cancel) is BusHealthStatus.Healthy;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<bool> TryPublish(OutboxMessage outgoing, CancellationToken cancel)
    {
        // As from elsewhere: of a trace that is not recorded the message carries that, and whoever handles it begins none of their own.
        ActivityContext.TryParse(outgoing.TraceParent, null, isRemote: true, out var parent);
        using var activity = OutboxMetrics.Activities.StartActivity("outbox publish", ActivityKind.Internal, parent);
        try
        {
            var (message, type) = outgoing.Read();
            if (outgoing.Destination is { } queue)
            {
                var endpoint = await bus.GetSendEndpoint(new Uri($"queue:{queue}"));
                await endpoint.Send(message, type, Pipe.Execute<SendContext>(context => context.MessageId = outgoing.Id), cancel);
            }
            else
            {
                await bus.Publish(message, type, context => context.MessageId = outgoing.Id, cancel);
            }

            return true;
        }
        catch (Exception exception)
        {
            // Whatever it is, it must not hide what else of the batch was confirmed.
            activity?.SetStatus(ActivityStatusCode.Error);
            logger.LogWarning(exception, "The broker has not confirmed {MessageType} {MessageId}; it is sent again later.", outgoing.Type, outgoing.Id);
            return false;
        }
    }

    private async Task Attempt(Func<Task> work, CancellationToken stopping)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            logger.LogError(exception, "The outbox could not be worked on; its messages wait for the next sweep.");
        }
    }
}
