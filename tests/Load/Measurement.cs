using HdrHistogram;

namespace PlayStationStore.Load;

/// <summary>What one part of a run gave.</summary>
/// <param name="PerSecond">Answers a second.</param>
/// <param name="P50">Milliseconds below which half of the answers came.</param>
/// <param name="P99">Milliseconds below which 99 of 100 came.</param>
/// <param name="Errors">Answers that were not as expected, and requests without one.</param>
/// <param name="Count">How many there were.</param>
public sealed record Measurement(double PerSecond, double P50, double P99, long Errors, long Count)
{
    /// <summary>Microseconds up to a minute, to three digits.</summary>
    public static LongConcurrentHistogram NewHistogram() => new(1, 60_000_000, 3);

    public static Measurement Of(HistogramBase microseconds, double seconds, long errors) => microseconds.TotalCount == 0
        ? new Measurement(0, double.NaN, double.NaN, errors, 0)
        : new Measurement(
            microseconds.TotalCount / seconds, microseconds.GetValueAtPercentile(50) / 1000.0, microseconds.GetValueAtPercentile(99) / 1000.0, errors,
            microseconds.TotalCount);

    /// <summary>What was begun and ended, at the rate from the first beginning to the last end.</summary>
    public static Measurement OfSpans(IEnumerable<(DateTimeOffset Begun, DateTimeOffset Ended)> spans, long errors = 0)
    {
        var (histogram, first, last) = (NewHistogram(), DateTimeOffset.MaxValue, DateTimeOffset.MinValue);
        foreach (var (begun, ended) in spans)
        {
            histogram.RecordValue(Math.Clamp((long)(ended - begun).TotalMicroseconds, 1, 60_000_000));
            (first, last) = (begun < first ? begun : first, ended > last ? ended : last);
        }

        return Of(histogram, (last - first).TotalSeconds, errors);
    }

    /// <summary>The measurement with the median rate.</summary>
    public static Measurement Median(IEnumerable<Measurement> rounds)
    {
        var sorted = rounds.OrderBy(round => round.PerSecond).ToList();
        return sorted[sorted.Count / 2];
    }
}
