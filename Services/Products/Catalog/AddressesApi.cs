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
        addresses.MapGet("/", Starts);
        addresses.MapGet("/{from:guid}", Page);
    }

    // Read through, not counted: a page is asked for by where it starts.
    private static async Task<AddressPages> Starts(ProductsDbContext database, TimeProvider clock, CancellationToken cancel, [Range(1, Most)] int size = Most)
    {
        var starts = new List<Guid>();
        var place = 0;
        await foreach (var id in Found(database, clock.GetUtcNow()).OrderBy(product => product.Id).Select(product => product.Id).AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (place++ % size == 0)
            {
                starts.Add(id);
            }
        }

        return new(starts);
    }

    // Sent as they are read, so that their number does not matter for memory.
    private static IAsyncEnumerable<ProductAddress> Page(Guid from, ProductsDbContext database, TimeProvider clock, [Range(1, Most)] int size = Most) =>
        Found(database, clock.GetUtcNow()).Where(product => product.Id.CompareTo(from) >= 0).OrderBy(product => product.Id).Take(size)
            .Select(product => new ProductAddress(product.Slug, product.ChangedAt)).AsAsyncEnumerable();

    // A search engine names no region, and so sees the default one's pages.
    private static IQueryable<Product> Found(ProductsDbContext database, DateTimeOffset now) => database.Products.AsNoTracking().Published(now)
        .Where(product => product.WithdrawnAt == null
            && product.Variants.Any(variant => !variant.Withdrawn && variant.Prices.Any(price => price.Region == Region.Default)));
}

/// <summary>The pages of addresses that there are.</summary>
/// <param name="Starts">The product that each begins with.</param>
public sealed record AddressPages(IReadOnlyList<Guid> Starts);

/// <summary>Where a product's page is.</summary>
/// <param name="ChangedAt">When its texts or variants were changed last.</param>
public sealed record ProductAddress(string Slug, DateTimeOffset ChangedAt);
