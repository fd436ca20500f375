using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>What being a member does to a price.</summary>
public static class MemberPrices
{
    /// <summary>What a shopper pays.</summary>
    /// <param name="price">What everybody pays, in minor units.</param>
    /// <param name="member">What members pay; null where they pay the same.</param>
    /// <param name="tier">The shopper's tier; null for who is no member.</param>
    /// <returns>Minor units, never above the price of everybody.</returns>
    public static long Of(long price, MemberPrice? member, MembershipTier? tier) =>
        member is not null && tier >= member.Tier ? Math.Min(price, member.Amount) : price;
}
