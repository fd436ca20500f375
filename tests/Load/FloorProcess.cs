using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PlayStationStore.Load;

/// <summary>A floor in a process of its own, as the store's parts are.</summary>
public sealed class FloorProcess : IDisposable
{
    private readonly Process process;

    private FloorProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Processor time since its start.</summary>
    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts this program again as one of its floors, and waits until it answers.</summary>
    public static async Task<FloorProcess> Start(string floor, params string[] arguments)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!, [floor, "--port", port.ToString(CultureInfo.InvariantCulture), .. arguments])
        { RedirectStandardOutput = true })!;
        var address = new Uri($"http://127.0.0.1:{port}");
        using var http = new HttpClient { BaseAddress = address };
        for (var attempt = 0; attempt < 200; attempt++)
        {
            try
            {
                using var answer = await http.GetAsync("/ready");
                return new FloorProcess(process, address);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }

        process.Kill();
        throw new TimeoutException($"{floor} does not answer.");
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
