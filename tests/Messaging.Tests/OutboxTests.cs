using Microsoft.EntityFrameworkCore;
using PlayStationStore.Testing;

namespace PlayStationStore.Messaging.Tests;

public sealed class OutboxTests(RabbitMqServer broker) : IClassFixture<RabbitMqServer>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("store-outbox-").FullName;

    private string DatabaseFile => Path.Combine(folder, "counter.db");

    [Fact]
    public async Task An_event_reaches_its_consumer_at_once_and_leaves_the_outbox()
    {
        await using var service = await CounterService.Start(broker, DatabaseFile);
        var counter = await service.AddCounter();

        await service.Publish(new Counted(counter, 1));

        await service.ReachesValue(counter, 1);
        await service.OutboxIsEmpty();
    }

    [Fact]
    public async Task An_event_of_a_transaction_that_rolls_back_is_never_sent()
    {
        await using var service = await CounterService.Start(broker, DatabaseFile);
        var counter = await service.AddCounter();

        await service.InDatabase(async database =>
        {
            await database.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                await using var transaction = await database.Database.BeginTransactionAsync();
                database.Publish(new Counted(counter, 1));
                await database.SaveChangesAsync();
                await transaction.RollbackAsync();
            });
        });
        await service.Publish(new Counted(counter, 2));

        await service.ReachesValue(counter, 1);
        await service.OutboxIsEmpty();
        Assert.Equal(1, await service.Handled());
    }

    [Fact]
    public async Task An_event_of_a_save_that_lost_a_race_or_of_a_dropped_transaction_is_never_sent_though_a_later_save_succeeds()
    {
        await using var service = await CounterService.Start(broker, DatabaseFile);
        var (counter, other, last) = (await service.AddCounter(), await service.AddCounter(), await service.AddCounter());

        await service.InDatabase(async database =>
        {
            var lost = await database.Counters.SingleAsync(one => one.Id == other);
            await service.InDatabase(faster => faster.Counters.Where(one => one.Id == other).ExecuteDeleteAsync());
            lost.Value++;
            database.Publish(new Counted(counter, 1));
            await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => database.SaveChangesAsync());
            database.ChangeTracker.Clear();

            await database.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                await using var dropped = await database.Database.BeginTransactionAsync();
                database.Publish(new Counted(counter, 2));
                await database.SaveChangesAsync();
            });

            database.ChangeTracker.Clear();
            database.Publish(new Counted(counter, 3));
            await database.SaveChangesAsync();
        });
        await service.ReachesValue(counter, 1);
        await service.Publish(new Counted(last, 1));
        await service.ReachesValue(last, 1);

        Assert.Equal((1, 2), (await service.ValueOf(counter), await service.Handled()));
    }

    [Fact]
    public async Task An_event_whose_process_died_after_the_commit_is_sent_by_the_next_process()
    {
        Guid counter;
        await using (var killed = await CounterService.Create(broker, DatabaseFile))
        {
            counter = await killed.AddCounter();
            await killed.Publish(new Counted(counter, 1));
        }

        await using var next = await CounterService.Start(broker, DatabaseFile);
        Assert.Equal(1, await next.Waiting());
        next.PassLease();

        await next.ReachesValue(counter, 1);
        await next.OutboxIsEmpty();
    }

    [Fact]
    public async Task An_event_whose_process_died_after_publishing_is_sent_again_and_has_one_effect()
    {
        await using var service = await CounterService.Start(broker, DatabaseFile);
        var counter = await service.AddCounter();
        var saved = OutboxMessage.For(new Counted(counter, 1));
        await service.Send(new Counted(counter, 1), saved.Id);
        await service.ReachesValue(counter, 1);

        await using (var killed = await CounterService.Create(broker, DatabaseFile))
        {
            await killed.InDatabase(database =>
            {
                database.Add(saved);
                return database.SaveChangesAsync();
            });
        }

        service.PassLease();
        await service.OutboxIsEmpty();
        await service.Publish(new Counted(counter, 2));
        await service.ReachesValue(counter, 2);
        Assert.Equal(2, await service.Handled());
    }

    [Fact]
    public async Task Two_dispatchers_share_what_a_dead_process_left_and_each_event_has_one_effect()
    {
        Guid counter;
        await using (var killed = await CounterService.Create(broker, DatabaseFile))
        {
            counter = await killed.AddCounter();
            await killed.InDatabase(database =>
            {
                for (var step = 0; step < 500; step++)
                {
                    database.Publish(new Counted(counter, step));
                }

                return database.SaveChangesAsync();
            });
        }

        await using var one = await CounterService.Start(broker, DatabaseFile);
        await using var other = await CounterService.Start(broker, DatabaseFile);
        one.PassLease();
        other.PassLease();

        await one.ReachesValue(counter, 500);
        await one.OutboxIsEmpty();
        Assert.Equal(500, await one.Handled());
    }

    [Fact]
    public async Task Events_of_many_requests_at_once_all_arrive()
    {
        await using var service = await CounterService.Start(broker, DatabaseFile);
        var counter = await service.AddCounter();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(step => Task.Run(() => service.Publish(new Counted(counter, step)))));

        await service.ReachesValue(counter, 200);
        await service.OutboxIsEmpty();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
