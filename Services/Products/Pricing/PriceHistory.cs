namespace PlayStationStore.Products;

/// <summary>
/// What a sale has to be measured by: the lowest price of the 30 days before it, as the European Union's directive on price indications (98/6/EC,
/// article 6a) asks for.
/// </summary>
public static class PriceHistory
{
    /// <summary>How long before a sale its price is compared with.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromDays(30);

    /// <summary>The lowest price of the days before a sale.</summary>
    /// <param name="sale">When the sale holds from. One that held until this moment goes on, and so began when that one did.</param>
    /// <param name="past">What it cost before; in any order.</param>
    /// <returns>Minor units; null where it had no price before.</returns>
    public static long? LowestBefore(DateTimeOffset sale, IEnumerable<PastPrice> past)
    {
        var spans = Spans(past);
        var began = sale;
        foreach (var span in Enumerable.Reverse(spans).Where(span => span.OnSale))
        {
            began = span.Until >= began && span.From < began ? span.From : began;
        }

        var prices = spans.Where(span => span.From < began && span.Until > began - Reach).Select(span => span.Amount).ToList();
        return prices.Count > 0 ? prices.Min() : null;
    }

    // In their order and without gaps: each price is a span, or three where its sale began or ended while it held.
    private static List<(DateTimeOffset From, DateTimeOffset Until, long Amount, bool OnSale)> Spans(IEnumerable<PastPrice> past)
    {
        var spans = new List<(DateTimeOffset From, DateTimeOffset Until, long Amount, bool OnSale)>();
        var from = DateTimeOffset.MinValue;
        foreach (var price in past.OrderBy(price => price.Until))
        {
            var turns = new[] { price.SaleStartsAt, price.SaleEndsAt }.OfType<DateTimeOffset>().Where(turn => turn > from && turn < price.Until).Order();
            foreach (var until in turns.Append(price.Until))
            {
                var onSale = price.Terms.OnSaleAt(from);
                spans.Add((from, until, onSale ? price.Sale!.Value : price.Regular, onSale));
                from = until;
            }
        }

        return spans;
    }
}
