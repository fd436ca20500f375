using Microsoft.EntityFrameworkCore;
using PlayStationStore.Testing;

namespace PlayStationStore.Messaging.Tests;

/// <summary>
/// The answer to a commit is lost, and the work is repeated by the context's execution strategy, as with SQL Server: neither the outbox nor the
/// inbox doubles or loses anything, whether the database had committed or not.
/// </summary>
public sealed class RepeatedTransactionTests(RabbitMqServer broker) : IClassFixture<RabbitMqServer>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("store-repeated-").FullName;

    private string DatabaseFile => Path.Combine(folder, "counter.db");

    [Fact]
    public async Task An_event_whose_save_was_rolled_back_is_saved_again_and_sent_once()
    {
        await using var service = await CounterService.Start(broker, DatabaseFile);
        var counter = await service.AddCounter();
        service.Commits.LoseNext<OutboxMessage>(done: false);

        await service.Publish(new Counted(counter, 1));

        await service.ReachesValue(counter, 1);
        await service.OutboxIsEmpty();
        Assert.Equal((1, 1), (service.Commits.Count, await service.Handled()));
    }

    [Fact]
    public async Task An_event_whose_save_was_committed_all_the_same_is_found_to_be_there_and_sent_once()
    {
        await using var service = await CounterService.Start(broker, DatabaseFile);
        var counter = await service.AddCounter();
        service.Commits.LoseNext<OutboxMessage>(done: true);

        var copy = await Assert.ThrowsAsync<DbUpdateException>(() => service.Publish(new Counted(counter, 1)));
        Assert.True(copy.IsUniqueViolation());
        service.PassLease();

        await service.ReachesValue(counter, 1);
        await service.OutboxIsEmpty();
        Assert.Equal((1, 1), (service.Commits.Count, await service.Handled()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_whose_handling_is_repeated_has_one_effect(bool done)
    {
        await using var service = await CounterService.Start(broker, DatabaseFile);
        var (counter, next) = (await service.AddCounter(), await service.AddCounter());
        service.Commits.LoseNext<InboxMessage>(done);

        await service.Publish(new Counted(counter, 1));
        await service.ReachesValue(counter, 1);
        await service.Publish(new Counted(next, 1));
        await service.ReachesValue(next, 1);

        await service.OutboxIsEmpty();
        Assert.Equal((1, 1, 2), (service.Commits.Count, await service.ValueOf(counter), await service.Handled()));
        await service.Faulted(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Messages_that_are_handled_together_have_one_effect_each(bool done)
    {
        await using var service = await CounterService.Start(broker, DatabaseFile);
        service.Commits.LoseNext<InboxMessage>(done);

        await service.Together(Enumerable.Range(0, 20).Select(_ => new Tallied(Guid.CreateVersion7())));

        await Wait.Until(async () => await service.Handled() == 20, "all are handled", TimeSpan.FromSeconds(60));
        Assert.Equal((1, 20), (service.Commits.Count, await service.Read(database => database.Counters.CountAsync())));
        await service.Faulted(0);
    }

    [Fact]
    public async Task An_event_of_a_transaction_that_is_repeated_is_sent_once()
    {
        await using var service = await CounterService.Start(broker, DatabaseFile);
        var counter = await service.AddCounter();
        service.Commits.LoseNext<OutboxMessage>(done: false);

        await service.InDatabase(database => database.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            database.ChangeTracker.Clear();
            await using var transaction = await database.Database.BeginTransactionAsync();
            database.Publish(new Counted(counter, 1));
            await database.SaveChangesAsync();
            await transaction.CommitAsync();
        }));

        await service.ReachesValue(counter, 1);
        await service.OutboxIsEmpty();
        Assert.Equal((1, 1), (service.Commits.Count, await service.Handled()));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
