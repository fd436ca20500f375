using System.Collections.Concurrent;
using StackExchange.Redis;

namespace PlayStationStore.Orders;

/// <summary>
/// The keys whose requests are answered at the moment, by this process or another: a copy that comes meanwhile is told so at once, and does no
/// work. Processes tell each other by the cache; where that is away each knows its own, and the row of <see cref="IdempotentRequest"/> decides
/// between them as it does in the end in any case.
/// </summary>
internal sealed class RequestsUnderWay(IConnectionMultiplexer redis)
{
    private readonly IConnectionMultiplexer redis = redis;

    /// <summary>How long the key of a process that dies is taken.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);

    // A cache that is frozen delays an order by no more than this.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    // What another process has taken since is not given free.
    private const string GiveFree = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

    private readonly ConcurrentDictionary<(Guid UserId, string Key), bool> keys = new();

    public static RedisKey KeyOf(Guid userId, string key) => $"order:placing:{userId:N}:{key}";

    /// <summary>Takes a key until the result is disposed of.</summary>
    /// <returns>Null where another request has it.</returns>
    public async Task<IDisposable?> TryBeginAsync(Guid userId, string key)
    {
        if (!keys.TryAdd((userId, key), true))
        {
            return null;
        }

        var taking = new Taking(this, (userId, key), Guid.NewGuid().ToString("N"));
        if (await taking.TakeSharedAsync())
        {
            return taking;
        }

        keys.TryRemove((userId, key), out _);
        return null;
    }

    private sealed class Taking(RequestsUnderWay requests, (Guid UserId, string Key) own, string token) : IDisposable
    {
        private bool asked;

        /// <summary>Takes the key for all processes; also where nobody can be asked.</summary>
        public async Task<bool> TakeSharedAsync()
        {
            if (!requests.redis.IsConnected)
            {
                return true;
            }

            try
            {
                asked = true;
                return await requests.redis.GetDatabase().StringSetAsync(KeyOf(own.UserId, own.Key), token, Kept, When.NotExists).WaitAsync(Patience);
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                return true;
            }
        }

        public void Dispose()
        {
            requests.keys.TryRemove(own, out _);
            if (!asked)
            {
                return;
            }

            try
            {
                // Whoever comes after the answer finds its row; nobody waits for this.
                requests.redis.GetDatabase().ScriptEvaluate(GiveFree, [KeyOf(own.UserId, own.Key)], [token], CommandFlags.FireAndForget);
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                // The key ends by itself.
            }
        }
    }
}
