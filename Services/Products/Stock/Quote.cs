using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products;

/// <summary>What the catalogue says to an order's lines, before stock is asked.</summary>
/// <param name="Lines">With names and prices of this moment; complete only where nothing is refused.</param>
/// <param name="Physical">What needs stock, the lines of one sku together.</param>
internal sealed record Quote(
    IReadOnlyList<ReservedLine> Lines, IReadOnlyList<(string Sku, int Quantity)> Physical, IReadOnlyList<RejectedLine> Refused)
{
    public static async Task<Quote> OfAsync(ProductsDbContext database, OrderSubmitted order, DateTimeOffset now)
    {
        var skus = order.Lines.Select(line => line.Sku).Distinct().ToList();
        // With the others of their products, which tell what an edition is an upgrade of.
        var variants = await ReadAsync(database, database.Variants.Where(variant => EF.Parameter(skus).Contains(variant.Sku)).Select(variant => variant.ProductId));
        var refused = order.Lines.Select(line => (line.Sku, Reason: Refusal(line, variants.GetValueOrDefault(line.Sku), order.Currency)))
            .Where(line => line.Reason is not null).Select(line => new RejectedLine(line.Sku, line.Reason!)).Distinct().ToList();
        if (refused.Count > 0)
        {
            return new([], [], refused);
        }

        var contained = skus.SelectMany(sku => variants[sku].Contains).Where(sku => !variants.ContainsKey(sku)).Distinct().ToList();
        if (contained.Count > 0)
        {
            foreach (var (sku, variant) in await ReadAsync(
                database, database.Variants.Where(variant => EF.Parameter(contained).Contains(variant.Sku)).Select(variant => variant.ProductId)))
            {
                variants.TryAdd(sku, variant);
            }
        }

        var physical = order.Lines.Where(line => !variants[line.Sku].Digital).GroupBy(line => line.Sku)
            .Select(lines => (Sku: lines.Key, Quantity: lines.Sum(line => (long)line.Quantity))).ToList();
        return new(
            [.. order.Lines.Select(line => Describe(line, variants, order.Currency, now))],
            [.. physical.Select(line => (line.Sku, (int)Math.Min(line.Quantity, int.MaxValue)))],
            []);
    }

    private static Task<Dictionary<string, Variant>> ReadAsync(ProductsDbContext database, IQueryable<Guid> products) =>
        database.Variants.AsNoTrackingWithIdentityResolution().Include(variant => variant.Product).Include(variant => variant.Prices)
            .Where(variant => products.Contains(variant.ProductId)).ToDictionaryAsync(variant => variant.Sku);

    private static string? Refusal(OrderedLine line, Variant? variant, string currency) =>
        variant is null || line.Quantity < 1 ? "unknown"
        : variant.Withdrawn || variant.Product.WithdrawnAt is not null ? "withdrawn"
        : variant.PriceIn(currency) is null ? "currency"
        : null;

    private static ReservedLine Describe(OrderedLine line, Dictionary<string, Variant> variants, string currency, DateTimeOffset now)
    {
        var variant = variants[line.Sku];
        var lower = Upgrades.Of(variant, variants.Values);
        var parts = variant.Contains.Where(variants.ContainsKey).Concat(lower.Except(variant.Contains)).Select(sku => Part(variants[sku])).ToList();
        return new(
            line.Sku, variant.ProductId, variant.Product.Name, variant.KindInWords(), variant.Platform, variant.Edition, line.Quantity,
            variant.PriceIn(currency)!.At(now).Amount, variant.Digital, parts.Count > 0 ? parts : null, variant.Requires is { Count: > 0 } requires ? requires : null, variant.Demo ? null : variant.Product.PreorderUntil(now),
            variant.PriceIn(currency)!.ForMembersAt(now), variant.Membership);

        ReservedPart Part(Variant part) => new(
            part.Sku, part.ProductId, part.Product.Name, part.KindInWords(), part.Platform, part.Edition, part.PriceIn(currency)?.At(now).Amount ?? 0,
            variant.Contains.Contains(part.Sku), [.. part.Contains.Union(Upgrades.Of(part, variants.Values))], part.PriceIn(currency)?.ForMembersAt(now));
    }
}
