namespace PlayStationStore.Web;

/// <summary>The shopper's saved cards at Orders.</summary>
public sealed class CardsClient(HttpClient http)
{
    /// <summary>The cards, newest first, and who charges them.</summary>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<SavedCardsView>> ListAsync(CancellationToken cancellation) => http.FetchAsync<SavedCardsView>("/api/cards", cancellation);

    /// <summary>Saves a card.</summary>
    /// <param name="token">What the card provider gave for it.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<SavedCardView>> SaveAsync(string token, CancellationToken cancellation) =>
        http.SendAsync<SavedCardView>(HttpMethod.Post, "/api/cards", new { token }, cancellation);

    /// <summary>Removes a card.</summary>
    /// <param name="id">The card.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<object>> RemoveAsync(Guid id, CancellationToken cancellation) =>
        http.SendAsync<object>(HttpMethod.Delete, $"/api/cards/{id}", null, cancellation);

    /// <summary>The provider's page where a card is shown to it.</summary>
    /// <param name="returnPath">Where the shopper comes back to; <c>{token}</c> in it becomes what <see cref="SaveAsync"/> takes.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<CardPageView>> AskPageAsync(string returnPath, CancellationToken cancellation) =>
        http.SendAsync<CardPageView>(HttpMethod.Post, "/api/cards/page", new { returnPath }, cancellation);
}

/// <summary>A shopper's cards.</summary>
/// <param name="Provider"><c>test</c>, <c>stripe</c>, or null where no card is taken.</param>
public sealed record SavedCardsView(IReadOnlyList<SavedCardView> Items, int Limit, string? Provider)
{
    /// <summary>No money moves, and the test provider's cards are offered.</summary>
    public bool IsTest => Provider == "test";

    /// <summary>The cards that can pay.</summary>
    public IEnumerable<SavedCardView> Valid => Items.Where(card => !card.Expired);
}

/// <summary>A saved card.</summary>
/// <param name="Expires">Its last month, such as <c>2031-08</c>.</param>
public sealed record SavedCardView(Guid Id, string Label, string Expires, bool Expired)
{
    /// <summary>The last month as it stands on a card.</summary>
    public string ExpiresWords => Expires.Split('-') is [var year, var month] ? $"{month}/{year}" : Expires;
}

/// <summary>An address of the card provider.</summary>
public sealed record CardPageView(Uri Url);
