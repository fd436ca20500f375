using System.Reflection;
using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Configuration;
using RabbitMQ.Client;

namespace PlayStationStore.Messaging;

/// <summary>
/// A consumer whose work another one has taken over. It handles what an earlier release has left in its queue, which hears of nothing new; it can go,
/// and the queue with it, once no store comes from that release.
/// </summary>
/// <typeparam name="T">The event that its queue was told of.</typeparam>
public interface IRetiredConsumer<T> : IConsumer<T>
    where T : class;

/// <summary>What earlier releases of a service have left on the broker.</summary>
internal sealed class EarlierReleases
{
    private static readonly RabbitMqMessageNameFormatter Exchanges = new();

    private readonly Dictionary<string, Type> retired;
    private readonly List<string> skipped;

    /// <summary>Looks at the consumers of a service.</summary>
    /// <param name="service">Its assembly.</param>
    /// <param name="queueOf">The name of a consumer's queue.</param>
    public EarlierReleases(Assembly service, Func<Type, string> queueOf)
    {
        retired = ConsumersOf(service, typeof(IRetiredConsumer<>)).ToDictionary(one => queueOf(one.Consumer), one => one.Event);
        skipped = [.. ConsumersOf(service, typeof(IConsumer<>)).Select(one => queueOf(one.Consumer) + "_skipped")];
    }

    /// <summary>Whether a queue is to hear of nothing new.</summary>
    public bool IsRetired(string queue) => retired.ContainsKey(queue);

    /// <summary>
    /// Brings the broker to what this release needs; safe to repeat. No replica of an earlier release may run: what a retired consumer did, its
    /// successor does not do there.
    /// </summary>
    /// <param name="configuration">Names the broker.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>How many messages were removed that had been handled, and were kept all the same.</returns>
    public async Task<uint> ClearAsync(IConfiguration configuration, CancellationToken cancel)
    {
        var removed = 0u;
        await using var connection = await new ConnectionFactory { Uri = StoreMessaging.BrokerOf(configuration) }.CreateConnectionAsync(cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
        foreach (var (queue, told) in retired)
        {
            // What it holds stays, and is handled.
            await channel.ExchangeUnbindAsync(queue, Exchanges.GetMessageName(told), "", cancellationToken: cancel);
        }

        foreach (var queue in skipped)
        {
            // A message that was handled together with others, or twice, was kept here, where nobody reads it.
            removed += await channel.QueueDeleteAsync(queue, cancellationToken: cancel);
            await channel.ExchangeDeleteAsync(queue, cancellationToken: cancel);
        }

        return removed;
    }

    private static IEnumerable<(Type Consumer, Type Event)> ConsumersOf(Assembly service, Type kind) =>
        from consumer in service.GetTypes()
        from one in consumer.GetInterfaces()
        where one.IsGenericType && one.GetGenericTypeDefinition() == kind
        select (consumer, one.GetGenericArguments()[0]);
}
