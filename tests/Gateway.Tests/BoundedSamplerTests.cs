using Microsoft.Extensions.Time.Testing;
using OpenTelemetry.Trace;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Gateway.Tests;

public sealed class BoundedSamplerTests
{
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void A_calm_store_keeps_every_trace()
    {
        var sampler = new BoundedSampler(perSecond: 2, atOnce: 20, clock);

        Assert.All(Enumerable.Range(0, 10), _ =>
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal(10, Kept(sampler, 10));
        });
    }

    [Fact]
    public void A_busy_store_keeps_no_more_than_so_many_a_second()
    {
        var sampler = new BoundedSampler(perSecond: 2, atOnce: 20, clock);

        Assert.Equal(20, Kept(sampler, 1_000));
        clock.Advance(TimeSpan.FromMilliseconds(1_500));
        Assert.Equal(3, Kept(sampler, 1_000));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(20, Kept(sampler, 1_000));
    }

    private static int Kept(Sampler sampler, int traces) => Enumerable.Range(0, traces).Count(_ => sampler.ShouldSample(default).Decision is SamplingDecision.RecordAndSample);
}
