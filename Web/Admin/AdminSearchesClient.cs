namespace PlayStationStore.Web;

/// <summary>What shoppers searched for in vain, for staff.</summary>
public sealed class AdminSearchesClient(HttpClient http)
{
    /// <summary>A page of searches without result, the most frequent first.</summary>
    /// <param name="cursor">Where the page before ended, or null.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    public Task<Fetched<CursorPage<MissedSearch>>> ListAsync(string? cursor, CancellationToken cancellation) =>
        http.FetchAsync<CursorPage<MissedSearch>>(OrdersClient.Query("/api/admin/searches", ("cursor", cursor)), cancellation);
}

/// <summary>A search without result.</summary>
/// <param name="Text">The words, in lower case and without accents.</param>
/// <param name="Count">How often it was tried.</param>
public sealed record MissedSearch(string Text, int Count, DateTimeOffset LastAt);
