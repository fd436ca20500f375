namespace PlayStationStore.Web;

/// <summary>What shoppers send back, for staff.</summary>
public sealed class AdminReturnsClient(HttpClient http)
{
    /// <summary>A page of returns, newest first.</summary>
    /// <param name="status">One of <see cref="ReturnStatus"/>, or null for all.</param>
    /// <param name="cursor">Where the page before ended, or null.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    public Task<Fetched<CursorPage<ReturnView>>> ListAsync(string? status, string? cursor, CancellationToken cancellation) =>
        http.FetchAsync<CursorPage<ReturnView>>(OrdersClient.Query("/api/admin/returns", ("status", status), ("cursor", cursor)), cancellation);

    /// <summary>Takes in what has arrived; its money goes back.</summary>
    /// <param name="id">The return.</param>
    /// <param name="lines">What has arrived.</param>
    /// <param name="note">For the customer, or null.</param>
    /// <param name="receivedSeen">How many pieces had arrived as the page showed it.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    public Task<Fetched<ReturnView>> ReceiveAsync(
        Guid id, IReadOnlyList<ReceivedLineView> lines, string? note, int? receivedSeen, CancellationToken cancellation) =>
        http.SendAsync<ReturnView>(HttpMethod.Post, $"/api/admin/returns/{id}/receive", new { lines, note, receivedSeen }, cancellation);

    /// <summary>Takes back no more of it.</summary>
    public Task<Fetched<ReturnView>> RefuseAsync(Guid id, string reason, CancellationToken cancellation) =>
        http.SendAsync<ReturnView>(HttpMethod.Post, $"/api/admin/returns/{id}/refuse", new { reason }, cancellation);
}
