namespace PlayStationStore.Web;

/// <summary>Messages between services that could not be handled, for administrators.</summary>
public sealed class AdminMessagesClient(HttpClient http)
{
    /// <summary>The services that handle messages.</summary>
    public static readonly IReadOnlyList<string> Services = ["orders", "products", "users"];

    /// <summary>What waits at one service, newest first.</summary>
    /// <param name="service">One of <see cref="Services"/>.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    public Task<Fetched<FaultedMessages>> ListAsync(string service, CancellationToken cancellation) =>
        http.FetchAsync<FaultedMessages>($"http://{service}/api/admin/messages/{service}", cancellation);

    /// <summary>Puts a message back into its queue.</summary>
    /// <param name="service">One of <see cref="Services"/>.</param>
    /// <param name="id">The message.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    public Task<Fetched<object>> RetryAsync(string service, Guid id, CancellationToken cancellation) => DecideAsync(service, id, "retry", cancellation);

    /// <summary>Gives a message up.</summary>
    /// <inheritdoc cref="RetryAsync"/>
    public Task<Fetched<object>> DropAsync(string service, Guid id, CancellationToken cancellation) => DecideAsync(service, id, "drop", cancellation);

    private Task<Fetched<object>> DecideAsync(string service, Guid id, string decision, CancellationToken cancellation) =>
        http.SendAsync<object>(HttpMethod.Post, $"http://{service}/api/admin/messages/{service}/{id}/{decision}", null, cancellation);
}

/// <summary>What waits at a service.</summary>
/// <param name="Items">The newest.</param>
/// <param name="Total">How many there are.</param>
public sealed record FaultedMessages(IReadOnlyList<FaultedMessageView> Items, int Total);

/// <summary>A message that could not be handled.</summary>
/// <param name="Endpoint">The queue whose consumer failed.</param>
/// <param name="Reason">What the consumer said at its last try.</param>
public sealed record FaultedMessageView(Guid Id, string MessageType, string Endpoint, string Reason, DateTimeOffset FaultedAt);
