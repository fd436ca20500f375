using System.Net.Http.Headers;
using System.Text;
using StackExchange.Redis;

namespace PlayStationStore.AppHost;

/// <summary>Empties servers that run in containers, whose volumes cannot be removed while they run.</summary>
internal static class ContainerData
{
    /// <summary>Removes every queue, exchange and message.</summary>
    /// <param name="broker">RabbitMQ with its management plugin.</param>
    /// <param name="cancel">Ends the wait.</param>
    public static async Task EmptyAsync(RabbitMQServerResource broker, CancellationToken cancel)
    {
        var user = await broker.UserNameReference.GetValueAsync(cancel);
        var password = await broker.PasswordParameter.GetValueAsync(cancel);
        using var http = new HttpClient { BaseAddress = new Uri(broker.GetEndpoint("management").Url) };
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        // The virtual host is named "/". Whoever makes it gets all permissions on it.
        (await http.DeleteAsync(new Uri("api/vhosts/%2F", UriKind.Relative), cancel)).EnsureSuccessStatusCode();
        (await http.PutAsync(new Uri("api/vhosts/%2F", UriKind.Relative), content: null, cancel)).EnsureSuccessStatusCode();
    }

    /// <summary>Removes every key.</summary>
    /// <param name="cache">Redis.</param>
    /// <param name="cancel">Ends the wait.</param>
    public static async Task EmptyAsync(RedisResource cache, CancellationToken cancel)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync((await cache.GetConnectionStringAsync(cancel))!);
        await redis.GetDatabase().ExecuteAsync("FLUSHALL");
    }
}
