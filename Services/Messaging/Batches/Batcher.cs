using System.Diagnostics;

namespace PlayStationStore.Messaging;

/// <summary>
/// Lets what is asked for at the same time be done as one piece of work: while one batch is worked on, the next one gathers. Nobody waits for a
/// batch to fill, so who comes alone is a batch of one.
/// </summary>
/// <typeparam name="T">What is asked for; of those that are equal, all are done or none.</typeparam>
/// <param name="atMost">How many make a batch at the most.</param>
/// <param name="work">Does a batch, and returns those that are done; what it throws, all of the batch are told.</param>
public sealed class Batcher<T>(int atMost, Func<IReadOnlyList<T>, Task<IReadOnlyCollection<T>>> work)
    where T : class
{
    private readonly Lock gate = new();
    private readonly Queue<Waiting> waiting = new();
    private bool working;

    /// <summary>Does it together with what else waits.</summary>
    /// <returns>False where it was left out of what was done, and has to be done alone.</returns>
    public Task<bool> TryAsync(T item)
    {
        var mine = new Waiting(item, Activity.Current);
        lock (gate)
        {
            waiting.Enqueue(mine);
            if (working)
            {
                return mine.Done.Task;
            }

            working = true;
        }

        // Also works for those who come later: the trace of this one is not theirs.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(WorkAsync);
        }

        return mine.Done.Task;
    }

    private async Task WorkAsync()
    {
        while (Next() is { Length: > 0 } batch)
        {
            // Who comes alone is worked on in their own trace. A batch is in nobody's: what it asks the database would be hundreds of spans.
            Activity.Current = batch is [var alone] ? alone.Activity : null;
            try
            {
                var done = await work([.. batch.Select(one => one.Item)]);
                Array.ForEach(batch, one => one.Done.SetResult(done.Contains(one.Item)));
            }
            catch (Exception exception)
            {
                Array.ForEach(batch, one => one.Done.TrySetException(exception));
            }
        }
    }

    private Waiting[] Next()
    {
        lock (gate)
        {
            var batch = new Waiting[Math.Min(atMost, waiting.Count)];
            for (var place = 0; place < batch.Length; place++)
            {
                batch[place] = waiting.Dequeue();
            }

            working = batch.Length > 0;
            return batch;
        }
    }

    private sealed record Waiting(T Item, Activity? Activity)
    {
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
