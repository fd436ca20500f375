using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PlayStationStore.Store.Tests;

/// <summary>
/// Takes what all services report (spans, logs and metrics, by OTLP over HTTP), looks for what it must never hold, and for what a test waits for.
/// Nothing else is kept, since a long run reports a lot.
/// </summary>
public sealed class Telemetry : IAsyncDisposable
{
    // Text is plain UTF-8 in a protocol buffer.
    private static readonly byte[][] Forbidden = [.. PaymentDataTests.Secrets.Select(Encoding.ASCII.GetBytes)];

    private readonly HttpListener listener = new();
    private readonly ConcurrentDictionary<string, int> awaited = new(StringComparer.Ordinal);
    private readonly Task listening;

    public Telemetry()
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        listener.Prefixes.Add($"{Address}");
        listener.Start();
        listening = Listen();
    }

    /// <summary>What services are told to report to.</summary>
    public Uri Address { get; }

    /// <summary>What was reported and must not be, with the words around it.</summary>
    public ConcurrentQueue<string> Leaks { get; } = [];

    /// <summary>Looks for a text from now on.</summary>
    /// <param name="text">One that only the test knows, such as a new identifier.</param>
    public void Await(string text) => awaited[text] = 0;

    /// <summary>In how many reports a text has come that is looked for.</summary>
    public int CountOf(string text) => awaited[text];

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await listening.WaitAsync(TimeSpan.FromMinutes(1));
    }

    private async Task Listen()
    {
        while (listener.IsListening)
        {
            try
            {
                await Take(await listener.GetContextAsync());
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException)
            {
                // Closed, or a service that ends while it reports.
            }
        }
    }

    private async Task Take(HttpListenerContext report)
    {
        using var body = new MemoryStream();
        await report.Request.InputStream.CopyToAsync(body);
        foreach (var secret in Forbidden)
        {
            if (body.GetBuffer().AsSpan(0, (int)body.Length).IndexOf(secret) is var at and >= 0)
            {
                var from = Math.Max(0, at - 120);
                Leaks.Enqueue(Encoding.UTF8.GetString(body.GetBuffer(), from, (int)Math.Min(body.Length - from, 240)));
            }
        }

        foreach (var text in awaited.Keys.Where(text => body.GetBuffer().AsSpan(0, (int)body.Length).IndexOf(Encoding.ASCII.GetBytes(text)) >= 0))
        {
            awaited.AddOrUpdate(text, 1, (_, count) => count + 1);
        }

        report.Response.ContentType = "application/x-protobuf";
        report.Response.Close();
    }

    private static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}
