using System.Globalization;

namespace PlayStationStore.Web;

/// <summary>What an administrator chooses for a monthly game.</summary>
public sealed class MonthlyGameForm
{
    private const int MonthsAhead = 6;
    private const string Written = "yyyy-MM";

    public string? Sku { get; set; }
    public string? Tier { get; set; }

    /// <summary>A month, such as <c>2026-12</c>.</summary>
    public string? Month { get; set; }

    /// <summary>The months that can be chosen, this one first, by the instant at which they begin.</summary>
    /// <param name="now">The time.</param>
    public static IEnumerable<(string Value, DateTimeOffset From)> Months(DateTimeOffset now)
    {
        var first = new DateTimeOffset(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
        return Enumerable.Range(0, MonthsAhead).Select(first.AddMonths).Select(from => (from.ToString(Written, CultureInfo.InvariantCulture), from));
    }

    /// <summary>The monthly game that this asks for, for the whole of its month; null where that is none of those to choose from, as in a page of last month.</summary>
    /// <param name="now">The time.</param>
    public NewMonthlyGame? Read(DateTimeOffset now) =>
        Months(now).Where(month => month.Value == Month).Select(month => new NewMonthlyGame(Sku?.Trim() ?? "", Tier ?? "", month.From, month.From.AddMonths(1))).FirstOrDefault();
}
