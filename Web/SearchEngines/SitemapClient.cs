namespace PlayStationStore.Web;

/// <summary>The addresses of all products that shoppers find.</summary>
public sealed class SitemapClient(HttpClient http)
{
    private const string Root = "/internal/catalogue/addresses";

    /// <summary>How many pages of them there are.</summary>
    public async Task<Fetched<int>> PagesAsync(CancellationToken cancellation)
    {
        var pages = await http.FetchAsync<AddressPages>(Root, cancellation);
        return new(pages.Outcome, pages.Value?.Pages ?? 0, pages.Problem);
    }

    /// <summary>Those of one page, as they come; throws where the catalogue does not answer.</summary>
    /// <param name="page">From 1.</param>
    /// <param name="cancellation">Cancelled when the reader goes away.</param>
    public IAsyncEnumerable<ProductAddress?> PageAsync(int page, CancellationToken cancellation) =>
        http.GetFromJsonAsAsyncEnumerable<ProductAddress>($"{Root}/{page.ToString(System.Globalization.CultureInfo.InvariantCulture)}", cancellation);

    private sealed record AddressPages(int Pages);
}

/// <summary>Where a product's page is.</summary>
/// <param name="ChangedAt">When what it says was changed last.</param>
public sealed record ProductAddress(string Slug, DateTimeOffset ChangedAt);
