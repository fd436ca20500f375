using System.Globalization;
using PlayStationStore.Contracts;
using StackExchange.Redis;

namespace PlayStationStore.Orders;

/// <summary>
/// Carts, in Redis: a hash each, a field a SKU, with quantity and the time it was added. What reads and writes is one script, so that two tabs
/// cannot lose each other's change.
/// </summary>
public sealed class Carts(IConnectionMultiplexer redis, TimeProvider clock, ILogger<Carts> logger)
{
    public const int MostOfOne = 99;
    public const int MostLines = 100;
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private const string SetItem = """
        local held = redis.call('HGET', KEYS[1], ARGV[1])
        if not held and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[4]) then return 0 end
        local added = held and string.match(held, ':(%d+)$') or ARGV[3]
        redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ':' .. added)
        redis.call('PEXPIRE', KEYS[1], ARGV[5])
        return 1
        """;

    private const string Merge = """
        local from = redis.call('HGETALL', KEYS[1])
        for i = 1, #from, 2 do
          local quantity, added = string.match(from[i + 1], '^(%d+):(%d+)$')
          local held = redis.call('HGET', KEYS[2], from[i])
          if held then
            local before, since = string.match(held, '^(%d+):(%d+)$')
            local sum = math.min(tonumber(quantity) + tonumber(before), tonumber(ARGV[1]))
            redis.call('HSET', KEYS[2], from[i], string.format('%d', sum) .. ':' .. since)
          elseif redis.call('HLEN', KEYS[2]) < tonumber(ARGV[2]) then
            redis.call('HSET', KEYS[2], from[i], quantity .. ':' .. added)
          end
        end
        redis.call('DEL', KEYS[1])
        redis.call('PEXPIRE', KEYS[2], ARGV[3])
        return 1
        """;

    private const string RemoveOrdered = """
        for i = 1, #ARGV, 2 do
          local held = redis.call('HGET', KEYS[1], ARGV[i])
          if held then
            local quantity, added = string.match(held, '^(%d+):(%d+)$')
            local left = tonumber(quantity) - tonumber(ARGV[i + 1])
            if left > 0 then
              redis.call('HSET', KEYS[1], ARGV[i], string.format('%d', left) .. ':' .. added)
            else
              redis.call('HDEL', KEYS[1], ARGV[i])
            end
          end
        end
        return 1
        """;

    private IDatabase Database => redis.GetDatabase();

    public static RedisKey KeyOf(Guid userId) => $"cart:user:{userId:N}";

    public static RedisKey KeyOfAnonymous(string cookie) => $"cart:anonymous:{cookie}";

    /// <summary>Reads a cart. Without a key it is empty, but that too is only said while one could be filled.</summary>
    public async Task<CartDocument> ReadAsync(RedisKey? key)
    {
        if (key is not { } cart)
        {
            await Database.PingAsync();
            return new CartDocument([], 0);
        }

        var items = (await Database.HashGetAllAsync(cart)).Select(ItemOf).OrderBy(item => item.AddedAt).ThenBy(item => item.Sku, StringComparer.Ordinal);
        return new CartDocument([.. items], items.Sum(item => item.Quantity));
    }

    /// <summary>Sets the quantity of a SKU.</summary>
    /// <returns>False where the cart holds too many different things.</returns>
    public async Task<bool> SetAsync(RedisKey cart, string sku, int quantity) => (bool)await Database.ScriptEvaluateAsync(
        SetItem, [cart], [sku, quantity, clock.GetUtcNow().ToUnixTimeMilliseconds(), MostLines, (long)Kept.TotalMilliseconds]);

    public Task RemoveAsync(RedisKey cart, string sku) => Database.HashDeleteAsync(cart, sku);

    public Task ClearAsync(RedisKey cart) => Database.KeyDeleteAsync(cart);

    /// <summary>Moves everything from one cart to another in one step; a second call finds nothing to move.</summary>
    public Task MergeAsync(RedisKey from, RedisKey to) =>
        Database.ScriptEvaluateAsync(Merge, [from, to], [MostOfOne, MostLines, (long)Kept.TotalMilliseconds]);

    /// <summary>
    /// Takes out what was ordered, and no more; an order neither fails with its cart nor waits for it. Whoever asks on the same connection
    /// afterwards finds it done.
    /// </summary>
    public Task TryRemoveOrderedAsync(Guid userId, IEnumerable<OrderedLine> lines) => Try(() => Database.ScriptEvaluateAsync(
        RemoveOrdered, [KeyOf(userId)], [.. lines.SelectMany(line => new RedisValue[] { line.Sku, line.Quantity })], CommandFlags.FireAndForget));

    /// <summary>Forgets a shopper's cart; without Redis it is forgotten when it expires.</summary>
    public Task TryForgetAsync(Guid userId) => Try(() => ClearAsync(KeyOf(userId)));

    /// <summary>Whether an exception means that Redis is away.</summary>
    public static bool IsOutage(Exception exception) => exception is RedisException or TimeoutException;

    private async Task Try(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (IsOutage(exception))
        {
            logger.LogWarning(exception, "Redis is away; a cart keeps what was ordered.");
        }
    }

    private static CartItem ItemOf(HashEntry entry)
    {
        var parts = entry.Value.ToString().Split(':');
        return new CartItem(entry.Name.ToString(), int.Parse(parts[0], CultureInfo.InvariantCulture),
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[1], CultureInfo.InvariantCulture)));
    }
}
