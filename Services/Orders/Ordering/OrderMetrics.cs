using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;

namespace PlayStationStore.Orders;

/// <summary>What operators see of orders.</summary>
public sealed class OrderMetrics : IDisposable
{
    public static readonly ActivitySource Activities = new("PlayStationStore.Orders");

    private readonly Counter<long> placed;
    private readonly Counter<long> completed;
    private readonly Counter<long> rejected;
    private readonly Counter<long> cancelled;
    private readonly Histogram<double> timeToCompleted;

    private readonly ILogger<OrderMetrics> logger;
    private readonly TokenBucketRateLimiter lines = new(new() { TokenLimit = 200, TokensPerPeriod = 20, ReplenishmentPeriod = TimeSpan.FromSeconds(1) });

    public OrderMetrics(IMeterFactory meters, ILogger<OrderMetrics> logger)
    {
        this.logger = logger;
        var meter = meters.Create("PlayStationStore.Orders");
        placed = meter.CreateCounter<long>("store.orders.placed", "{order}", "Orders that were accepted.");
        completed = meter.CreateCounter<long>("store.orders.completed", "{order}", "Orders of which everything is delivered.");
        rejected = meter.CreateCounter<long>("store.orders.rejected", "{order}", "Orders that ended before anything was charged, by reason.");
        cancelled = meter.CreateCounter<long>("store.orders.cancelled", "{order}", "Orders that a person took back, by reason.");
        timeToCompleted = meter.CreateHistogram<double>(
            "store.orders.time_to_completed", "s", "From acceptance until a digital order was in the library.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300] });
    }

    /// <summary>Counts an order that is accepted.</summary>
    public void Placed(Order order)
    {
        placed.Add(1);
        Tell(order);
    }

    /// <summary>Counts a step that is saved.</summary>
    /// <param name="order">The order as it is now.</param>
    /// <param name="before">Where it stood.</param>
    public void Moved(Order order, OrderStatus before)
    {
        if (order.Status == before)
        {
            return;
        }

        Tell(order);
        switch (order.Status)
        {
            case OrderStatus.Completed when order.Lines.All(line => line.Digital):
                completed.Add(1);
                timeToCompleted.Record((order.UpdatedAt - order.CreatedAt).TotalSeconds);
                break;
            case OrderStatus.Completed or OrderStatus.Delivered:
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

    /// <inheritdoc/>
    public void Dispose() => lines.Dispose();

    // One line a step, in the trace of what caused it: the log alone tells what became of an order. A rush would write thousands a second, which cost
    // more than they tell: of it, the log has the steps whose trace is kept, some more a second, and every order that did not end well.
    private void Tell(Order order)
    {
        var told = order.StatusReason is not null || Activity.Current is { Recorded: true } || lines.AttemptAcquire().IsAcquired;
        logger.Log(
            told ? LogLevel.Information : LogLevel.Debug, "Order {OrderNumber} is {OrderStatus} {OrderReason}", order.Number, order.Status, order.StatusReason ?? "");
    }
}
