using System.Globalization;

namespace PlayStationStore.Web;

/// <summary>A number at the head of the back office's orders, with its course over the last day.</summary>
/// <param name="Tone">A class of the style sheet for its line.</param>
/// <param name="Course">One value for each two hours, oldest first.</param>
public sealed record OrderFigure(string Title, string Value, string Note, string Tone, IReadOnlyList<long> Course);

/// <summary>What the newest orders say of the last day.</summary>
public static class OrderFigures
{
    /// <summary>How many orders are looked at; a busier day is told as more than that.</summary>
    public const int Most = 100;

    private const int Steps = 12;
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Counts.</summary>
    /// <param name="newest">The newest orders, no more than <see cref="Most"/>.</param>
    /// <param name="waiting">Those that are to be sent, newest first.</param>
    /// <param name="now">The present.</param>
    public static IReadOnlyList<OrderFigure> Of(CursorPage<OrderView> newest, CursorPage<OrderView> waiting, DateTimeOffset now)
    {
        var day = newest.Items.Where(order => now - order.CreatedAt < Day).ToList();
        var more = day.Count == newest.Items.Count && newest.NextCursor is not null ? "+" : "";
        var paid = day.Where(order => order.ReachedAt(OrderStatus.Paid) is not null && order.Status is not (OrderStatus.Cancelled or OrderStatus.Refunded)).ToList();
        var failed = day.Where(order => order.Status == OrderStatus.Rejected).ToList();
        var revenue = paid.Select(order => order.Total with { Amount = Kept(order) }).GroupBy(total => total.Currency)
            .Select(group => new Money(group.Sum(total => total.Amount), group.Key).ToString() + more);
        return
        [
            new("Last 24 hours", day.Count.ToString(CultureInfo.InvariantCulture) + more, "orders placed", "status-ok", Course(day, now, _ => 1)),
            new("Revenue", paid.Count == 0 ? "–" : string.Join(" ", revenue), "paid and not given back", "status-ok", Course(paid, now, Kept)),
            new("Waiting to be sent", waiting.Items.Count.ToString(CultureInfo.InvariantCulture) + (waiting.NextCursor is null ? "" : "+"),
                waiting.Items is [.., var oldest] ? "oldest " + Since(now - oldest.CreatedAt) : "nothing to pack", "status-warn", Course(waiting.Items, now, _ => 1)),
            new("Not completed", failed.Count.ToString(CultureInfo.InvariantCulture) + more,
                day.Count == 0 ? "no orders" : $"{100m * failed.Count / day.Count:0.#}% of orders", "status-bad", Course(failed, now, _ => 1)),
        ];
    }

    /// <summary>The points of a line through a course, in a box of 120 by 28.</summary>
    /// <param name="course">The values.</param>
    public static string Points(IReadOnlyList<long> course)
    {
        var highest = Math.Max(course.Max(), 1);
        return string.Join(' ', course.Select((value, index) => string.Create(
            CultureInfo.InvariantCulture, $"{index * 120.0 / (course.Count - 1):0.#},{26 - (24.0 * value / highest):0.#}")));
    }

    private static long[] Course(IEnumerable<OrderView> orders, DateTimeOffset now, Func<OrderView, long> worth)
    {
        var course = new long[Steps];
        foreach (var order in orders.Where(order => now - order.CreatedAt < Day))
        {
            course[Steps - 1 - Math.Clamp((int)((now - order.CreatedAt) / (Day / Steps)), 0, Steps - 1)] += worth(order);
        }

        return course;
    }

    private static long Kept(OrderView order) => order.Total.Amount - (order.Refunds ?? []).Sum(refund => refund.Amount.Amount);

    private static string Since(TimeSpan age) => age.TotalHours switch
    {
        < 1 => $"{Math.Max((int)age.TotalMinutes, 0)} min",
        < 48 => $"{(int)age.TotalHours} h",
        _ => $"{(int)age.TotalDays} days",
    };
}
