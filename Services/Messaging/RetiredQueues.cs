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

/// <summary>The queues of a service's <see cref="IRetiredConsumer{T}"/>.</summary>
/// <param name="queues">The name of each, and the event that it was told of.</param>
internal sealed class RetiredQueues(IReadOnlyDictionary<string, Type> queues)
{
    private static readonly RabbitMqMessageNameFormatter Exchanges = new();

    /// <summary>Finds them among the consumers of an assembly.</summary>
    public static RetiredQueues Of(Assembly assembly, Func<Type, string> nameOf) => new(
        (from consumer in assembly.GetTypes()
         from one in consumer.GetInterfaces()
         where one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IRetiredConsumer<>)
         select (Name: nameOf(consumer), Event: one.GetGenericArguments()[0])).ToDictionary(queue => queue.Name, queue => queue.Event));

    public bool Contains(string queue) => queues.ContainsKey(queue);

    /// <summary>Lets the broker tell them of nothing more, as an earlier release had it do. What they hold stays.</summary>
    public async Task UnbindAsync(IConfiguration configuration, CancellationToken cancel)
    {
        if (queues.Count == 0)
        {
            return;
        }

        await using var connection = await new ConnectionFactory { Uri = StoreMessaging.BrokerOf(configuration) }.CreateConnectionAsync(cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
        foreach (var (queue, told) in queues)
        {
            await channel.ExchangeUnbindAsync(queue, Exchanges.GetMessageName(told), "", cancellationToken: cancel);
        }
    }
}
