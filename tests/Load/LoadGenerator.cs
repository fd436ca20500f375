using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using HdrHistogram;

namespace PlayStationStore.Load;

/// <summary>
/// Many shoppers at once, each at an address of its own in 127.0.0.0/8, so that limits a client hold here as they do outside.
/// </summary>
public sealed class LoadGenerator : IDisposable
{
    private readonly HttpClient[] shoppers;

    /// <param name="target">Where requests go.</param>
    /// <param name="count">How many shoppers there are; each keeps up to two connections.</param>
    public LoadGenerator(Uri target, int count = 64) => shoppers = [.. Enumerable.Range(0, count).Select(number => Shopper(target, number))];

    /// <summary>A shopper's client.</summary>
    public HttpClient this[int shopper] => shoppers[shopper % shoppers.Length];

    /// <summary>Asks as fast as answers come: each shopper sends its next request when it has the answer to the last.</summary>
    /// <param name="seconds">How long.</param>
    /// <param name="request">Makes the request of a shopper.</param>
    public Task<Measurement> Saturate(int seconds, Func<Random, HttpRequestMessage> request) => SaturateByShopper(seconds, (_, random) => request(random));

    /// <inheritdoc cref="Saturate"/>
    public async Task<Measurement> SaturateByShopper(int seconds, Func<int, Random, HttpRequestMessage> request)
    {
        var histogram = Measurement.NewHistogram();
        var errors = 0L;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(shoppers.Select((shopper, number) => Task.Run(async () =>
        {
            var random = new Random(number);
            while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
            {
                if (!await Ask(shopper, request(number, random), Stopwatch.GetTimestamp(), histogram))
                {
                    Interlocked.Increment(ref errors);
                }
            }
        })));
        return Measurement.Of(histogram, Stopwatch.GetElapsedTime(started).TotalSeconds, errors);
    }

    /// <summary>
    /// Asks at a fixed rate, whether or not answers come: a request that had to wait for a slow store counts from the moment it was due.
    /// </summary>
    /// <param name="perSecond">Requests a second.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="request">Makes a request.</param>
    public async Task<Measurement> OpenLoop(double perSecond, int seconds, Func<Random, HttpRequestMessage> request)
    {
        var histogram = Measurement.NewHistogram();
        var errors = 0L;
        var random = new Random(1);
        var started = Stopwatch.GetTimestamp();
        var total = (int)(perSecond * seconds);
        var pending = new List<Task>(total);
        for (var number = 0; number < total; number++)
        {
            var due = started + (long)(number / perSecond * Stopwatch.Frequency);
            while (Stopwatch.GetTimestamp() < due)
            {
                await Task.Delay(1);
            }

            pending.Add(AskAndCount(this[number], request(random), due));
        }

        await Task.WhenAll(pending);
        return Measurement.Of(histogram, Stopwatch.GetElapsedTime(started).TotalSeconds, errors);

        async Task AskAndCount(HttpClient shopper, HttpRequestMessage message, long due)
        {
            if (!await Ask(shopper, message, due, histogram))
            {
                Interlocked.Increment(ref errors);
            }
        }
    }

    public void Dispose() => Array.ForEach(shoppers, shopper => shopper.Dispose());

    private static async Task<bool> Ask(HttpClient shopper, HttpRequestMessage request, long due, LongConcurrentHistogram histogram)
    {
        try
        {
            using (request)
            using (var answer = await shopper.SendAsync(request))
            {
                histogram.RecordValue(Math.Clamp((long)Stopwatch.GetElapsedTime(due).TotalMicroseconds, 1, 60_000_000));
                return answer.IsSuccessStatusCode;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private static HttpClient Shopper(Uri target, int number) => new(new SocketsHttpHandler
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        MaxConnectionsPerServer = 2,
        ConnectCallback = async (context, cancel) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(new IPAddress([127, 1, (byte)(number / 250), (byte)(1 + (number % 250))]), 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = target, Timeout = TimeSpan.FromSeconds(60) };
}
