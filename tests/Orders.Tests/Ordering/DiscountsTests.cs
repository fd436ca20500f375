namespace PlayStationStore.Orders.Tests;

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

    [Fact]
    public void Shares_add_up_and_stay_within_their_lines_whatever_the_amounts()
    {
        var random = new Random(20260601);
        for (var round = 0; round < 5_000; round++)
        {
            var lines = Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(0, 4) == 0 ? 0L : random.NextInt64(0, 1_000_000_000)).ToArray();
            var discount = Discounts.Percent(lines.Sum(), random.Next(0, 101));

            var shares = Discounts.Spread(discount, lines);

            Assert.Equal(discount, shares.Sum());
            Assert.All(shares.Zip(lines), pair => Assert.InRange(pair.First, 0, pair.Second));
        }
    }
}
