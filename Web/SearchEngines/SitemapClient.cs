using Microsoft.Extensions.Caching.Memory;

namespace PlayStationStore.Web;

/// <summary>The addresses of all products that shoppers find.</summary>
public sealed class SitemapClient(HttpClient http, IMemoryCache memory)
{
    private const string Root = "/internal/catalogue/addresses";

    // The catalogue is read through for them, so one answer serves all pages for an hour.
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <summary>The product that each page of them begins with.</summary>
    public async Task<Fetched<IReadOnlyList<Guid>>> StartsAsync(CancellationToken cancellation)
    {
        if (memory.TryGetValue(Root, out IReadOnlyList<Guid>? known))
        {
            return new(FetchOutcome.Ok, known);
        }

        var pages = await http.FetchAsync<AddressPages>(Root, cancellation);
        return new(pages.Outcome, pages.IsOk ? memory.Set(Root, pages.Value.Starts, Kept) : null, pages.Problem);
    }

    /// <summary>Those of one page, as they come; throws where the catalogue does not answer.</summary>
    /// <param name="from">The product that it begins with.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    public IAsyncEnumerable<ProductAddress?> PageAsync(Guid from, CancellationToken cancellation) =>
        http.GetFromJsonAsAsyncEnumerable<ProductAddress>($"{Root}/{from}", cancellation);

    private sealed record AddressPages(IReadOnlyList<Guid> Starts);
}

/// <summary>Where a product's page is.</summary>
/// <param name="ChangedAt">When what it says was changed last.</param>
public sealed record ProductAddress(string Slug, DateTimeOffset ChangedAt);
