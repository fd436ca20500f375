using System.Collections.Concurrent;

namespace PlayStationStore.Web;

/// <summary>The outcome of a renewal: new tokens, a refusal that ends the session, or neither while Users is away.</summary>
internal sealed record Renewal(Tokens? Tokens, bool Refused);

/// <summary>
/// Renews access tokens. Pages that a shopper opens in parallel carry the same refresh token, which may be used once: the first renews it,
/// the others wait for the same answer, and so does a page whose browser never received the renewed cookie.
/// </summary>
internal sealed class TokenRefresh(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    public async Task<Renewal> Renew(string refreshToken, Func<string, Task<Renewal>> renew)
    {
        Forget();
        var entry = entries.GetOrAdd(refreshToken, token => new Entry(new Lazy<Task<Renewal>>(() => renew(token))));
        var renewal = await entry.Renewal.Value;
        if (renewal.Tokens is { } tokens)
        {
            entry.KeepUntil = tokens.ExpiresAt;
        }
        else
        {
            // What failed is tried again by the next page.
            entries.TryRemove(new(refreshToken, entry));
        }

        return renewal;
    }

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var entry in entries.Where(entry => entry.Value.KeepUntil < now))
        {
            entries.TryRemove(entry);
        }
    }

    private sealed class Entry(Lazy<Task<Renewal>> renewal)
    {
        public Lazy<Task<Renewal>> Renewal { get; } = renewal;

        public DateTimeOffset KeepUntil { get; set; } = DateTimeOffset.MaxValue;
    }
}
