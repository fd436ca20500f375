namespace PlayStationStore.Web;

/// <summary>What the shopper has given away, and what was given to them, at Orders.</summary>
public sealed class GiftsClient(HttpClient http)
{
    // An order has at most a hundred lines.
    private const string Most = "100";

    /// <summary>The gifts of an order.</summary>
    /// <param name="orderId">The order.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<CursorPage<GiftView>>> OfOrderAsync(Guid orderId, CancellationToken cancellation) =>
        http.FetchAsync<CursorPage<GiftView>>(OrdersClient.Query("/api/gifts", ("orderId", orderId.ToString()), ("pageSize", Most)), cancellation);

    /// <summary>Puts a gift into the shopper's library.</summary>
    /// <param name="code">What the shopper typed.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<RedeemedGiftView>> RedeemAsync(string code, CancellationToken cancellation) =>
        http.SendAsync<RedeemedGiftView>(HttpMethod.Post, "/api/gifts/redeem", new { code }, cancellation);

    /// <summary>Mails a gift again.</summary>
    /// <param name="id">The gift.</param>
    /// <param name="email">Another address, or the same one.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<GiftView>> MailAsync(Guid id, string? email, CancellationToken cancellation) =>
        http.SendAsync<GiftView>(HttpMethod.Post, $"/api/gifts/{id}/mail", new { email }, cancellation);
}

/// <summary>A gift as its giver sees it.</summary>
/// <param name="Status">One of <c>waiting</c>, <c>redeemed</c>, <c>takenBack</c>.</param>
public sealed record GiftView(
    Guid Id, Guid OrderId, string Sku, string Name, string? Email, string? Message, string Status, int Mailings, DateTimeOffset MailedAt, DateTimeOffset? RedeemedAt);

/// <summary>A gift that has come into the library.</summary>
/// <param name="Message">What its giver wrote.</param>
public sealed record RedeemedGiftView(string Sku, string Name, string? Platform, string? Message);

/// <summary>For whom a line of an order is.</summary>
/// <param name="Email">Empty where the giver has deleted their account.</param>
public sealed record GiftWish(string Email, string? Message);
