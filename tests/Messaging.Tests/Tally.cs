using System.Collections.Concurrent;
using System.Diagnostics;
using MassTransit;

namespace PlayStationStore.Messaging.Tests;

/// <summary>An event that is handled together with others; its effect is a counter of its own.</summary>
/// <param name="Alone">Not this one.</param>
/// <param name="Complaint">Why it cannot be handled.</param>
public sealed record Tallied(Guid Counter, bool Alone = false, string? Complaint = null);

/// <summary>What a service has made of the events, and what holds them until enough wait.</summary>
public sealed class Tallies
{
    private readonly TaskCompletionSource free = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int reads;
    private int committed;

    public int Reads => reads;

    public int Committed => committed;

    public ConcurrentBag<(Guid Counter, ActivityTraceId Trace)> Sent { get; } = [];

    public ConcurrentBag<(Guid Counter, ActivityTraceId Trace)> Handled { get; } = [];

    public ConcurrentBag<(Guid Counter, ActivityTraceId Trace)> Followed { get; } = [];

    public void Free() => free.TrySetResult();

    public Task Read()
    {
        Interlocked.Increment(ref reads);
        return free.Task;
    }

    public void Commit(Guid counter)
    {
        Followed.Add((counter, Activity.Current?.TraceId ?? default));
        Interlocked.Increment(ref committed);
    }
}

public sealed class TallyConsumer(CounterDbContext database, Tallies tallies, AfterCommit afterCommit) : IBatchedConsumer<Tallied>
{
    public async Task<IReadOnlyCollection<Tallied>> ReadAheadAsync(IReadOnlyCollection<Tallied> messages, CancellationToken cancel)
    {
        await tallies.Read();
        return [.. messages.Where(message => !message.Alone)];
    }

    public Task Consume(ConsumeContext<Tallied> context)
    {
        var message = context.Message;
        tallies.Handled.Add((message.Counter, Activity.Current?.TraceId ?? default));
        if (message.Complaint is { } complaint)
        {
            throw new InvalidOperationException(complaint);
        }

        database.Add(new Counter { Id = message.Counter });
        afterCommit.Do(() => tallies.Commit(message.Counter));
        return Task.CompletedTask;
    }
}
