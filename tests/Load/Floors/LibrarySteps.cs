using System.Text.Json;
using System.Threading.Channels;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace PlayStationStore.Load;

/// <summary>An order has taken a step, which the event's type names.</summary>
public sealed record Event<TStep>(Guid OrderId, FloorOrder Order);

/// <summary>A step: the order is accepted.</summary>
public sealed class Submitted;

/// <summary>A step: its stock is held.</summary>
public sealed class Reserved;

/// <summary>A step: it is paid, for who books the sale.</summary>
public sealed class Paid;

/// <summary>A step: it is paid, for who tells the shopper.</summary>
public sealed class Completed;

/// <summary>Takes a step of each order that waits for it: one save a batch, with the events that follow.</summary>
/// <param name="file">Where the step is kept.</param>
/// <param name="number">Its number.</param>
/// <param name="next">The events that follow.</param>
public abstract class Step<T, TFile>(StepFile<TFile> file, int number, params IReadOnlyList<Func<Guid, FloorOrder, object>> next) : IConsumer<Batch<Event<T>>>
    where TFile : StepsContext
{
    public Task Consume(ConsumeContext<Batch<Event<T>>> context)
    {
        var orders = context.Message.Select(message => message.Message).ToList();
        return file.Save(
            [.. orders.Select(order => new StepRow(order.OrderId, number, order.Order))], [.. orders.SelectMany(order => next.Select(of => of(order.OrderId, order.Order)))]);
    }
}

/// <summary>A file of steps with its one writer at a time, and the way of its events to the broker: at once after their commit, then forgotten.</summary>
public sealed class StepFile<TFile>(IDbContextFactory<TFile> contexts, IBus bus) : BackgroundService
    where TFile : StepsContext
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly Channel<(Guid Id, object Event)> saved = Channel.CreateUnbounded<(Guid, object)>();

    /// <summary>Commits steps and events in one transaction.</summary>
    public async Task Save(IEnumerable<StepRow> steps, IEnumerable<object> events)
    {
        await using var file = await contexts.CreateDbContextAsync();
        var outgoing = events.Select(one => (Row: OutgoingRow.Of(one), Event: one)).ToList();
        file.AddRange(steps);
        file.AddRange(outgoing.Select(one => one.Row));
        await Write(() => file.SaveChangesAsync());
        outgoing.ForEach(one => saved.Writer.TryWrite((one.Row.Id, one.Event)));
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var file = await contexts.CreateDbContextAsync(cancellationToken);
        await file.Database.EnsureCreatedAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await saved.Reader.WaitToReadAsync(stoppingToken))
        {
            var batch = new List<(Guid Id, object Event)>();
            while (batch.Count < 200 && saved.Reader.TryRead(out var one))
            {
                batch.Add(one);
            }

            await Task.WhenAll(batch.Select(one => bus.Publish(one.Event, one.Event.GetType(), stoppingToken)));
            await using var file = await contexts.CreateDbContextAsync(stoppingToken);
            var ids = batch.Select(one => one.Id).ToList();
            await Write(() => file.Outgoing.Where(row => EF.Parameter(ids).Contains(row.Id)).ExecuteDeleteAsync(stoppingToken));
        }
    }

    private async Task Write(Func<Task> write)
    {
        await turn.WaitAsync();
        try
        {
            await write();
        }
        finally
        {
            turn.Release();
        }
    }
}

/// <summary>One of the three files.</summary>
public abstract class StepsContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<StepRow> Steps => Set<StepRow>();

    public DbSet<OutgoingRow> Outgoing => Set<OutgoingRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<StepRow>().HasKey(step => new { step.OrderId, step.Number });
        modelBuilder.Entity<OutgoingRow>().Property(row => row.Id).ValueGeneratedNever();
    }
}

/// <summary>Where orders are accepted and paid.</summary>
public sealed class OrdersFile(DbContextOptions<OrdersFile> options) : StepsContext(options);

/// <summary>Where stock is held and sold.</summary>
public sealed class ProductsFile(DbContextOptions<ProductsFile> options) : StepsContext(options);

/// <summary>Where shoppers are told.</summary>
public sealed class UsersFile(DbContextOptions<UsersFile> options) : StepsContext(options);

/// <summary>A step of an order; its key lets no order take it twice.</summary>
public sealed class StepRow
{
    private StepRow()
    {
    }

    public StepRow(Guid orderId, int number, FloorOrder order) =>
        (OrderId, Number, Body, At) = (orderId, number, JsonSerializer.Serialize(order), TimeProvider.System.GetUtcNow().UtcTicks);

    public Guid OrderId { get; private init; }

    public int Number { get; private init; }

    public string Body { get; private init; } = null!;

    /// <summary>UTC ticks.</summary>
    public long At { get; private init; }
}

/// <summary>An event that the broker has not confirmed.</summary>
public sealed class OutgoingRow
{
    public Guid Id { get; private init; }

    public string Type { get; private init; } = null!;

    public string Body { get; private init; } = null!;

    public static OutgoingRow Of(object message) => new()
    {
        Id = Guid.CreateVersion7(),
        Type = message.GetType().FullName!,
        Body = JsonSerializer.Serialize(message, message.GetType()),
    };
}
