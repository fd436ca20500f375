using CsCheck;

namespace PlayStationStore.Orders.Rules.Tests;

public sealed class CouponSharesTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Coupon> Coupons =
        from percent in Gen.Bool
        from part in Gen.OneOf(Gen.Int[1, 100], Gen.Const(50), Gen.Const(100))
        from amount in Gen.OneOf(Gen.Long[1, 100], Gen.Long[1, 100_000_000])
        select percent ? Percent(part) : Amount(amount);

    /// <summary>What lines cost, and up to five coupons, each of which lowers some of them.</summary>
    private static readonly Gen<(long[] Totals, LoweringCoupon[] Coupons)> Purchases =
        from totals in Gen.OneOf(Gen.Long[0, 3], Gen.Long[0, 1_000], Gen.Long[0, 1_000_000_000]).Array[1, 8]
        from coupons in Gen.Select(Coupons, Gen.Bool.Array[totals.Length], (coupon, lowered) => new LoweringCoupon(coupon, lowered)).Array[1, CouponCodes.Most]
        select (totals, coupons);

    [Fact]
    public void No_line_falls_below_zero_and_only_what_a_coupon_is_for_is_lowered() => Purchases.Sample(purchase =>
    {
        var shares = CouponShares.Of(purchase.Coupons, purchase.Totals);

        Assert.All(purchase.Totals.Index(), line => Assert.InRange(shares.Sum(share => share[line.Index]), 0, line.Item));
        Assert.All(shares.Zip(purchase.Coupons), pair => Assert.All(pair.First.Zip(pair.Second.Lowered), line => Assert.True(line.First >= 0 && (line.Second || line.First == 0))));
    });

    [Fact]
    public void A_percentage_is_of_the_full_price_whatever_the_others_take() => Purchases.Sample(purchase =>
    {
        var shares = CouponShares.Of(purchase.Coupons, purchase.Totals);

        foreach (var (line, total) in purchase.Totals.Index())
        {
            var (rates, taken) = (0, 0L);
            foreach (var (share, (coupon, lowered)) in shares.Zip(purchase.Coupons).Where(one => one.Second.Coupon.Percent is not null))
            {
                (rates, taken) = (rates + (lowered[line] ? coupon.Percent!.Value : 0), taken + share[line]);
            }

            // Each percentage is rounded to a minor unit for the order, and once more for the line.
            var model = Math.Min(total, total * rates / 100m);
            Assert.InRange(taken, model - (2 * purchase.Coupons.Length), model + (2 * purchase.Coupons.Length));
        }
    });

    [Fact]
    public void An_amount_is_taken_of_what_the_percentages_and_the_amounts_before_it_leave() => Purchases.Sample(purchase =>
    {
        var shares = CouponShares.Of(purchase.Coupons, purchase.Totals);

        var left = purchase.Totals.ToArray();
        foreach (var (share, (coupon, lowered)) in shares.Zip(purchase.Coupons).OrderBy(one => one.Second.Coupon.AmountOff is not null))
        {
            if (coupon.AmountOff is { } amount)
            {
                Assert.Equal(Math.Min(amount, left.Zip(lowered, (still, lowers) => lowers ? still : 0).Sum()), share.Sum());
            }

            left = [.. left.Zip(share, (still, part) => still - part)];
        }
    });

    [Fact]
    public void One_coupon_takes_what_it_took_before_there_could_be_several() => Gen.Select(Purchases, Coupons).Sample((purchase, coupon) =>
    {
        var shares = CouponShares.Of([new LoweringCoupon(coupon, [.. purchase.Totals.Select(_ => true)])], purchase.Totals);

        Assert.Equal(Discounts.Spread(coupon.DiscountOn(purchase.Totals.Sum()), purchase.Totals), Assert.Single(shares));
    });

    [Fact]
    public void Where_amounts_stand_among_the_percentages_makes_no_difference() => Purchases.Sample(purchase =>
    {
        LoweringCoupon[] sorted = [.. purchase.Coupons.OrderBy(one => one.Coupon.AmountOff is not null)];
        var (shares, others) = (CouponShares.Of(purchase.Coupons, purchase.Totals), CouponShares.Of(sorted, purchase.Totals));

        Assert.All(purchase.Coupons.Index(), one => Assert.Equal(shares[one.Index], others[Array.IndexOf(sorted, one.Item)]));
    });

    [Fact]
    public void Two_halves_are_the_whole_also_of_single_cents()
    {
        var shares = CouponShares.Of([For(Percent(50), true, true), For(Percent(50), true, true)], [1, 1]);

        Assert.Equal([1, 1], shares[0].Zip(shares[1], (one, other) => one + other));
    }

    [Fact]
    public void Percentages_come_first_and_what_exceeds_a_line_is_not_taken_from_another()
    {
        var shares = CouponShares.Of(
            [For(Amount(5_00), true, true), For(Percent(60), true, false), For(Percent(60), true, true)], [100_00, 50_00]);

        Assert.Equal([[0, 5_00], [60_00, 0], [40_00, 30_00]], shares);
    }

    private static LoweringCoupon For(Coupon coupon, params bool[] lowered) => new(coupon, lowered);

    private static Coupon Percent(int percent) => Coupon.Create(new("PERCENT", "Per cent", Percent: percent), Now);

    private static Coupon Amount(long amount) => Coupon.Create(new("AMOUNT", "An amount", AmountOff: amount, Currency: "USD"), Now);
}
