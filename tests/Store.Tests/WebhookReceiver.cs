using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PlayStationStore.Store.Tests;

/// <summary>Somebody's program that the store tells of orders.</summary>
internal sealed class WebhookReceiver : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly HttpListener listener = new();

    public WebhookReceiver()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/hook/");
        }

        listener.Prefixes.Add($"{Address}");
        listener.Start();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Takes what is sent next.</summary>
    /// <param name="secret">What it must be signed with, as <c>docs/webhooks.md</c> says.</param>
    /// <returns>The delivery's id, and its body.</returns>
    public async Task<(string Id, JsonElement Body)> Take(string secret)
    {
        var delivery = await listener.GetContextAsync().WaitAsync(Patience);
        using var reader = new StreamReader(delivery.Request.InputStream, Encoding.UTF8);
        var (body, headers) = (await reader.ReadToEndAsync().WaitAsync(Patience), delivery.Request.Headers);
        delivery.Response.Close();

        var signed = Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{body}");
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed)), headers["webhook-signature"]);
        return (headers["webhook-id"]!, JsonSerializer.Deserialize<JsonElement>(body));
    }

    public void Dispose() => listener.Close();
}
