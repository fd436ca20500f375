using System.Text.Json;
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
        var variants = await database.Variants.AsNoTracking().Include(variant => variant.Product).Include(variant => variant.Prices)
            .Where(variant => skus.Contains(variant.Sku)).ToDictionaryAsync(variant => variant.Sku);
        var refused = order.Lines.Select(line => (line.Sku, Reason: Refusal(line, variants.GetValueOrDefault(line.Sku), order.Currency)))
            .Where(line => line.Reason is not null).Select(line => new RejectedLine(line.Sku, line.Reason!)).Distinct().ToList();
        if (refused.Count > 0)
        {
            return new([], [], refused);
        }

        var physical = order.Lines.Where(line => !variants[line.Sku].Digital).GroupBy(line => line.Sku)
            .Select(lines => (Sku: lines.Key, Quantity: lines.Sum(line => (long)line.Quantity))).ToList();
        return new(
            [.. order.Lines.Select(line => Describe(line, variants[line.Sku], order.Currency, now))],
            [.. physical.Select(line => (line.Sku, (int)Math.Min(line.Quantity, int.MaxValue)))],
            []);
    }

    private static string? Refusal(OrderedLine line, Variant? variant, string currency) =>
        variant is null || line.Quantity < 1 ? "unknown"
        : variant.Withdrawn || variant.Product.WithdrawnAt is not null ? "withdrawn"
        : variant.PriceIn(currency) is null ? "currency"
        : null;

    private static ReservedLine Describe(OrderedLine line, Variant variant, string currency, DateTimeOffset now) => new(
        line.Sku, variant.ProductId, variant.Product.Name, JsonNamingPolicy.CamelCase.ConvertName(variant.Product.Kind.ToString()), variant.Platform,
        variant.Edition, line.Quantity, variant.PriceIn(currency)!.At(now).Amount, variant.Digital);
}
