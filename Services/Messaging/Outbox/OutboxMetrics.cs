using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace PlayStationStore.Messaging;

/// <summary>What operators see of the outbox.</summary>
internal sealed class OutboxMetrics
{
    public static readonly ActivitySource Activities = new("PlayStationStore.Messaging");

    public OutboxMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("PlayStationStore.Messaging");
        meter.CreateObservableGauge("store.outbox.depth", () => Depth, "{message}", "Saved events that the broker has not confirmed yet, as of the last sweep.");
        meter.CreateObservableGauge("store.messages.faulted", () => Faulted, "{message}", "Messages that could not be handled and wait for an operator, as of the last sweep.");
    }

    public long Depth { get; set; }

    public long Faulted { get; set; }
}
