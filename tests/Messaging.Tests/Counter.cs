using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Messaging.Tests;

/// <summary>An event as services publish them.</summary>
public sealed record Counted(Guid Counter, int Step);

/// <summary>A thing that a service keeps: how often it was counted, whichever way the messages came.</summary>
public sealed class Counter
{
    public Guid Id { get; init; }

    public int Value { get; set; }
}

public class CounterDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Counter> Counters => Set<Counter>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddMessagingTables();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.UseSqlServerConventions();
}

public sealed class SqliteCounterDbContext(DbContextOptions<SqliteCounterDbContext> options) : CounterDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.UseSqliteConventions();
}

public sealed class CountConsumer(CounterDbContext database) : IConsumer<Counted>
{
    public Task Consume(ConsumeContext<Counted> context) => database.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
    {
        await using var transaction = await database.Database.BeginTransactionAsync();
        await database.Counters.Where(counter => counter.Id == context.Message.Counter)
            .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, counter => counter.Value + 1));
        await database.SaveChangesAsync(acceptAllChangesOnSuccess: false);
        await transaction.CommitAsync();
        database.ChangeTracker.AcceptAllChanges();
    });
}

/// <summary>An event whose consumer complains where its counter is missing.</summary>
public sealed record Fragile(Guid Counter, string Complaint);

public sealed class FragileConsumer(CounterDbContext database, Attempts attempts) : IConsumer<Fragile>
{
    public async Task Consume(ConsumeContext<Fragile> context)
    {
        var counter = await database.Counters.SingleOrDefaultAsync(counter => counter.Id == context.Message.Counter)
            ?? throw attempts.Fail(context.Message.Complaint);
        counter.Value++;
        await database.SaveChangesAsync();
    }
}

/// <summary>How often a service has failed to handle what is <see cref="Fragile"/>.</summary>
public sealed class Attempts
{
    private int failed;

    public int Failed => Volatile.Read(ref failed);

    public Exception Fail(string complaint)
    {
        Interlocked.Increment(ref failed);
        return new InvalidOperationException(complaint);
    }
}
