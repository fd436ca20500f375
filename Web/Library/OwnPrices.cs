namespace PlayStationStore.Web;

/// <summary>What things cost the shopper who is signed in, by what they own. Orders decides it; pages show it before anybody pays.</summary>
public sealed class OwnPrices(QuoteCalls calls, IHttpContextAccessor accessor)
{
    private const int Most = 100;

    /// <summary>Asks for things that are, or may be, bought together.</summary>
    /// <param name="skus">The variants; the first 100 are asked for.</param>
    /// <param name="currency">The currency of the prices.</param>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    /// <returns>By SKU; nothing where nobody is signed in or Orders does not answer: then the price of everybody is shown, and the order decides.</returns>
    public async Task<IReadOnlyDictionary<string, QuoteView>> GetAsync(IEnumerable<string> skus, string currency, CancellationToken cancellation)
    {
        var lines = skus.Distinct(StringComparer.Ordinal).Take(Most).Select(sku => new { sku }).ToList();
        if (lines.Count == 0 || accessor.HttpContext is not { User.Identity.IsAuthenticated: true })
        {
            return QuoteView.None;
        }

        var region = ShopperRegion.Of(accessor.HttpContext);
        var quoted = await calls.Http.SendAsync<QuotesView>(
            HttpMethod.Post, "/api/orders/quote", new { lines, currency, region = region.Currency == currency ? region.Code : null }, cancellation);
        return quoted.Value?.Lines.ToDictionary(line => line.Sku, StringComparer.Ordinal) ?? QuoteView.None;
    }
}

/// <summary>The answer of Orders.</summary>
public sealed record QuotesView(IReadOnlyList<QuoteView> Lines);

/// <summary>What one thing costs the shopper.</summary>
/// <param name="Credit">What of it the shopper owns, in money; null where the price is not known to Orders.</param>
/// <param name="Reason"><c>upgrade</c>, <c>partlyOwned</c>, <c>member</c>, or null.</param>
/// <param name="Owned">What of it the shopper owns, the dearest first.</param>
/// <param name="MemberSaving">What the shopper pays less as a member; null where they pay what everybody does.</param>
/// <param name="Block">Why the shopper cannot have it, one of <see cref="QuoteBlock"/>; null where they can.</param>
public sealed record QuoteView(string Sku, Money? Credit, string? Reason, IReadOnlyList<QuotedPart> Owned, string? Block, Money? MemberSaving = null)
{
    /// <summary>Nothing is known.</summary>
    public static readonly IReadOnlyDictionary<string, QuoteView> None = new Dictionary<string, QuoteView>();

    /// <summary>The shopper pays less than everybody.</summary>
    public bool IsLower => Off > 0;

    /// <summary>By how much, in minor units.</summary>
    public long Off => (Credit?.Amount ?? 0) + (MemberSaving?.Amount ?? 0);

    /// <summary>What is left of a price.</summary>
    /// <param name="price">What everybody pays.</param>
    public Money Of(Money price) => price with { Amount = Math.Max(0, price.Amount - Off) };

    /// <summary>Why it is lower, such as <c>You own the Standard edition</c>.</summary>
    /// <param name="platform">The platform of what is bought.</param>
    public string Because(string? platform) => Owned switch
    {
        [] when Reason == "member" => "Your member price",
        [] => "You own a part of it",
        [var first, ..] when Reason == "upgrade" => "You own " + CatalogWords.List(
            [$"the {(first.Platform != platform && first.Platform is not null ? $"{first.Platform} version" : first.Edition ?? first.Name)}",
            .. Owned.Skip(1).Where(part => part.Name != first.Name).Select(part => part.Name)]),
        _ => $"You own {CatalogWords.List([.. Owned.Select(part => part.Name)])}",
    };
}

/// <summary>Something that the shopper owns.</summary>
public sealed record QuotedPart(string Sku, string Name, string? Platform, string? Edition);

/// <summary>Why a shopper cannot have something, and how pages say so.</summary>
public static class QuoteBlock
{
    public const string AlreadyOwned = "alreadyOwned";
    public const string GameNeeded = "gameNeeded";

    /// <summary>The word as a shopper is told.</summary>
    /// <param name="block">The word of Orders.</param>
    public static string Why(string block) => block switch
    {
        AlreadyOwned => "In your library already",
        "partIsBeingPaid" => "A part of it is in an order of yours that is being paid",
        "twice" => "Part of something else in your cart",
        "preorderAlone" => "A pre-order is paid on its day; order it by itself, without the rest of your cart",
        GameNeeded => "Needs its game, which you do not own and which is not in your cart",
        _ => "Cannot be bought now",
    };
}

/// <summary>The connection of <see cref="OwnPrices"/>: a page waits a moment for it, and then goes without.</summary>
public sealed class QuoteCalls(HttpClient http)
{
    internal HttpClient Http => http;
}
