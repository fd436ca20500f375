using MassTransit;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Testing;
using RabbitMQ.Client;

namespace PlayStationStore.Messaging.Tests;

public sealed class EarlierReleasesTests(RabbitMqServer broker) : IClassFixture<RabbitMqServer>, IDisposable
{
    private const string Queue = "counter-retired-count";
    private readonly string folder = Directory.CreateTempSubdirectory("store-earlier-").FullName;

    private string DatabaseFile => Path.Combine(folder, "counter.db");

    [Fact]
    public async Task The_queue_of_a_retired_consumer_hears_of_nothing_new_in_a_new_store()
    {
        await using var service = await CounterService.Start(broker, DatabaseFile);

        await HearsOfNothingNew(service);
    }

    [Fact]
    public async Task An_update_lets_the_queue_of_an_earlier_release_hear_of_nothing_new_and_what_it_holds_is_handled()
    {
        await using var service = await CounterService.Start(broker, DatabaseFile);
        var before = await service.AddCounter();
        await BindAsItWas();
        await service.Send(new CountedOnce(before), Guid.NewGuid());
        await service.ReachesValue(before, CountOnceConsumer.Step + RetiredCountConsumer.Step);

        await service.Update();

        await HearsOfNothingNew(service);
    }

    [Fact]
    public async Task An_update_removes_the_copies_of_what_was_handled_together()
    {
        const string Copies = "counter-tally_skipped";
        await using var service = await CounterService.Create(broker, DatabaseFile);
        await using var connection = await new ConnectionFactory { Uri = new Uri(broker.ConnectionString) }.CreateConnectionAsync(TestContext.Current.CancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        await channel.QueueDeclareAsync(Copies, durable: true, exclusive: false, autoDelete: false, cancellationToken: TestContext.Current.CancellationToken);
        await channel.BasicPublishAsync("", Copies, new byte[10], TestContext.Current.CancellationToken);

        Assert.Equal(1u, await service.Update());
        Assert.Equal(0u, await service.Update());

        Assert.False(await broker.HasQueue(Copies));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // What is sent to the queue itself comes after what it might have heard, and is handled.
    private static async Task HearsOfNothingNew(CounterService service)
    {
        var (told, last) = (await service.AddCounter(), await service.AddCounter());
        await service.Send(new CountedOnce(told), Guid.NewGuid());
        await service.ReachesValue(told, CountOnceConsumer.Step);

        await service.SendTo(Queue, new CountedOnce(last));
        await service.ReachesValue(last, RetiredCountConsumer.Step);
        Assert.Equal(CountOnceConsumer.Step, await service.ValueOf(told));
    }

    private async Task BindAsItWas()
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(broker.ConnectionString) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.ExchangeBindAsync(Queue, "PlayStationStore.Messaging.Tests:CountedOnce", "");
    }
}

/// <summary>An event that two consumers were told of, and one is by now.</summary>
public sealed record CountedOnce(Guid Counter);

public sealed class CountOnceConsumer(CounterDbContext database) : IConsumer<CountedOnce>
{
    public const int Step = 10;

    public Task Consume(ConsumeContext<CountedOnce> context) => database.Counters.Where(counter => counter.Id == context.Message.Counter)
        .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, counter => counter.Value + Step));
}

public sealed class RetiredCountConsumer(CounterDbContext database) : IRetiredConsumer<CountedOnce>
{
    public const int Step = 1;

    public Task Consume(ConsumeContext<CountedOnce> context) => database.Counters.Where(counter => counter.Id == context.Message.Counter)
        .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, counter => counter.Value + Step));
}
