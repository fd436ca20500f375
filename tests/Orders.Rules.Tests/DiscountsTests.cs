using CsCheck;

namespace PlayStationStore.Orders.Rules.Tests;

public sealed class DiscountsTests
{
    [Theory]
    [InlineData(33, 10_06)]
    [InlineData(15, 4_57)]
    [InlineData(100, 30_47)]
    [InlineData(0, 0)]
    public void A_discount_in_per_cent_adds_up_over_the_lines_to_the_minor_unit(int percent, long expected)
    {
        long[] lines = [9_99, 19_99, 49];

        var discount = Discounts.Percent(lines.Sum(), percent);
        var shares = Discounts.Spread(discount, lines);

        Assert.Equal(expected, discount);
        Assert.Equal(discount, shares.Sum());
        Assert.All(shares.Zip(lines), pair => Assert.InRange(pair.First, 0, pair.Second));
    }

    private static readonly Gen<(long[] Lines, int Percent)> Purchases =
        from lines in Gen.OneOf(Gen.Const(0L), Gen.Long[0, 1_000], Gen.Long[0, 1_000_000_000]).Array[1, 12]
        from percent in Gen.Int[0, 100]
        select (lines, percent);

    [Fact]
    public void Shares_add_up_and_stay_within_their_lines_whatever_the_amounts() => Purchases.Sample(purchase =>
    {
        var discount = Discounts.Percent(purchase.Lines.Sum(), purchase.Percent);

        var shares = Discounts.Spread(discount, purchase.Lines);

        Assert.Equal(discount, shares.Sum());
        Assert.All(shares.Zip(purchase.Lines), pair => Assert.InRange(pair.First, 0, pair.Second));
    });

    [Fact]
    public void No_line_is_a_whole_minor_unit_away_from_its_fair_share() => Purchases.Sample(purchase =>
    {
        var sum = (Int128)purchase.Lines.Sum();
        var discount = Discounts.Percent((long)sum, purchase.Percent);

        var shares = Discounts.Spread(discount, purchase.Lines);

        Assert.All(shares.Zip(purchase.Lines), pair => Assert.True(sum == 0 || Int128.Abs((pair.First * sum) - ((Int128)discount * pair.Second)) < sum));
    });

    [Fact]
    public void A_percentage_is_the_nearest_minor_unit_and_a_half_is_the_shoppers() => Purchases.Sample(purchase =>
    {
        var amount = purchase.Lines[0];
        var discount = Discounts.Percent(amount, purchase.Percent);

        var missing = ((Int128)amount * purchase.Percent) - ((Int128)discount * 100);
        Assert.True(missing >= -50 && missing < 50);
    });
}
