using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Orders;

/// <summary>
/// Tells open order pages of changes, whichever replica made them. One query a beat asks for the versions of all orders that somebody watches
/// here, however many pages are open; a page reads its order only when the version has grown.
/// </summary>
internal sealed class OrderChanges(IServiceScopeFactory scopes, TimeProvider clock, ILogger<OrderChanges> logger) : BackgroundService
{
    private const int Streams = 2_000;
    private const int StreamsOfOneShopper = 20;
    private const int IdsInOneQuery = 500;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(20);

    // A page that is left open connects again by itself.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<Watcher, byte> watchers = new();
    private readonly ConcurrentDictionary<Guid, int> streams = new();
    private int open;

    /// <summary>Takes a place among the streams of this process.</summary>
    /// <param name="userId">Who watches.</param>
    /// <param name="place">Gives the place back.</param>
    /// <returns>False where the process or the shopper has too many.</returns>
    public bool TryEnter(Guid userId, out IDisposable place)
    {
        place = new Place(this, userId);
        if (Interlocked.Increment(ref open) <= Streams & streams.AddOrUpdate(userId, 1, (_, count) => count + 1) <= StreamsOfOneShopper)
        {
            return true;
        }

        place.Dispose();
        return false;
    }

    /// <summary>The order now and after every change, until its last one.</summary>
    /// <param name="orderId">An order that the caller may see.</param>
    /// <param name="cancel">The client is gone.</param>
    public async IAsyncEnumerable<SseItem<OrderDocument?>> FollowAsync(Guid orderId, [EnumeratorCancellation] CancellationToken cancel)
    {
        var watcher = new Watcher(orderId);
        watchers.TryAdd(watcher, 0);
        try
        {
            var ends = clock.GetUtcNow() + Longest;
            var (order, version) = await Read(orderId, cancel);
            yield return new SseItem<OrderDocument?>(order, "order");
            while (!Order.Final.Contains(order.Status) && clock.GetUtcNow() < ends)
            {
                if (!await watcher.NextAsync(version, Heartbeat, clock, cancel))
                {
                    // Proxies end a connection that says nothing.
                    yield return new SseItem<OrderDocument?>(null, "ping");
                    continue;
                }

                (order, version) = await Read(orderId, cancel);
                yield return new SseItem<OrderDocument?>(order, "order");
            }
        }
        finally
        {
            watchers.TryRemove(watcher, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(exception, "Order pages could not be told of changes; the next beat tries again.");
            }
        }
    }

    private async Task Look(CancellationToken stopping)
    {
        foreach (var ids in watchers.Keys.Select(watcher => watcher.OrderId).Distinct().Chunk(IdsInOneQuery))
        {
            await using var scope = scopes.CreateAsyncScope();
            var versions = await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().Orders.Where(order => ids.Contains(order.Id))
                .Select(order => new { order.Id, order.Version }).ToDictionaryAsync(order => order.Id, order => order.Version, stopping);
            foreach (var watcher in watchers.Keys)
            {
                if (versions.TryGetValue(watcher.OrderId, out var version))
                {
                    watcher.Tell(version);
                }
            }
        }
    }

    private async Task<(OrderDocument Order, long Version)> Read(Guid id, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var found = await scope.ServiceProvider.GetRequiredService<OrdersDbContext>().Orders.AsNoTracking().Where(order => order.Id == id)
            .WholeAsync(cancel);
        return (OrderDocument.Of(found!), found!.Version);
    }

    private sealed class Watcher(Guid orderId)
    {
        // Holds the newest version only: a slow client skips steps, and nothing piles up.
        private readonly Channel<long> versions = Channel.CreateBounded<long>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

        public Guid OrderId => orderId;

        public void Tell(long version) => versions.Writer.TryWrite(version);

        /// <summary>Waits for a version above the one that was seen.</summary>
        /// <returns>False where none came in time.</returns>
        public async Task<bool> NextAsync(long seen, TimeSpan patience, TimeProvider clock, CancellationToken cancel)
        {
            using var time = new CancellationTokenSource(patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, time.Token);
            try
            {
                while (await versions.Reader.ReadAsync(either.Token) <= seen)
                {
                }

                return true;
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                return false;
            }
        }
    }

    private sealed class Place(OrderChanges changes, Guid userId) : IDisposable
    {
        public void Dispose()
        {
            Interlocked.Decrement(ref changes.open);
            if (changes.streams.AddOrUpdate(userId, 0, (_, count) => count - 1) == 0)
            {
                changes.streams.TryRemove(new KeyValuePair<Guid, int>(userId, 0));
            }
        }
    }
}
