using CsCheck;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products.Tests;

/// <summary>The lowest price before a sale, beside a model that looks at each hour by itself.</summary>
public sealed class PriceHistoryTests
{
    private const int Reach = 30 * 24;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<(int Pause, long Regular, long? Sale, int? Starts, int? Ends)> Changes =
        from pause in Gen.Frequency((3, Gen.Int[1, 72]), (1, Gen.Int[1, 900]))
        from regular in Gen.Long[10, 60]
        from sale in Gen.Nullable(Gen.Long[1, 59])
        from starts in Gen.Nullable(Gen.Int[-48, 240])
        from length in Gen.Nullable(Gen.Int[1, 480])
        select (pause, regular, sale < regular ? sale : null, starts, length is null ? null : (int?)(Math.Max(starts ?? 0, 0) + length));

    [Fact]
    public void The_lowest_price_before_a_sale_is_that_of_its_30_days_hour_by_hour() => Changes.List[1, 12].Sample(changes =>
    {
        var price = new Price("SKU", Region.Default, new PriceTag(50));
        var (past, told, now) = (new List<PastPrice>(), new List<(int From, PriceTerms Terms)> { (int.MinValue, price.Terms) }, 0);
        foreach (var (pause, regular, sale, starts, ends) in changes)
        {
            now += pause;
            var terms = sale is null ? new PriceTerms(regular) : new PriceTerms(regular, sale, At(now + starts), At(now + ends));
            past.Add(price.Change(terms, past, At(now)!.Value)!);
            told.Add((now, terms));

            var expected = sale is null ? null : (long?)Lowest(told, Math.Max(now, now + (starts ?? 0)));
            Assert.Equal(expected, price.LowestBefore);
        }
    });

    [Fact]
    public void What_had_no_price_before_is_measured_by_nothing() => Assert.Null(PriceHistory.LowestBefore(Start, []));

    private static long Lowest(List<(int From, PriceTerms Terms)> told, int sale)
    {
        PriceTerms In(int hour) => told.Last(one => one.From <= hour).Terms;
        var began = sale;
        while (In(began - 1).OnSaleAt(At(began - 1)!.Value))
        {
            began--;
        }

        return Enumerable.Range(began - Reach, Reach).Min(hour => In(hour) is var terms && terms.OnSaleAt(At(hour)!.Value) ? terms.Sale!.Value : terms.Regular);
    }

    private static DateTimeOffset? At(int? hour) => hour is { } known ? Start.AddHours(known) : null;
}
