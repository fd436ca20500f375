namespace PlayStationStore.Web;

/// <summary>Addresses of integrators that are told of orders, for administrators.</summary>
public sealed class AdminWebhooksClient(HttpClient http)
{
    private const string Root = "/api/admin/webhooks";

    public Task<Fetched<WebhookList>> ListAsync(CancellationToken cancellation) => http.FetchAsync<WebhookList>(Root, cancellation);

    public Task<Fetched<WebhookView>> GetAsync(Guid id, CancellationToken cancellation) => http.FetchAsync<WebhookView>($"{Root}/{id}", cancellation);

    /// <summary>What was sent to an address, newest first.</summary>
    /// <param name="id">The webhook.</param>
    /// <param name="cursor">Where the page before ended, or null.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    public Task<Fetched<CursorPage<DeliveryView>>> DeliveriesAsync(Guid id, string? cursor, CancellationToken cancellation) =>
        http.FetchAsync<CursorPage<DeliveryView>>(OrdersClient.Query($"{Root}/{id}/deliveries", ("cursor", cursor)), cancellation);

    public Task<Fetched<NewWebhookView>> RegisterAsync(WebhookChange webhook, CancellationToken cancellation) =>
        http.SendAsync<NewWebhookView>(HttpMethod.Post, Root, webhook, cancellation);

    public Task<Fetched<WebhookView>> ChangeAsync(Guid id, WebhookChange webhook, CancellationToken cancellation) =>
        http.SendAsync<WebhookView>(HttpMethod.Put, $"{Root}/{id}", webhook, cancellation);

    public Task<Fetched<object>> RemoveAsync(Guid id, CancellationToken cancellation) => http.SendAsync<object>(HttpMethod.Delete, $"{Root}/{id}", null, cancellation);

    public Task<Fetched<NewWebhookView>> RotateAsync(Guid id, CancellationToken cancellation) =>
        http.SendAsync<NewWebhookView>(HttpMethod.Post, $"{Root}/{id}/rotate", null, cancellation);

    public Task<Fetched<object>> TestAsync(Guid id, CancellationToken cancellation) => http.SendAsync<object>(HttpMethod.Post, $"{Root}/{id}/test", null, cancellation);

    public Task<Fetched<object>> ResendAsync(Guid id, Guid delivery, CancellationToken cancellation) =>
        http.SendAsync<object>(HttpMethod.Post, $"{Root}/{id}/deliveries/{delivery}/resend", null, cancellation);
}

/// <summary>The webhooks.</summary>
/// <param name="Kinds">What one can ask for.</param>
public sealed record WebhookList(IReadOnlyList<WebhookView> Items, IReadOnlyList<string> Kinds);

/// <summary>An address that is told of orders.</summary>
public sealed record WebhookView(
    Guid Id, string Url, IReadOnlyList<string> Kinds, bool Active, DateTimeOffset? FailingSince, DateTimeOffset? SwitchedOffAt, DateTimeOffset? RotatedAt)
{
    /// <summary>How it is, in words.</summary>
    public string State => this switch
    {
        { SwitchedOffAt: not null } => "Switched off, since it took nothing",
        { Active: false } => "Inactive",
        { FailingSince: not null } => "Takes nothing",
        _ => "Active",
    };

    /// <summary>The style of <see cref="State"/>.</summary>
    public string? Tone => this switch
    {
        { SwitchedOffAt: not null } or { FailingSince: not null } => "status-bad",
        { Active: false } => "",
        _ => "status-ok",
    };
}

/// <summary>An address as it is to be.</summary>
public sealed record WebhookChange(string Url, IReadOnlyList<string> Kinds, bool Active);

/// <summary>An address with a new secret, which is told once.</summary>
public sealed record NewWebhookView(WebhookView Webhook, string Secret);

/// <summary>Something that an address is told.</summary>
/// <param name="State"><c>waiting</c>, <c>delivered</c> or <c>givenUp</c>.</param>
/// <param name="Attempts">Newest first.</param>
public sealed record DeliveryView(
    Guid Id, string Kind, Guid? OrderId, string State, DateTimeOffset CreatedAt, DateTimeOffset? NextTryAt, IReadOnlyList<DeliveryAttemptView> Attempts);

/// <summary>What came of sending it once.</summary>
public sealed record DeliveryAttemptView(DateTimeOffset At, int? Status, string? Body, string? Error, int Milliseconds);
