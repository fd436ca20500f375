using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>What the catalogue says to an order's lines, before stock is asked.</summary>
/// <param name="Lines">With names and prices of this moment; complete only where nothing is refused.</param>
/// <param name="Physical">What needs stock, the lines of one sku together.</param>
internal sealed record Quote(
    IReadOnlyList<ReservedLine> Lines, IReadOnlyList<(string Sku, int Quantity)> Physical, IReadOnlyList<RejectedLine> Refused)
{
    public static async Task<Quote> OfAsync(QuotedVariants known, OrderSubmitted order, DateTimeOffset now)
    {
        var skus = order.Lines.Select(line => line.Sku).Distinct().ToList();
        var variants = await known.ReadAsync(skus, CancellationToken.None);
        var region = Region.Of(order.Region, order.Currency);
        var refused = order.Lines.Select(line => (line.Sku, Reason: Refusal(line, variants.GetValueOrDefault(line.Sku), region, now)))
            .Where(line => line.Reason is not null).Select(line => new RejectedLine(line.Sku, line.Reason!)).Distinct().ToList();
        if (refused.Count > 0)
        {
            return new([], [], refused);
        }

        await known.ReadAsync([.. skus.SelectMany(sku => variants[sku].Contains)], CancellationToken.None);
        var physical = order.Lines.Where(line => !variants[line.Sku].Digital).GroupBy(line => line.Sku)
            .Select(lines => (Sku: lines.Key, Quantity: lines.Sum(line => (long)line.Quantity))).ToList();
        return new(
            [.. order.Lines.Select(line => Describe(line, variants, region!, now))],
            [.. physical.Select(line => (line.Sku, (int)Math.Min(line.Quantity, int.MaxValue)))],
            []);
    }

    private static string? Refusal(OrderedLine line, Variant? variant, Region? region, DateTimeOffset now) =>
        variant is null || line.Quantity < 1 || !variant.Product.IsPublished(now) ? "unknown"
        : variant.Withdrawn || variant.Product.WithdrawnAt is not null ? "withdrawn"
        : region is null || variant.PriceIn(region) is null ? "currency"
        : null;

    private static ReservedLine Describe(OrderedLine line, IReadOnlyDictionary<string, Variant> variants, Region region, DateTimeOffset now)
    {
        var variant = variants[line.Sku];
        var lower = Upgrades.Of(variant, variants.Values);
        var parts = variant.Contains.Where(variants.ContainsKey).Concat(lower.Except(variant.Contains)).Select(sku => Part(variants[sku])).ToList();
        return new(
            line.Sku, variant.ProductId, variant.Product.Name, variant.KindInWords(), variant.Platform, variant.Edition, line.Quantity,
            variant.PriceIn(region)!.At(now).Amount, variant.Digital, parts.Count > 0 ? parts : null, variant.Requires is { Count: > 0 } requires ? requires : null, variant.Demo ? null : variant.Product.PreorderUntil(now),
            variant.PriceIn(region)!.ForMembersAt(now), variant.Membership);

        ReservedPart Part(Variant part) => new(
            part.Sku, part.ProductId, part.Product.Name, part.KindInWords(), part.Platform, part.Edition, part.PriceIn(region)?.At(now).Amount ?? 0,
            variant.Contains.Contains(part.Sku), [.. part.Contains.Union(Upgrades.Of(part, variants.Values))], part.PriceIn(region)?.ForMembersAt(now));
    }
}

/// <summary>What is quoted: variants, each with the others of its product, which tell what an edition is an upgrade of. Read once.</summary>
internal sealed class QuotedVariants(ProductsDbContext database)
{
    private readonly Dictionary<string, Variant> variants = new(StringComparer.Ordinal);
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    /// <summary>Reads those that were not asked for before.</summary>
    /// <returns>All that are known by now; what is not there is unknown.</returns>
    public async Task<IReadOnlyDictionary<string, Variant>> ReadAsync(IReadOnlyCollection<string> skus, CancellationToken cancel)
    {
        var unread = skus.Where(sku => !variants.ContainsKey(sku) && asked.Add(sku)).ToList();
        if (unread.Count > 0)
        {
            var products = database.Variants.Where(variant => EF.Parameter(unread).Contains(variant.Sku)).Select(variant => variant.ProductId);
            await foreach (var variant in database.Variants.AsNoTrackingWithIdentityResolution().Include(variant => variant.Product).Include(variant => variant.Prices)
                .Where(variant => products.Contains(variant.ProductId)).AsAsyncEnumerable().WithCancellation(cancel))
            {
                variants.TryAdd(variant.Sku, variant);
            }
        }

        return variants;
    }
}
