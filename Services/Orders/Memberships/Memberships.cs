using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>What a shopper is a member of, and what orders do to that. Changes are saved by the caller, together with their order.</summary>
public sealed class Memberships(OrdersDbContext database)
{
    /// <summary>The tier that a shopper has now; null for who is no member.</summary>
    public async Task<MembershipTier?> TierOfAsync(Guid userId, DateTimeOffset now, CancellationToken cancel) =>
        MembershipCalendar.TierAt(
            await database.MembershipPeriods.AsNoTracking().Where(period => period.UserId == userId && period.From <= now && period.Until > now).ToListAsync(cancel), now);

    /// <summary>Grants what the lines of a paid order have bought, a period each.</summary>
    internal async Task GrantAsync(Order order, DateTimeOffset now, CancellationToken cancel)
    {
        var lines = order.Lines.Where(line => line.Membership is not null).ToList();
        if (lines.Count == 0)
        {
            return;
        }

        var (membership, periods) = await LoadAsync(order.UserId, now, cancel);
        if (membership is null)
        {
            membership = Membership.Of(order.UserId);
            database.Add(membership);
        }

        foreach (var line in lines)
        {
            var sold = line.Membership!;
            var period = MembershipCalendar.Add(periods, new(order.UserId, order.Id, line.Position, line.Sku, sold.Tier, sold.Months), now);
            database.Add(period);
            periods.Add(period);
        }

        Follow(membership, periods, now);
    }

    /// <summary>Ends what lines of an order have brought, since their money goes back.</summary>
    internal async Task EndAsync(Order order, IReadOnlyCollection<int> positions, DateTimeOffset now, CancellationToken cancel)
    {
        if (!order.Lines.Any(line => line.Membership is not null && positions.Contains(line.Position)))
        {
            return;
        }

        var (membership, periods) = await LoadAsync(order.UserId, now, cancel, order.Id);
        foreach (var period in periods.Where(period => period.OrderId == order.Id && positions.Contains(period.LinePosition) && period.EndedAt is null).ToList())
        {
            MembershipCalendar.End(periods, period, now);
        }

        // What was told of a renewal may come at another time now, and is told anew.
        database.RemoveRange(await database.Renewals
            .Where(renewal => renewal.UserId == order.UserId && renewal.State == RenewalState.Announced && renewal.Tried == 0).ToListAsync(cancel));
        Follow(membership!, periods, now);
    }

    /// <summary>
    /// Tells each membership line of an order how much of it is used, by which its worth is less. The membership is loaded to be saved as it is
    /// here: what is granted or ended meanwhile lets the save fail.
    /// </summary>
    internal async Task CountUseAsync(Order order, DateTimeOffset now, CancellationToken cancel)
    {
        if (order.Lines.All(line => line.Membership is null))
        {
            return;
        }

        var (_, periods) = await LoadAsync(order.UserId, now, cancel, order.Id);
        foreach (var period in periods.Where(period => period.OrderId == order.Id))
        {
            order.Lines.Single(line => line.Position == period.LinePosition).CountUse(MembershipCalendar.UsedDays(periods, period, now), period.Days);
        }
    }

    private async Task<(Membership? Membership, List<MembershipPeriod> Periods)> LoadAsync(
        Guid userId, DateTimeOffset now, CancellationToken cancel, Guid? orderId = null) => (
            await database.Memberships.SingleOrDefaultAsync(membership => membership.UserId == userId, cancel),
            await database.MembershipPeriods.Where(period => period.UserId == userId && (period.Until > now || period.OrderId == orderId)).ToListAsync(cancel));

    private static void Follow(Membership membership, List<MembershipPeriod> periods, DateTimeOffset now) =>
        membership.Follow(MembershipCalendar.Queue(periods, now) is [.., var last] ? last.Until : now);
}
