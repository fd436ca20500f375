namespace PlayStationStore.Orders;

/// <summary>Discounts in whole minor units that add up.</summary>
public static class Discounts
{
    /// <summary>A share of an amount.</summary>
    /// <param name="amount">Minor units, not negative.</param>
    /// <param name="percent">0 to 100.</param>
    /// <returns>Minor units; a half is rounded up, in the shopper's favour.</returns>
    public static long Percent(long amount, int percent) => (long)((((Int128)amount * percent) + 50) / 100);

    /// <summary>
    /// Spreads a discount over lines in proportion to their totals. What the division leaves goes, a unit each, to the lines that lost most
    /// by it, so the shares add up to the discount exactly and no share exceeds its line.
    /// </summary>
    /// <param name="discount">Minor units, at most the sum of the lines.</param>
    /// <param name="lineTotals">Minor units, not negative.</param>
    /// <param name="room">What each line can still lose, in minor units; its whole total where this is left out. What exceeds it is given up.</param>
    /// <returns>A share for each line, in their order.</returns>
    public static long[] Spread(long discount, IReadOnlyList<long> lineTotals, IReadOnlyList<long>? room = null)
    {
        var sum = (Int128)lineTotals.Sum();
        if (discount == 0 || sum == 0)
        {
            return new long[lineTotals.Count];
        }

        var shares = lineTotals.Select(total => (long)((Int128)discount * total / sum)).ToArray();
        var left = (int)(discount - shares.Sum());
        var losers = Enumerable.Range(0, shares.Length).Where(index => Lost(index) > 0 && shares[index] < (room ?? lineTotals)[index])
            .OrderByDescending(Lost).ThenBy(index => index);
        foreach (var index in losers.Take(left))
        {
            shares[index]++;
        }

        return room is null ? shares : [.. shares.Zip(room, (share, most) => Math.Min(share, most))];

        Int128 Lost(int index) => (Int128)discount * lineTotals[index] % sum;
    }
}
