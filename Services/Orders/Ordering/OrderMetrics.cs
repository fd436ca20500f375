using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace PlayStationStore.Orders;

/// <summary>What operators see of orders.</summary>
public sealed class OrderMetrics
{
    public static readonly ActivitySource Activities = new("PlayStationStore.Orders");

    private readonly Counter<long> placed;
    private readonly Counter<long> completed;
    private readonly Counter<long> rejected;
    private readonly Counter<long> cancelled;
    private readonly Histogram<double> timeToCompleted;

    public OrderMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("PlayStationStore.Orders");
        placed = meter.CreateCounter<long>("store.orders.placed", "{order}", "Orders that were accepted.");
        completed = meter.CreateCounter<long>("store.orders.completed", "{order}", "Orders of which everything is delivered.");
        rejected = meter.CreateCounter<long>("store.orders.rejected", "{order}", "Orders that ended before anything was charged, by reason.");
        cancelled = meter.CreateCounter<long>("store.orders.cancelled", "{order}", "Orders that a person took back, by reason.");
        timeToCompleted = meter.CreateHistogram<double>(
            "store.orders.time_to_completed", "s", "From acceptance until a digital order was in the library.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300] });
    }

    public void Placed() => placed.Add(1);

    /// <summary>Counts a step that is saved.</summary>
    /// <param name="order">The order as it is now.</param>
    /// <param name="before">Where it stood.</param>
    public void Moved(Order order, OrderStatus before)
    {
        switch (order.Status)
        {
            case var same when same == before:
                break;
            case OrderStatus.Completed:
                completed.Add(1);
                timeToCompleted.Record((order.UpdatedAt - order.CreatedAt).TotalSeconds);
                break;
            case OrderStatus.Delivered:
                completed.Add(1);
                break;
            case OrderStatus.Rejected:
                rejected.Add(1, new KeyValuePair<string, object?>("reason", order.StatusReason));
                break;
            case OrderStatus.Cancelled:
                cancelled.Add(1, new KeyValuePair<string, object?>("reason", order.StatusReason));
                break;
        }
    }
}
