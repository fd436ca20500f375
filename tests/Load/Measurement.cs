using HdrHistogram;

namespace PlayStationStore.Load;

/// <summary>What one part of a run gave.</summary>
/// <param name="PerSecond">Answers a second.</param>
/// <param name="P50">Milliseconds below which half of the answers came.</param>
/// <param name="P99">Milliseconds below which 99 of 100 came.</param>
/// <param name="Errors">Answers that were not as expected, and requests without one.</param>
public sealed record Measurement(double PerSecond, double P50, double P99, long Errors)
{
    /// <summary>Microseconds up to a minute, to three digits.</summary>
    public static LongConcurrentHistogram NewHistogram() => new(1, 60_000_000, 3);

    public static Measurement Of(HistogramBase microseconds, double seconds, long errors) => microseconds.TotalCount == 0
        ? new Measurement(0, double.NaN, double.NaN, errors)
        : new Measurement(
            microseconds.TotalCount / seconds, microseconds.GetValueAtPercentile(50) / 1000.0, microseconds.GetValueAtPercentile(99) / 1000.0, errors);

    /// <summary>The measurement with the median rate.</summary>
    public static Measurement Median(IEnumerable<Measurement> rounds)
    {
        var sorted = rounds.OrderBy(round => round.PerSecond).ToList();
        return sorted[sorted.Count / 2];
    }
}
