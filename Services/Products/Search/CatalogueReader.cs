using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>Reads products from the database as the index wants them.</summary>
internal sealed class CatalogueReader(ProductsDbContext database, TimeProvider clock, JsonSerializerOptions json)
{
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

    /// <summary>Those of the given products that are published and sold.</summary>
    public async Task<List<IndexedProduct>> ReadAsync(IReadOnlyCollection<Guid> ids)
    {
        var tree = await CategoryTree.ReadAsync(database);
        // One parameter for all of them: a parameter each would be a new statement to translate for each count of products.
        var now = clock.GetUtcNow();
        var products = await database.Products.AsNoTracking().Published(now).AsSplitQuery()
            .Include(product => product.Variants).ThenInclude(variant => variant.Prices)
            .Include(product => product.Variants).ThenInclude(variant => variant.Stock)
            .Include(product => product.Categories).Include(product => product.Slugs).Include(product => product.Texts)
            .Where(product => EF.Parameter(ids).Contains(product.Id) && product.WithdrawnAt == null).ToListAsync();
        return [.. products.Select(product => Describe(product, tree, now)).OfType<IndexedProduct>()];
    }

    private IndexedProduct? Describe(Product product, CategoryTree tree, DateTimeOffset now)
    {
        var offers = Region.All.Where(region => product.Offered(region).Count > 0).ToDictionary(region => region, region => Offer(product, region, now));
        if (offers.Count == 0)
        {
            return null;
        }

        var item = offers.First().Value.Item;
        var platforms = offers.Values.SelectMany(offer => offer.Item.Platforms).Distinct().ToList();
        var year = item.ReleaseDate?.Year.ToString(CultureInfo.InvariantCulture);
        var facets = new List<(Facet, string)>
        {
            (Facet.Kind, item.Kind.InWords()),
        };
        facets.AddRange(platforms.Select(platform => (Facet.Platform, platform)));
        facets.AddRange(product.Features.Select(feature => (Facet.Feature, feature)));
        facets.AddRange(product.Accessibility.Select(tag => (Facet.Accessibility, tag)));
        // What has four stars has three as well: a value says that it has so many or more.
        facets.AddRange(Enumerable.Range(1, StarCounts.Most - 1).Where(stars => item.Rating >= stars)
            .Select(stars => (Facet.Rating, stars.ToString(CultureInfo.InvariantCulture))));
        facets.AddRange(new[] { (Facet.Genre, item.Genre), (Facet.Publisher, item.Publisher), (Facet.Year, year) }.Where(one => one.Item2 is not null)!);
        facets.AddRange(tree.WithAncestors(product.Categories.Select(category => category.Id))
            .Select(category => (Facet.Category, category.ToString("D", CultureInfo.InvariantCulture))));
        List<string?> other =
        [
            item.Publisher, item.Genre, OtherNames[item.Kind],
            year, .. platforms, .. platforms.Select(Platforms.Spoken), "PlayStation",
            .. product.Variants.Select(variant => variant.Edition),
        ];
        return new(item, offers, product.Version, [.. product.Slugs.Select(one => one.Slug)], product.Texts, product.Popularity, [.. other.OfType<string>()], facets);
    }

    private IndexedOffer Offer(Product product, Region region, DateTimeOffset now)
    {
        var item = ProductItem.Of(product, region, now)!;
        return new(
            item, JsonSerializer.SerializeToUtf8Bytes(item, json), JsonSerializer.SerializeToUtf8Bytes(product.ForShoppers(region, Language.Default, now), json));
    }
}
