using PlayStationStore.Testing;

namespace PlayStationStore.Messaging.Tests;

public sealed class InboxTests(RabbitMqServer broker) : IClassFixture<RabbitMqServer>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("store-inbox-").FullName;

    private string DatabaseFile => Path.Combine(folder, "counter.db");

    [Fact]
    public async Task Copies_of_a_message_that_arrive_at_the_same_instant_have_one_effect()
    {
        await using var one = await CounterService.Start(broker, DatabaseFile);
        await using var other = await CounterService.Start(broker, DatabaseFile);
        var counter = await one.AddCounter();

        foreach (var step in Enumerable.Range(0, 20))
        {
            var id = Guid.NewGuid();
            await Task.WhenAll(Enumerable.Range(0, 4).Select(copy => (copy % 2 == 0 ? one : other).Send(new Counted(counter, step), id)));
        }

        await one.Send(new Counted(counter, 20), Guid.NewGuid());
        await one.ReachesValue(counter, 21);
        Assert.Equal(21, await one.Handled());
    }

    [Fact]
    public async Task A_copy_of_what_was_handled_does_not_pass_for_something_that_nobody_wanted()
    {
        await using (var service = await CounterService.Start(broker, DatabaseFile))
        {
            var (counter, id) = (await service.AddCounter(), Guid.NewGuid());
            await service.Send(new Counted(counter, 0), id);
            await service.ReachesValue(counter, 1);
            await service.Send(new Counted(counter, 0), id);
            await service.Send(new Counted(counter, 1), Guid.NewGuid());
            await service.ReachesValue(counter, 2);
        }

        Assert.True(await broker.HasQueue("counter-count"));
        Assert.False(await broker.HasQueue("counter-count_skipped"));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
