using OpenTelemetry.Trace;

namespace PlayStationStore.ServiceDefaults;

/// <summary>
/// Keeps every trace of a calm store and a bounded number a second of a busy one, whose operators would read no more of them anyhow: what a trace
/// costs is paid by the requests. Whether one is kept is decided where it begins.
/// </summary>
/// <param name="perSecond">How many a second, while it lasts.</param>
/// <param name="atOnce">How many may come at once after a calm while.</param>
/// <param name="clock">Whose ticks count.</param>
public sealed class BoundedSampler(int perSecond, int atOnce, TimeProvider clock) : Sampler
{
    private readonly Lock gate = new();
    private long refilledAt = clock.GetTimestamp();
    private double left = atOnce;

    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            left = Math.Min(atOnce, left + (clock.GetElapsedTime(refilledAt, now).TotalSeconds * perSecond));
            refilledAt = now;
            if (left < 1)
            {
                return new(SamplingDecision.Drop);
            }

            left--;
            return new(SamplingDecision.RecordAndSample);
        }
    }
}
