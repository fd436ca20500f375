using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Orders;

/// <summary>What coupons take off an order.</summary>
internal static class AppliedCoupons
{
    /// <summary>What coupons would take off an order; the decision falls when stock is held.</summary>
    /// <param name="codes">In upper case, none twice; none at all where no coupon is wanted.</param>
    /// <returns>The coupons in the order of their codes; or else which of the codes does not hold, and the sentence that says why.</returns>
    public static async Task<(IReadOnlyList<AppliedCoupon> Coupons, (int Index, string Message)? Refusal)> OfAsync(
        OrdersDbContext database, IReadOnlyList<string> codes, IReadOnlyList<PlacedLine> lines, KnownOffers offers, string currency, Guid userId,
        DateTimeOffset now, CancellationToken cancel)
    {
        if (codes.Count == 0)
        {
            return ([], null);
        }

        var known = await database.Coupons.AsNoTracking().Where(coupon => EF.Parameter(codes).Contains(coupon.Code))
            .ToDictionaryAsync(coupon => coupon.Code, StringComparer.Ordinal, cancel);
        var found = new List<LoweringCoupon>();
        foreach (var (index, code) in codes.Index())
        {
            if (known.GetValueOrDefault(code) is not { } coupon)
            {
                return ([], (index, "This coupon is not valid."));
            }

            var lowering = new LoweringCoupon(coupon, [.. lines.Select(line => coupon.Lowers(offers.Find(line.Sku)))]);
            var refusal = coupon.Refusal([.. lines.Zip(lowering.Lowered, (line, lowered) => (line.Total, lowered))], currency, now);
            if (refusal is null && !await CouponUses.AllowsAnother(database, coupon.Id, userId, cancel))
            {
                refusal = "This coupon has been used as often as it can be.";
            }

            if (refusal is not null)
            {
                return ([], (index, refusal));
            }

            found.Add(lowering);
        }

        if (found.Count > 1 && found.FindIndex(one => !one.Coupon.Combinable) is var alone and >= 0)
        {
            return ([], (alone, $"{codes[alone]} cannot be used together with other coupons."));
        }

        var shares = CouponShares.Of(found, [.. lines.Select(line => line.Total)]);
        List<AppliedCoupon> applied =
            [.. found.Zip(shares, (one, taken) => new AppliedCoupon(one.Coupon.Id, one.Coupon.Code, taken, one.Coupon.Description))];
        // It would be used up for nothing.
        return applied.Count > 1 && applied.FindIndex(coupon => coupon.Discount == 0) is var idle and >= 0
            ? ([], (idle, $"The other coupons leave nothing that {codes[idle]} could take off."))
            : (applied, null);
    }
}

/// <summary>A coupon on an order that is placed.</summary>
/// <param name="Shares">What it takes off each line, in minor units and in the lines' order.</param>
public sealed record AppliedCoupon(Guid Id, string Code, IReadOnlyList<long> Shares, string Description = "")
{
    /// <summary>What it takes off the order, in minor units.</summary>
    public long Discount { get; } = Shares.Sum();
}
