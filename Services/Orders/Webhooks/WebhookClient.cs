using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PlayStationStore.Orders;

/// <summary>What an endpoint said.</summary>
/// <param name="Status">Null where there was no answer.</param>
/// <param name="Body">The first letters.</param>
/// <param name="Error">Why there was no answer.</param>
public sealed record WebhookAnswer(int? Status, string? Body, string? Error, TimeSpan Duration)
{
    public const int LongestBody = 500;
    public const int LongestError = 200;

    /// <summary>The endpoint has it.</summary>
    public bool Taken => Status is >= 200 and < 300;

    /// <summary>The endpoint wants nothing any more.</summary>
    public bool Gone => Status is StatusCodes.Status410Gone;
}

/// <summary>Sends deliveries to addresses that somebody else has chosen.</summary>
/// <param name="http">From <see cref="WebhookConnections"/>.</param>
internal sealed class WebhookClient(HttpClient http, WebhookSecrets secrets, TimeProvider clock)
{
    /// <summary>How long an endpoint may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<WebhookAnswer> SendAsync(WebhookDelivery delivery, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        var now = clock.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, delivery.Endpoint.Url)
        {
            Content = new StringContent(delivery.Payload, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("User-Agent", "PlayStationStore-Webhooks/1");
        request.Headers.Add("webhook-id", delivery.Id.ToString());
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", secrets.Sign(delivery.Endpoint.Secrets(now), delivery.Id, now, delivery.Payload));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return new((int)response.StatusCode, await Beginning(response, patience.Token), null, Stopwatch.GetElapsedTime(began));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(null, null, $"No answer within {Patience.TotalSeconds} s.", Stopwatch.GetElapsedTime(began));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            var reason = (exception.InnerException as AddressRefusedException)?.Message ?? exception.Message;
            return new(null, null, reason.Length <= WebhookAnswer.LongestError ? reason : reason[..WebhookAnswer.LongestError], Stopwatch.GetElapsedTime(began));
        }
    }

    // However much an endpoint sends, no more than this is read of it.
    private static async Task<string> Beginning(HttpResponseMessage response, CancellationToken cancel)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        var bytes = new byte[WebhookAnswer.LongestBody];
        var count = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        return string.Concat(Encoding.UTF8.GetString(bytes, 0, count).Where(letter => !char.IsControl(letter) || letter is '\n'));
    }
}

/// <summary>An address that the store does not send to.</summary>
internal sealed class AddressRefusedException(string host) : Exception($"{host} is no public address.");

/// <summary>Connections to the outside: to public addresses only, since an endpoint's name may lead into the store's own network.</summary>
internal static class WebhookConnections
{
    /// <summary>A handler that follows no redirect, keeps no cookie, uses no proxy, and looks at the address that it connects to.</summary>
    /// <param name="allowPrivate">Whether addresses of the store's own network and machine are allowed.</param>
    public static SocketsHttpHandler Create(bool allowPrivate) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        MaxResponseHeadersLength = 16,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        // The address is chosen here and connected to here: a name that means something else a moment later is not asked again.
        ConnectCallback = async (context, cancel) =>
        {
            var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel);
            var allowed = allowPrivate ? found : [.. found.Where(IsPublic)];
            if (allowed.Length == 0)
            {
                throw new AddressRefusedException(context.DnsEndPoint.Host);
            }

            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    private static readonly IPNetwork[] NotPublic =
    [
        .. ((string[])["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"])
            .Select(network => IPNetwork.Parse(network)),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>Whether an address is one that anybody on the internet could reach.</summary>
    public static bool IsPublic(IPAddress address)
    {
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (address.AddressFamily is AddressFamily.InterNetwork || GlobalUnicast.Contains(address)) && !NotPublic.Any(network => network.Contains(address));
    }
}
