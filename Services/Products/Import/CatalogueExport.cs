using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>The catalogue as the lines of a file that can be imported: a line a variant, what is withdrawn included.</summary>
internal static class CatalogueExport
{
    private const int PartSize = 250;

    /// <summary>The headings and the lines, read a part at a time.</summary>
    public static async IAsyncEnumerable<string?[]> LinesAsync(ProductsDbContext database)
    {
        yield return ImportColumns.All;
        for (Guid? last = null; ;)
        {
            var products = database.Products.AsNoTracking().WithAll();
            products = last is { } id ? products.Where(product => product.Id.CompareTo(id) > 0) : products;
            var part = await products.OrderBy(product => product.Id).Take(PartSize).ToListAsync();
            foreach (var variant in part.SelectMany(product => product.Variants.OrderBy(variant => variant.Position).ThenBy(variant => variant.Sku, StringComparer.Ordinal)))
            {
                yield return Line(variant);
            }

            if (part.Count < PartSize)
            {
                yield break;
            }

            last = part[^1].Id;
        }
    }

    // In the order of ImportColumns.All.
    private static string?[] Line(Variant variant)
    {
        var product = variant.Product;
        return
        [
            variant.Sku, product.Slug, product.Name, product.Kind.InWords(), product.Genre, product.Publisher,
            product.ReleaseDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), product.Description, string.Join('|', product.Languages),
            string.Join('|', product.AgeRatings.Select(rating => $"{rating.Board}:{rating.Rating}")),
            string.Join('|', product.Categories.Select(category => category.Slug).Order(StringComparer.Ordinal)),
            string.Join('|', product.Features), string.Join('|', product.Accessibility), Flag(product.WithdrawnAt is not null),
            variant.Platform, variant.Edition, Flag(variant.Digital), Flag(variant.Demo),
            string.Join('|', variant.Includes), string.Join('|', variant.Contains), string.Join('|', variant.Requires),
            .. Price(variant, Region.Default),
            variant.Stock?.OnHand.ToString(CultureInfo.InvariantCulture),
            .. ImportColumns.Elsewhere.SelectMany(region => Price(variant, region)),
            .. Language.Others.Select(product.TextIn).SelectMany(text => new[] { text?.Name, text?.Description }),
        ];
    }

    private static string?[] Price(Variant variant, Region region) => variant.PriceIn(region)?.Terms is { } terms
        ? [Amount(terms.Regular, region), Amount(terms.Sale, region), Instant(terms.SaleStartsAt), Instant(terms.SaleEndsAt)]
        : [null, null, null, null];

    private static string Flag(bool flag) => flag ? "true" : "false";

    private static string? Amount(long? minor, Region region) =>
        minor is { } amount ? Currency.Plain(amount, region.Currency) : null;

    private static string? Instant(DateTimeOffset? instant) => instant?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
