using System.Collections.Concurrent;

namespace PlayStationStore.Orders;

/// <summary>
/// The keys whose requests this process is answering at the moment: a copy that comes meanwhile is told so at once, and does no work. It lives in
/// memory, so no key is left behind by a process that dies. Between processes the row of <see cref="IdempotentRequest"/> decides.
/// </summary>
internal sealed class RequestsUnderWay
{
    private readonly ConcurrentDictionary<(Guid UserId, string Key), bool> keys = new();

    /// <summary>Takes a key until the result is disposed of.</summary>
    /// <returns>Null where another request has it.</returns>
    public IDisposable? TryBegin(Guid userId, string key) => keys.TryAdd((userId, key), true) ? new Ending(keys, (userId, key)) : null;

    private sealed class Ending(ConcurrentDictionary<(Guid UserId, string Key), bool> keys, (Guid UserId, string Key) own) : IDisposable
    {
        public void Dispose() => keys.TryRemove(own, out _);
    }
}
