using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Products;

/// <summary>Reads products from the database as the index wants them.</summary>
internal sealed class CatalogueReader(ProductsDbContext database, TimeProvider clock, JsonSerializerOptions json)
{
    private const int BatchSize = 500;

    private static readonly Dictionary<ProductKind, string> OtherNames = new()
    {
        [ProductKind.Game] = "game games",
        [ProductKind.Addon] = "add-on addon dlc",
        [ProductKind.Bundle] = "bundle",
        [ProductKind.Console] = "console consoles hardware",
        [ProductKind.Accessory] = "accessory accessories hardware",
        [ProductKind.Subscription] = "subscription membership ps plus",
        [ProductKind.GiftCard] = "gift card cards voucher wallet",
    };

    /// <summary>Every product that is sold, a batch at a time.</summary>
    public async IAsyncEnumerable<List<IndexedProduct>> ReadAllAsync()
    {
        var ids = await database.Products.Where(product => product.WithdrawnAt == null).Select(product => product.Id).ToListAsync();
        foreach (var batch in ids.Chunk(BatchSize))
        {
            yield return await ReadAsync(batch);
        }
    }

    /// <summary>Those of the given products that are sold.</summary>
    public async Task<List<IndexedProduct>> ReadAsync(IReadOnlyCollection<Guid> ids)
    {
        var tree = await CategoryTree.ReadAsync(database);
        // One parameter for all of them: a parameter each would be a new statement to translate for each count of products.
        var products = await database.Products.AsNoTracking().AsSplitQuery()
            .Include(product => product.Variants).ThenInclude(variant => variant.Prices)
            .Include(product => product.Variants).ThenInclude(variant => variant.Stock)
            .Include(product => product.Categories)
            .Where(product => EF.Parameter(ids).Contains(product.Id) && product.WithdrawnAt == null).ToListAsync();
        var now = clock.GetUtcNow();
        return [.. products.Select(product => Describe(product, tree, now)).OfType<IndexedProduct>()];
    }

    private IndexedProduct? Describe(Product product, CategoryTree tree, DateTimeOffset now)
    {
        if (product.Offered().Count == 0)
        {
            return null;
        }

        var item = ProductItem.Of(product, now);
        var facets = new List<(Facet, string)>
        {
            (Facet.Kind, JsonNamingPolicy.CamelCase.ConvertName(item.Kind.ToString())),
            (Facet.Price, PriceBand.Of(item.Price.Amount).Value),
            (Facet.OnSale, item.OriginalPrice is null ? "false" : "true"),
        };
        facets.AddRange(item.Platforms.Select(platform => (Facet.Platform, platform)));
        facets.AddRange(new[] { (Facet.Genre, item.Genre), (Facet.Publisher, item.Publisher) }.Where(one => one.Item2 is not null)!);
        facets.AddRange(tree.WithAncestors(product.Categories.Select(category => category.Id))
            .Select(category => (Facet.Category, category.ToString("D", CultureInfo.InvariantCulture))));
        List<string?> other =
        [
            item.Publisher, item.Genre, OtherNames[item.Kind],
            item.ReleaseDate?.Year.ToString(CultureInfo.InvariantCulture), .. item.Platforms, .. item.Platforms.Select(Platforms.Spoken), "PlayStation",
            .. product.Variants.Select(variant => variant.Edition),
        ];
        return new(
            item, JsonSerializer.SerializeToUtf8Bytes(item, JsonSerializerOptions.Web), JsonSerializer.SerializeToUtf8Bytes(product.ForShoppers(now), json), product.Popularity, [.. other.OfType<string>()], facets);
    }
}
