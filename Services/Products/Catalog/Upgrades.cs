using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>Which variants of a game a variant is an upgrade of: derived from what they are, so that nobody has to keep it.</summary>
internal static class Upgrades
{
    private const string Newest = "PS5";
    private const string Before = "PS4";

    /// <summary>The downloads of the same game that it replaces: cheaper editions on its platform, and on PS5 also those on PS4 that cost no more.</summary>
    /// <param name="variant">A variant whose product is loaded with its variants and their prices.</param>
    /// <returns>Their SKUs in order; prices are the regular ones, and those of the default region, so that neither a sale nor a price elsewhere changes a ladder.</returns>
    public static List<string> From(Variant variant) => Of(variant, variant.Product.Variants);

    /// <summary>The same, where the variants of the product are at hand.</summary>
    public static List<string> Of(Variant variant, IEnumerable<Variant> siblings)
    {
        if (!variant.Digital || variant.Demo || variant.Product.Kind is not ProductKind.Game || Regular(variant) is not { } price)
        {
            return [];
        }

        return [.. siblings.Where(other => other is { Digital: true, Demo: false } && other.Sku != variant.Sku && other.ProductId == variant.ProductId && IsBelow(other))
            .Select(other => other.Sku).Order(StringComparer.Ordinal)];

        bool IsBelow(Variant other) => other.Platform == variant.Platform ? Regular(other) < price
            : variant.Platform is Newest && other.Platform is Before && Regular(other) <= price;
    }

    private static long? Regular(Variant variant) => variant.PriceIn(Region.Default)?.Regular;
}
