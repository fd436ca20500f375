using PlayStationStore.Contracts;

namespace PlayStationStore.Orders;

/// <summary>
/// How the periods of a shopper follow one another. What is bought is used in the order of the tiers: a higher tier begins at once, and what is
/// left of a lower one waits under it and goes on afterwards; the same tier, or a lower one, begins at the end. So there is never a gap, and
/// nothing that was paid is lost.
/// </summary>
internal static class MembershipCalendar
{
    /// <summary>Adds calendar months in UTC, at the same time of day.</summary>
    /// <param name="start">Where they begin.</param>
    /// <param name="months">How many.</param>
    /// <param name="anchorDay">The day of the month to end at; in a shorter month its last day.</param>
    public static DateTimeOffset After(DateTimeOffset start, int months, int anchorDay)
    {
        var utc = start.ToUniversalTime();
        var month = new DateTimeOffset(utc.Year, utc.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(months);
        return month.AddDays(Math.Min(anchorDay, DateTime.DaysInMonth(month.Year, month.Month)) - 1) + utc.TimeOfDay;
    }

    /// <summary>What is not over, in the order in which it is used.</summary>
    public static IReadOnlyList<MembershipPeriod> Queue(IEnumerable<MembershipPeriod> periods, DateTimeOffset now) =>
        [.. periods.Where(period => period.EndedAt is null && period.Until > now).OrderByDescending(period => period.Tier).ThenBy(period => period.Until)];

    /// <summary>The tier that holds at an instant; null where none does.</summary>
    public static MembershipTier? TierAt(IEnumerable<MembershipPeriod> periods, DateTimeOffset at) =>
        periods.Where(period => period.Covers(at)).Max(period => (MembershipTier?)period.Tier);

    /// <summary>Puts what was bought into its place, and moves what comes after it.</summary>
    /// <param name="periods">All periods of the shopper; those that move are changed.</param>
    /// <param name="sale">What was bought.</param>
    /// <param name="now">The time.</param>
    /// <returns>The new period.</returns>
    public static MembershipPeriod Add(IEnumerable<MembershipPeriod> periods, MembershipSale sale, DateTimeOffset now)
    {
        var queue = Queue(periods, now);
        var before = queue.LastOrDefault(period => period.Tier >= sale.Tier);
        var from = before?.Until ?? now.ToUniversalTime();
        var anchorDay = before is not null && from.Day == Math.Min(before.AnchorDay, DateTime.DaysInMonth(from.Year, from.Month)) ? before.AnchorDay : from.Day;
        var until = After(from, sale.Months, anchorDay);
        foreach (var period in queue.Where(period => period.Tier < sale.Tier))
        {
            period.Move(until - from, now);
        }

        return MembershipPeriod.Of(sale, from, until, anchorDay, now);
    }

    /// <summary>How much of a period is still to be used, what runs before it not counted.</summary>
    public static TimeSpan Left(IEnumerable<MembershipPeriod> periods, MembershipPeriod period, DateTimeOffset now)
    {
        var queue = Queue(periods, now).ToList();
        var place = queue.IndexOf(period);
        return place < 0 ? TimeSpan.Zero : period.Until - (place == 0 ? now : queue[place - 1].Until);
    }

    /// <summary>The days of a period that are used up: whole ones, so that what is given back on its first day has used none.</summary>
    public static int UsedDays(IEnumerable<MembershipPeriod> periods, MembershipPeriod period, DateTimeOffset now) =>
        Math.Clamp((int)Math.Floor((TimeSpan.FromDays(period.Days) - Left(periods, period, now)).TotalDays), 0, period.Days);

    /// <summary>Ends a period whose money goes back; what comes after it begins the earlier.</summary>
    public static void End(IEnumerable<MembershipPeriod> periods, MembershipPeriod period, DateTimeOffset now)
    {
        var queue = Queue(periods, now).ToList();
        var left = Left(queue, period, now);
        foreach (var later in queue.Skip(queue.IndexOf(period) + 1).Where(_ => queue.Contains(period)))
        {
            later.Move(-left, now);
        }

        period.End(now);
    }
}
