using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PlayStationStore.Testing;

namespace PlayStationStore.Messaging.Tests;

/// <summary>Each test takes the broker away, so each has one of its own.</summary>
public sealed class BrokerOutageTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("store-outage-").FullName;
    private readonly RabbitMqServer broker = new();

    private string DatabaseFile => Path.Combine(folder, "counter.db");

    [Fact]
    public async Task Events_are_accepted_while_the_broker_is_frozen_and_each_has_one_effect_once_it_goes_on()
    {
        await using var service = await CounterService.Start(broker, DatabaseFile);
        var counter = await service.AddCounter();

        broker.Freeze();
        try
        {
            foreach (var step in Enumerable.Range(0, 10))
            {
                await service.Publish(new Counted(counter, step)).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
            }

            Assert.Equal(10, await service.Waiting());
        }
        finally
        {
            broker.Thaw();
        }

        await EventuallySent(service);
        await service.ReachesValue(counter, 10);
        Assert.Equal(10, await service.Handled());
    }

    [Fact]
    public async Task Events_are_accepted_while_the_broker_is_frozen_until_nobody_waits_for_it_any_more_and_each_has_one_effect_after_the_thaw()
    {
        await using var service = await CounterService.Start(broker, DatabaseFile, brokerPatience: TimeSpan.FromSeconds(2));
        var counter = await service.AddCounter();
        await service.Publish(new Counted(counter, -1));
        await service.ReachesValue(counter, 1);
        await service.OutboxIsEmpty();
        using var publishing = new Activity("publishing").Start();
        var unconfirmed = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source == OutboxMetrics.Activities,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = sent => unconfirmed += sent.TraceId == publishing.TraceId && sent.Status is ActivityStatusCode.Error ? 1 : 0,
        };
        ActivitySource.AddActivityListener(listener);

        broker.Freeze();
        try
        {
            foreach (var step in Enumerable.Range(0, 10))
            {
                await service.Publish(new Counted(counter, step)).WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
            }

            await Wait.Until(() => Task.FromResult(unconfirmed > 0), "a confirmation was waited for in vain", TimeSpan.FromSeconds(60));
            await Wait.Until(async () => await service.BrokerHealth() == HealthStatus.Degraded, "the service has given its connection up", TimeSpan.FromSeconds(60));
            Assert.Equal(10, await service.Waiting());
        }
        finally
        {
            broker.Thaw();
        }

        await EventuallySent(service);
        await service.ReachesValue(counter, 11);
        Assert.Equal(11, await service.Handled());
    }

    [Fact]
    public async Task Events_are_accepted_while_the_broker_is_dead_and_arrive_once_it_is_back()
    {
        await using var service = await CounterService.Start(broker, DatabaseFile);
        var counter = await service.AddCounter();

        await broker.Kill();
        foreach (var step in Enumerable.Range(0, 10))
        {
            await service.Publish(new Counted(counter, step));
        }

        await Wait.Until(async () => await service.BrokerHealth() == HealthStatus.Degraded, "the service tells that its broker is away", TimeSpan.FromSeconds(60));
        await broker.Start();

        await EventuallySent(service);
        await service.ReachesValue(counter, 10);
        Assert.Equal(10, await service.Handled());
    }

    [Fact]
    public async Task A_message_whose_handling_is_cut_off_by_the_brokers_death_waits_for_no_operator_and_is_delivered_again()
    {
        await using var service = await CounterService.Start(broker, DatabaseFile, retryAfter: TimeSpan.FromMinutes(5));
        var counter = Guid.CreateVersion7();
        await service.Publish(new Fragile(counter, "The counter is missing."));
        await Wait.Until(() => Task.FromResult(service.Attempts.Failed == 1), "an attempt has failed, and the next one waits", TimeSpan.FromSeconds(60));
        await service.OutboxIsEmpty();

        await broker.Kill();
        await Wait.Until(async () => await service.BrokerHealth() == HealthStatus.Degraded, "the service tells that its broker is away", TimeSpan.FromSeconds(60));
        await service.InDatabase(database =>
        {
            database.Add(new Counter { Id = counter });
            return database.SaveChangesAsync();
        });
        await broker.Start();

        await service.ReachesValue(counter, 1);
        Assert.Empty(await service.Faulted(0));
    }

    public async ValueTask InitializeAsync() => await broker.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await broker.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static Task EventuallySent(CounterService service) => Wait.Until(
        async () =>
        {
            service.PassLease();
            return await service.Waiting() == 0;
        },
        "the broker has confirmed every message", TimeSpan.FromSeconds(90));
}
