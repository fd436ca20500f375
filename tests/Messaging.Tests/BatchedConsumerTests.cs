using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Testing;

namespace PlayStationStore.Messaging.Tests;

/// <summary>Each test holds the first message until many wait behind it, so that these make a batch.</summary>
public sealed class BatchedConsumerTests(RabbitMqServer broker) : IClassFixture<RabbitMqServer>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("store-batches-").FullName;

    private string DatabaseFile => Path.Combine(folder, "counter.db");

    [Fact]
    public async Task Many_messages_that_wait_are_read_for_at_once_and_each_has_one_effect()
    {
        await using var service = await CounterService.Start(broker, DatabaseFile);

        await service.Together(Events(20));

        await Effects(service, 20);
        Assert.InRange(service.Tallies.Reads, 2, 19);
    }

    [Fact]
    public async Task What_was_handled_together_does_not_pass_for_something_that_nobody_wanted()
    {
        await using (var service = await CounterService.Start(broker, DatabaseFile))
        {
            await service.Together(Events(20));
            await Effects(service, 20);
        }

        Assert.True(await broker.HasQueue("counter-tally"));
        Assert.False(await broker.HasQueue("counter-tally_skipped"));
    }

    [Fact]
    public async Task One_that_cannot_be_handled_waits_for_an_operator_and_takes_no_other_with_it()
    {
        await using var service = await CounterService.Start(broker, DatabaseFile, retryAfter: TimeSpan.FromMilliseconds(10));

        await service.Together([.. Events(10), new Tallied(Guid.CreateVersion7(), Complaint: "This one cannot be counted."), .. Events(9)]);

        Assert.Contains("cannot be counted", Assert.Single(await service.Faulted(1)).Reason, StringComparison.Ordinal);
        await Effects(service, 19);
    }

    [Fact]
    public async Task One_that_is_to_be_handled_alone_is_handled_too()
    {
        await using var service = await CounterService.Start(broker, DatabaseFile);

        await service.Together(Events(5).Concat(Events(5).Select(one => one with { Alone = true })));

        await Effects(service, 10);
    }

    [Fact]
    public async Task Copies_in_one_batch_have_one_effect()
    {
        await using var service = await CounterService.Start(broker, DatabaseFile);
        var events = Events(10).Select(one => (one, Guid.NewGuid())).ToList();

        await service.Together([.. events, .. events]);

        await Effects(service, 10);
    }

    [Fact]
    public async Task Each_goes_on_in_the_trace_that_it_came_in()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "MassTransit",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        await using var service = await CounterService.Start(broker, DatabaseFile);

        await service.Together(Events(10));

        await Effects(service, 10);
        Assert.Equal(service.Tallies.Sent.OrderBy(one => one.Counter), service.Tallies.Handled.OrderBy(one => one.Counter));
        Assert.Equal(service.Tallies.Sent.OrderBy(one => one.Counter), service.Tallies.Followed.OrderBy(one => one.Counter));
        Assert.Equal(10, service.Tallies.Handled.Select(one => one.Trace).Distinct().Count());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static List<Tallied> Events(int count) => [.. Enumerable.Range(0, count).Select(_ => new Tallied(Guid.CreateVersion7()))];

    private static async Task Effects(CounterService service, int count)
    {
        await Wait.Until(() => Task.FromResult(service.Tallies.Committed == count), $"what follows {count} commits is done", TimeSpan.FromSeconds(60));
        Assert.Equal(count, await service.Handled());
        Assert.Equal(count, await service.Read(database => database.Counters.CountAsync(TestContext.Current.CancellationToken)));
    }
}
