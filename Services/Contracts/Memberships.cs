namespace PlayStationStore.Contracts;

/// <summary>The tiers of membership, the lowest first; each has what the lower ones have.</summary>
public enum MembershipTier
{
    Essential,
    Extra,
    Premium,
}

/// <summary>A membership as it is sold.</summary>
/// <param name="Months">1, 3 or 12.</param>
public sealed record OfferedMembership(MembershipTier Tier, int Months);

/// <summary>A price for members.</summary>
/// <param name="Amount">Minor units.</param>
/// <param name="Tier">The lowest tier that has it.</param>
public sealed record MemberPrice(long Amount, MembershipTier Tier);

/// <summary>When a variant is a monthly game, with what a library says of it.</summary>
/// <param name="Tier">The lowest tier whose members may claim it.</param>
/// <param name="From">The first instant at which it can be claimed.</param>
/// <param name="Until">The instant from which it no longer can.</param>
public sealed record OfferedMonthlyGame(
    string Name, string? Platform, string? Edition, MembershipTier Tier, DateTimeOffset From, DateTimeOffset Until);

/// <summary>Something about a membership that its shopper is to know.</summary>
/// <param name="About">
/// <c>renewsSoon</c>, <c>cardDeclined</c> (it is tried again), <c>renewalStopped</c>, <c>renewed</c> or <c>endsSoon</c>.
/// </param>
/// <param name="Until">When what is paid ends.</param>
/// <param name="ChargedAt">When the card is charged, or charged again; null where it is not.</param>
/// <param name="Amount">What is charged; null where nothing is.</param>
/// <param name="Card">The card in words; null without one.</param>
/// <param name="Reason">Why the renewal was stopped, a short word; null where it was not.</param>
/// <param name="At">When this was decided.</param>
public sealed record MembershipTold(
    Guid UserId, string About, MembershipTier Tier, DateTimeOffset Until, DateTimeOffset? ChargedAt, Money? Amount, string? Card, string? Reason,
    DateTimeOffset At);
