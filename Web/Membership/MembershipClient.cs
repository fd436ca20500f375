namespace PlayStationStore.Web;

/// <summary>The shopper's membership at Orders.</summary>
public sealed class MembershipClient(HttpClient http)
{
    /// <summary>What the shopper is a member of.</summary>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<MembershipView>> GetAsync(CancellationToken cancellation) => http.FetchAsync<MembershipView>("/api/membership", cancellation);

    /// <summary>Switches the renewal.</summary>
    /// <param name="on">Whether it is to be renewed.</param>
    /// <param name="cardId">The saved card that pays; null for the one that was chosen before.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<MembershipView>> RenewAsync(bool on, Guid? cardId, CancellationToken cancellation) =>
        http.SendAsync<MembershipView>(HttpMethod.Put, "/api/membership/renewal", new { on, cardId }, cancellation);

    /// <summary>Claims a monthly game.</summary>
    /// <param name="productId">The game.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Fetched<object>> ClaimAsync(Guid productId, CancellationToken cancellation) =>
        http.SendAsync<object>(HttpMethod.Post, $"/api/membership/games/{productId}", null, cancellation);
}

/// <summary>What a shopper is a member of.</summary>
/// <param name="Tier">What holds now; null for who is no member.</param>
/// <param name="Until">When the last of what is paid ends.</param>
/// <param name="Periods">What is paid and not over, in the order in which it is used.</param>
public sealed record MembershipView(
    string? Tier, DateTimeOffset? Until, RenewalView Renewal, IReadOnlyList<MembershipPeriodView> Periods, IReadOnlyList<MemberGameView> Games)
{
    /// <summary>Nobody is signed in.</summary>
    public static readonly MembershipView None = new(null, null, new(false, null, null, null, null, null), [], []);
}

/// <summary>Whether and how a membership is renewed.</summary>
/// <param name="Card">The card that pays, in words; null where it was removed.</param>
/// <param name="Amount">What it costs at the moment.</param>
public sealed record RenewalView(bool On, Guid? CardId, string? Card, Money? Amount, DateTimeOffset? ChargedAt, string? StoppedBecause);

/// <summary>What one order line has brought.</summary>
public sealed record MembershipPeriodView(string Tier, int Months, DateTimeOffset From, DateTimeOffset Until, Guid OrderId);

/// <summary>A monthly game that was claimed.</summary>
public sealed record MemberGameView(Guid ProductId, string Sku, string Name, string Tier, DateTimeOffset ClaimedAt, bool Playable);

/// <summary>A game that members may claim.</summary>
/// <param name="Tier">The lowest tier whose members may.</param>
public sealed record MonthlyGameView(
    Guid Id, string Sku, string? Platform, string? Edition, string Tier, DateTimeOffset From, DateTimeOffset Until, ProductItem Product);
