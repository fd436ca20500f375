using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace PlayStationStore.Load;

/// <summary>
/// What cannot be avoided for an order of digital goods: a durable commit where the order is accepted, where its stock is reserved, where it
/// is paid and completed, where the sale is booked, and where the shopper is told; and between them three events, each confirmed by the broker
/// and acknowledged by who handles it. No HTTP, no validation, no ORM.
/// </summary>
public sealed class OrderFloor : IAsyncDisposable
{
    private const int InFlight = 64;
    private readonly string folder = Directory.CreateTempSubdirectory("order-floor-").FullName;
    private readonly DurableFile orders;
    private readonly DurableFile products;
    private readonly DurableFile users;
    private readonly ConcurrentDictionary<Guid, (long Started, TaskCompletionSource Done)> pending = new();
    private IConnection connection = null!;
    private readonly List<IChannel> channels = [];

    private OrderFloor()
    {
        orders = new DurableFile(Path.Combine(folder, "orders.db"));
        products = new DurableFile(Path.Combine(folder, "products.db"));
        users = new DurableFile(Path.Combine(folder, "users.db"));
    }

    public static async Task<OrderFloor> Connect(string broker)
    {
        var floor = new OrderFloor { connection = await new ConnectionFactory { Uri = new Uri(broker) }.CreateConnectionAsync() };
        var publisher = await floor.Channel();
        await floor.Consume("floor-submitted", async (id, body) =>
        {
            floor.products.Commit(id, 1, body);
            await Publish(publisher, "floor-reserved", id, body);
        });
        await floor.Consume("floor-reserved", async (id, body) =>
        {
            floor.orders.Commit(id, 2, body);
            await Task.WhenAll(Publish(publisher, "floor-sale", id, body).AsTask(), Publish(publisher, "floor-told", id, body).AsTask());
            if (floor.pending.TryRemove(id, out var order))
            {
                order.Done.SetResult();
            }
        });
        await floor.Consume("floor-sale", (id, body) => Run(() => floor.products.Commit(id, 3, body)));
        await floor.Consume("floor-told", (id, body) => Run(() => floor.users.Commit(id, 4, body)));
        return floor;
    }

    /// <summary>Brings orders to their end, so many at once, for a while.</summary>
    public async Task<Measurement> Measure(int seconds)
    {
        var histogram = Measurement.NewHistogram();
        var publisher = await Channel();
        var body = JsonSerializer.Serialize(new { lines = new[] { new { sku = "00000000-PS4", quantity = 1, unitPrice = 5999 } }, currency = "USD" });
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(begun).TotalSeconds < seconds)
            {
                var (id, started, done) = (Guid.NewGuid(), Stopwatch.GetTimestamp(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                pending[id] = (started, done);
                orders.Commit(id, 0, body);
                await Publish(publisher, "floor-submitted", id, body);
                await done.Task;
                histogram.RecordValue(Math.Max(1, (long)Stopwatch.GetElapsedTime(started).TotalMicroseconds));
            }
        })));
        return Measurement.Of(histogram, Stopwatch.GetElapsedTime(begun).TotalSeconds, 0);
    }

    /// <summary>How many confirmed publishes a second the broker takes, many at once.</summary>
    public async Task<double> PublishesPerSecond(int seconds)
    {
        var publisher = await Channel();
        await publisher.QueueDeclareAsync("floor-publishes", durable: true, exclusive: false, autoDelete: true);
        var (count, begun) = (0, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(begun).TotalSeconds < seconds)
            {
                await Publish(publisher, "floor-publishes", Guid.NewGuid(), "{}");
                Interlocked.Increment(ref count);
            }
        })));
        var rate = count / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        await publisher.QueueDeleteAsync("floor-publishes");
        return rate;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var queue in new[] { "floor-submitted", "floor-reserved", "floor-sale", "floor-told" })
        {
            await channels[0].QueueDeleteAsync(queue);
        }

        await connection.DisposeAsync();
        orders.Dispose();
        products.Dispose();
        users.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<IChannel> Channel()
    {
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(
            publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null, consumerDispatchConcurrency: 16));
        channels.Add(channel);
        return channel;
    }

    private async Task Consume(string queue, Func<Guid, string, Task> handle)
    {
        var channel = await Channel();
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);
        await channel.BasicQosAsync(0, 64, false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            await handle(Guid.Parse(delivery.BasicProperties.MessageId!), Encoding.UTF8.GetString(delivery.Body.Span));
            await channel.BasicAckAsync(delivery.DeliveryTag, false);
        };
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer);
    }

    private static ValueTask Publish(IChannel channel, string queue, Guid id, string body) => channel.BasicPublishAsync(
        "", queue, mandatory: true, new BasicProperties { MessageId = id.ToString(), Persistent = true }, Encoding.UTF8.GetBytes(body));

    private static Task Run(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
