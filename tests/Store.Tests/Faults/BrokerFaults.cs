using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace PlayStationStore.Store.Tests;

/// <summary>What can go wrong with messages between services.</summary>
internal sealed class BrokerFaults(RunningStore store)
{
    // Each is a queue, and an exchange of the same name that feeds it. Who waits for a message of these asks again.
    private static readonly string[] Asked =
    [
        "products-order-submitted", "products-order-paid", "products-order-cancelled", "products-order-rejected", "products-payment-failed", "products-order-refunded",
        "products-order-stands", "orders-stock-reserved", "orders-stock-rejected", "orders-stock-released", "orders-orders-questioned", "orders-stock-agrees",
    ];

    // Of these nobody asks again, so none is lost here; told twice they have one effect.
    private static readonly string[] Told =
    [
        "products-order-completed", "products-return-received", "users-order-paid", "users-order-completed", "users-order-cancelled", "users-order-rejected",
        "users-order-shipped", "users-order-refunded", "users-payment-failed", "users-receipt-to-be-mailed",
    ];

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Blocked = TimeSpan.FromSeconds(6);

    /// <summary>Lets the broker confirm messages for some endpoints and lose them.</summary>
    /// <returns>How many were lost.</returns>
    public async Task<int> Drop(Random random)
    {
        var dropped = random.GetItems(Asked, 4).Append(random.Next(2) == 0 ? "orders-stock-reserved" : "products-order-paid").Distinct().ToList();
        await using var connection = await Connect();
        await using var channel = await connection.CreateChannelAsync();
        var lost = await Listen(channel, dropped);
        dropped.ForEach(endpoint => channel.QueueUnbindAsync(endpoint, endpoint, "").GetAwaiter().GetResult());
        try
        {
            await Task.Delay(Moment);
        }
        finally
        {
            dropped.ForEach(endpoint => channel.QueueBindAsync(endpoint, endpoint, "").GetAwaiter().GetResult());
        }

        return lost.Count;
    }

    /// <summary>Delivers every message of a moment again, twice, in another order.</summary>
    /// <returns>How many copies were sent.</returns>
    public async Task<int> Repeat(Random random)
    {
        await using var connection = await Connect();
        await using var channel = await connection.CreateChannelAsync();
        var heard = await Listen(channel, [.. Asked, .. Told]);
        await Task.Delay(Moment);
        var copies = heard.ToArray();
        copies = [.. copies, .. copies];
        random.Shuffle(copies);
        foreach (var (endpoint, properties, body) in copies)
        {
            await channel.BasicPublishAsync("", endpoint, mandatory: false, properties, body);
        }

        return copies.Length;
    }

    /// <summary>Lets the broker find its memory full, so that it takes no message.</summary>
    public async Task Fill()
    {
        await Control("set_vm_memory_high_watermark", "0.00001");
        try
        {
            await Task.Delay(Blocked);
        }
        finally
        {
            await Control("set_vm_memory_high_watermark", "0.6");
        }
    }

    private async Task<IConnection> Connect() => await new ConnectionFactory { Uri = await store.Broker() }.CreateConnectionAsync();

    private static async Task<ConcurrentQueue<(string Endpoint, BasicProperties Properties, byte[] Body)>> Listen(IChannel channel, IEnumerable<string> endpoints)
    {
        var heard = new ConcurrentQueue<(string, BasicProperties, byte[])>();
        foreach (var endpoint in endpoints)
        {
            var queue = await channel.QueueDeclareAsync();
            await channel.QueueBindAsync(queue.QueueName, endpoint, "");
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, message) =>
            {
                heard.Enqueue((endpoint, new BasicProperties(message.BasicProperties), message.Body.ToArray()));
                return Task.CompletedTask;
            };
            await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
        }

        return heard;
    }

    private async Task Control(params string[] arguments)
    {
        var id = await store.ProcessOf("broker");
        var tool = File.Exists("/usr/lib/rabbitmq/bin/rabbitmqctl") ? "/usr/lib/rabbitmq/bin/rabbitmqctl" : "rabbitmqctl";
        var start = new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var environment = (await File.ReadAllTextAsync($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/environ")).Split('\0')
            .Select(variable => variable.Split('=', 2)).Where(pair => pair.Length == 2);
        foreach (var pair in environment.Where(pair => pair[0] is "HOME" or "RABBITMQ_NODENAME" or "ERL_EPMD_PORT" or "ERL_EPMD_ADDRESS"))
        {
            start.Environment[pair[0]] = pair[1];
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"rabbitmqctl {string.Join(' ', arguments)}: {await output} {await errors}");
    }
}
