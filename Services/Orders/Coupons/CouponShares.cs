namespace PlayStationStore.Orders;

/// <summary>What several coupons take off each line of an order.</summary>
internal static class CouponShares
{
    /// <summary>
    /// What coupons take off the lines of an order together: percentages first, of the full price; then amounts, of what is left, in the order
    /// in which they are named. No line falls below zero: what would go below it is not given elsewhere.
    /// </summary>
    /// <param name="coupons">Each with the lines that it lowers.</param>
    /// <param name="totals">What the lines cost, in minor units.</param>
    /// <returns>For each coupon a share of every line, in minor units.</returns>
    public static IReadOnlyList<long[]> Of(IReadOnlyList<LoweringCoupon> coupons, IReadOnlyList<long> totals)
    {
        var left = totals.ToArray();
        var shares = new long[coupons.Count][];
        foreach (var (index, (coupon, lowered)) in coupons.Index().OrderBy(one => one.Item.Coupon.Percent is null))
        {
            long[] price = [.. (coupon.Percent is null ? left : totals).Zip(lowered, (total, lowers) => lowers ? total : 0)];
            shares[index] = Discounts.Spread(coupon.DiscountOn(price.Sum()), price, left);
            left = [.. left.Zip(shares[index], (before, share) => before - share)];
        }

        return shares;
    }
}

/// <summary>A coupon, and which lines of an order it lowers.</summary>
internal sealed record LoweringCoupon(Coupon Coupon, IReadOnlyList<bool> Lowered);
