using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class TelemetryTests
{
    [Fact]
    public async Task One_trace_runs_from_the_request_over_the_broker_to_the_payment()
    {
        await using var application = new OrdersApplication();
        var trace = ActivityTraceId.CreateRandom();
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, byte>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == trace)
                {
                    seen.TryAdd(activity.OperationName, 0);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var shopper = application.ClientOf(TestUser.Shopper());
        shopper.DefaultRequestHeaders.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");

        var order = await OrdersApplication.Place(shopper, OrdersApplication.Request(OrdersApplication.Line()));
        await OrdersApplication.Eventually(() => Task.FromResult(seen.ContainsKey("outbox publish")), "the event is published in the request's trace");
        // Products' answer carries the trace of the event; here the test is Products.
        using (var products = new Activity("products").SetParentId(trace, ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded).Start())
        {
            await application.Reserve(order);
        }

        await OrdersApplication.Eventually(() => Task.FromResult(seen.ContainsKey("payment")), "the payment is part of the trace");
    }

    [Fact]
    public async Task What_the_database_is_asked_for_an_order_stands_in_its_trace()
    {
        await using var application = new OrdersApplication();
        var trace = ActivityTraceId.CreateRandom();
        var asked = new System.Collections.Concurrent.ConcurrentBag<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "OpenTelemetry.Instrumentation.EntityFrameworkCore",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == trace)
                {
                    asked.Add(string.Join(' ', activity.TagObjects.Select(tag => tag.Value)));
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var shopper = application.ClientOf(TestUser.Shopper());
        shopper.DefaultRequestHeaders.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");

        await OrdersApplication.Place(shopper, OrdersApplication.Request(OrdersApplication.Line()));

        await OrdersApplication.Eventually(
            () => Task.FromResult(asked.Any(text => text.StartsWith("sqlite ", StringComparison.Ordinal) && text.Contains("INSERT INTO", StringComparison.Ordinal))),
            "the order's row is in the trace: " + string.Join("; ", asked));
    }

    [Fact]
    public async Task What_the_database_is_asked_begins_no_trace_of_its_own()
    {
        await using var application = new OrdersApplication();
        // Named by its table's alias, which a span's text keeps. The tests ask an SQL Server that is not there as well.
        var alias = $"asked{Guid.NewGuid():N}";
        var question = $"SELECT COUNT(*) AS Value FROM Orders AS {alias}";
        var asked = new System.Collections.Concurrent.ConcurrentBag<ActivityTraceId>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "OpenTelemetry.Instrumentation.EntityFrameworkCore",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.GetTagItem("db.system") is "sqlite" && activity.TagObjects.Any(tag => tag.Value is string text && text.Contains(alias, StringComparison.Ordinal)))
                {
                    asked.Add(activity.TraceId);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var kept = new Activity("kept") { ActivityTraceFlags = ActivityTraceFlags.Recorded };
        using var dropped = new Activity("dropped");

        foreach (var trace in new[] { null, dropped, kept })
        {
            Activity.Current = null;
            trace?.Start();
            await application.InDatabase(database => database.Database.SqlQueryRaw<int>(question).ToListAsync());
        }

        Assert.Equal([kept.TraceId], asked.Distinct());
    }

    [Fact]
    public async Task Orders_are_counted_by_how_they_end()
    {
        await using var application = new OrdersApplication();
        var counts = new System.Collections.Concurrent.ConcurrentDictionary<string, double>();
        var meters = application.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Meter.Name == "PlayStationStore.Orders")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            counts.AddOrUpdate(instrument.Name + string.Concat(tags.ToArray().Select(tag => $" {tag.Value}")), value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => counts.AddOrUpdate(instrument.Name, 1, (_, count) => count + 1));
        listener.Start();
        using var shopper = application.ClientOf(TestUser.Shopper());

        await application.Buy(shopper, OrdersApplication.Request(OrdersApplication.Line()));
        var declined = await OrdersApplication.Place(shopper, OrdersApplication.Request(TestCard.Decline, OrdersApplication.Line()));
        await application.Reserve(declined);
        await application.Becomes(declined, OrderStatus.Rejected);

        await OrdersApplication.Eventually(
            () => Task.FromResult(counts.GetValueOrDefault("store.orders.rejected declined") == 1 && counts.GetValueOrDefault("store.orders.completed") == 1
                && counts.GetValueOrDefault("store.orders.placed") == 2 && counts.GetValueOrDefault("store.orders.time_to_completed") == 1),
            "each order is counted once: " + string.Join(", ", counts));
    }
}
