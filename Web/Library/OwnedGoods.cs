namespace PlayStationStore.Web;

/// <summary>What the shopper owns for good, so that no page offers it to them again. Asked for once a request, whoever shows it.</summary>
public sealed class OwnedGoods(LibraryCalls calls, IHttpContextAccessor accessor)
{
    // A collector's whole library would hold up each page; of what was bought before the latest 500 things, the order decides.
    private const int MostPages = 5;

    private Task<Owned>? current;

    /// <summary>What the shopper owns; nothing where nobody is signed in, and what is known of it where Orders does not answer.</summary>
    /// <param name="cancellation">Cancelled when the shopper goes away.</param>
    public Task<Owned> GetAsync(CancellationToken cancellation) =>
        accessor.HttpContext is { User.Identity.IsAuthenticated: true } ? current ??= LoadAsync(cancellation) : Task.FromResult(Owned.Nothing);

    private async Task<Owned> LoadAsync(CancellationToken cancellation)
    {
        var (products, skus) = (new HashSet<Guid>(), new HashSet<string>(StringComparer.Ordinal));
        var (trials, claimed) = (new Dictionary<Guid, DateTimeOffset>(), new HashSet<string>(StringComparer.Ordinal));
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            var address = OrdersClient.Query("/api/library", ("pageSize", "100"), ("cursor", cursor));
            var fetched = await calls.Http.FetchAsync<CursorPage<OwnedView>>(address, cancellation);
            foreach (var item in (fetched.Value?.Items ?? []).Where(item => item is { Member: null, TrialUntil: null } && CatalogWords.IsOwnedOnce(item.Kind)))
            {
                products.Add(item.ProductId);
                skus.Add(item.Sku);
            }

            foreach (var item in (fetched.Value?.Items ?? []).Where(item => item.TrialUntil is not null))
            {
                trials[item.ProductId] = item.TrialUntil!.Value;
            }

            claimed.UnionWith((fetched.Value?.Items ?? []).Where(item => item.Member is not null).Select(item => item.Sku));

            // Who has the demo does not have the game.
            skus.UnionWith((fetched.Value?.Items ?? []).Where(item => item.Kind == "demo").Select(item => item.Sku));

            cursor = fetched.Value?.NextCursor;
            if (cursor is null)
            {
                break;
            }
        }

        return new(products, skus, trials, claimed);
    }
}

/// <summary>What a shopper owns for good.</summary>
/// <param name="Products">Products of which they own a variant.</param>
/// <param name="Skus">The variants.</param>
/// <param name="Trials">The products that they try, or have tried, and do not own: when the trial ends.</param>
/// <param name="Claimed">The variants that they have claimed as monthly games, to be played as a member, and do not own.</param>
public sealed record Owned(
    IReadOnlySet<Guid> Products, IReadOnlySet<string> Skus, IReadOnlyDictionary<Guid, DateTimeOffset> Trials, IReadOnlySet<string> Claimed)
{
    /// <summary>The shopper owns nothing, or nobody is signed in.</summary>
    public static readonly Owned Nothing = new(new HashSet<Guid>(), new HashSet<string>(), new Dictionary<Guid, DateTimeOffset>(), new HashSet<string>());
}

/// <summary>The connection of <see cref="OwnedGoods"/>: a page waits a moment for it, and then goes without.</summary>
public sealed class LibraryCalls(HttpClient http)
{
    internal HttpClient Http => http;
}
