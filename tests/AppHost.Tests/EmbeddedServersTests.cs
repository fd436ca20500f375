using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using RabbitMQ.Client;
using StackExchange.Redis;

namespace PlayStationStore.AppHost.Tests;

/// <summary>The real servers of the system's packages, started by Aspire as the store starts them.</summary>
public sealed class EmbeddedServersTests : IDisposable
{
    private const string Queue = "kept";
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("store servers ");

    [Fact(Timeout = 600_000)]
    public async Task Two_brokers_and_caches_run_side_by_side_keep_their_data_and_leave_no_process()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using (var one = await StartAsync("one"))
        await using (var other = await StartAsync("other"))
        {
            await KeepAsync(one, "of one");
            await KeepAsync(other, "of other");
            Assert.NotEmpty(Processes.Of(Path.Combine(_folder.FullName, "one")));
        }

        await Processes.GoneAsync(_folder.FullName, s_patience, cancel);

        await using (var again = await StartAsync("one"))
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync((await again.GetConnectionStringAsync("cache", cancel))!);
            Assert.Equal("of one", await redis.GetDatabase().StringGetAsync("kept"));

            await using var connection = await ConnectAsync(again);
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancel);
            var message = await channel.BasicGetAsync(Queue, autoAck: true, cancel);
            Assert.Equal("of one"u8, message!.Body.Span);
        }

        await Processes.GoneAsync(_folder.FullName, s_patience, cancel);
    }

    [Fact(Timeout = 300_000)]
    public async Task The_well_known_user_and_clients_without_the_password_are_refused()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using (var application = await StartAsync("refusing"))
        {
            var broker = new UriBuilder((await application.GetConnectionStringAsync("broker", cancel))!) { UserName = "guest", Password = "guest" };
            await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                await using var connection = await new ConnectionFactory { Uri = broker.Uri }.CreateConnectionAsync(cancel);
            });

            var address = (await application.GetConnectionStringAsync("cache", cancel))!.Split(',')[0];
            await using var redis = await ConnectionMultiplexer.ConnectAsync($"{address},abortConnect=false");
            await Assert.ThrowsAnyAsync<RedisException>(() => redis.GetDatabase().StringGetAsync("kept"));
        }

        await Processes.GoneAsync(_folder.FullName, s_patience, cancel);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<DistributedApplication> StartAsync(string name)
    {
        var cancel = TestContext.Current.CancellationToken;
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<StoreData>(
            ["--Infrastructure=embedded", "--Store:Port=0", $"--Store:Data={Path.Combine(_folder.FullName, name)}"], cancel);
        foreach (var other in builder.Resources.Where(resource => resource is ProjectResource or SqliteDatabaseResource).ToList())
        {
            builder.Resources.Remove(other);
        }

        var application = await builder.BuildAsync(cancel);
        await application.StartAsync(cancel);
        foreach (var server in new[] { "broker", "cache" })
        {
            await application.ResourceNotifications.WaitForResourceHealthyAsync(server, cancel).WaitAsync(s_patience, cancel);
        }

        return application;
    }

    private static async Task<IConnection> ConnectAsync(DistributedApplication application)
    {
        var cancel = TestContext.Current.CancellationToken;
        return await new ConnectionFactory { Uri = new Uri((await application.GetConnectionStringAsync("broker", cancel))!) }.CreateConnectionAsync(cancel);
    }

    private static async Task KeepAsync(DistributedApplication application, string text)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var redis = await ConnectionMultiplexer.ConnectAsync((await application.GetConnectionStringAsync("cache", cancel))!);
        await redis.GetDatabase().StringSetAsync("kept", text);

        await using var connection = await ConnectAsync(application);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancel);
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: cancel);
        await channel.BasicPublishAsync(
            "", Queue, mandatory: true, new BasicProperties { Persistent = true }, System.Text.Encoding.UTF8.GetBytes(text), cancel);
    }
}
