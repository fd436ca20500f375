using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>The addresses of all products that shoppers find, for the web app's site map.</summary>
internal static class AddressesApi
{
    /// <summary>The most that one file of a site map may have, by the protocol of search engines.</summary>
    private const int Most = 50_000;

    public static void MapAddressesApi(this IEndpointRouteBuilder app)
    {
        var addresses = app.MapGroup("/internal/catalogue/addresses").ExcludeFromDescription();
        addresses.MapGet("/", Count);
        addresses.MapGet("/{page:int}", Page);
    }

    private static async Task<AddressPages> Count(ProductsDbContext database, TimeProvider clock, CancellationToken cancel, [Range(1, Most)] int size = Most) =>
        new((await Found(database, clock.GetUtcNow()).CountAsync(cancel) + size - 1) / size);

    // Sent as they are read, so that their number does not matter for memory.
    private static IAsyncEnumerable<ProductAddress> Page(
        [Range(1, 1_000_000)] int page, ProductsDbContext database, TimeProvider clock, [Range(1, Most)] int size = Most) =>
        Found(database, clock.GetUtcNow()).OrderBy(product => product.Id).Skip((int)Math.Min((long)(page - 1) * size, int.MaxValue)).Take(size)
            .Select(product => new ProductAddress(product.Slug, product.ChangedAt)).AsAsyncEnumerable();

    // A search engine names no region, and so sees the default one's pages.
    private static IQueryable<Product> Found(ProductsDbContext database, DateTimeOffset now) => database.Products.AsNoTracking().Published(now)
        .Where(product => product.WithdrawnAt == null
            && product.Variants.Any(variant => !variant.Withdrawn && variant.Prices.Any(price => price.Region == Region.Default)));
}

/// <summary>How many pages of addresses there are.</summary>
public sealed record AddressPages(int Pages);

/// <summary>Where a product's page is.</summary>
/// <param name="ChangedAt">When its texts or variants were changed last.</param>
public sealed record ProductAddress(string Slug, DateTimeOffset ChangedAt);
