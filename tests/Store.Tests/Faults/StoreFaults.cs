using System.Diagnostics;
using System.Globalization;

namespace PlayStationStore.Store.Tests;

/// <summary>The faults that the store must bear, one after the other, in an order that a seed decides.</summary>
internal sealed class StoreFaults
{
    private static readonly string[] Parts = ["users", "products", "orders", "gateway", "broker", "cache"];
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private readonly RunningStore store;
    private readonly Random random;
    private readonly List<Func<Task<string>>> kinds;

    public StoreFaults(RunningStore store, int seed)
    {
        (this.store, random) = (store, new Random(seed));
        var broker = new BrokerFaults(store);
        kinds =
        [
            .. Parts.Select(part => (Func<Task<string>>)(() => Kill(part))),
            PauseOne,
            PauseOne,
            async () => $"dropped {await broker.Drop(random)} messages",
            async () => $"dropped {await broker.Drop(random)} messages",
            async () => $"repeated {await broker.Repeat(random)} messages",
            async () =>
            {
                await broker.Fill();
                return "filled the broker";
            },
        ];
    }

    /// <summary>How many faults there are of all kinds.</summary>
    public int Kinds => kinds.Count;

    /// <summary>Lets so many faults happen, at random moments; each kind comes as often as any other.</summary>
    /// <param name="count">How many.</param>
    /// <param name="tell">Is told what has happened.</param>
    public async Task Happen(int count, Action<string> tell)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var number = 0; number < count; number += kinds.Count)
        {
            var order = kinds.ToArray();
            random.Shuffle(order);
            foreach (var (index, fault) in order.Take(count - number).Index())
            {
                await Task.Delay(random.Next(1_500));
                var happened = await fault();
                tell(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetElapsedTime(started).TotalSeconds,7:0.0} s  fault {number + index + 1}: {happened}"));
            }
        }
    }

    private async Task<string> Kill(string part)
    {
        await store.Kill(part);
        await Task.Delay(random.Next(1_000));
        await store.Start(part);
        return $"killed {part}";
    }

    private async Task<string> PauseOne()
    {
        var part = Parts[random.Next(Parts.Length)];
        var id = (await store.ProcessOf(part)).ToString(CultureInfo.InvariantCulture);
        await Signal("STOP", id);
        try
        {
            await Task.Delay(Pause);
        }
        finally
        {
            await Signal("CONT", id);
        }

        await store.Healthy(part);
        return $"paused {part}";
    }

    private static async Task Signal(string signal, string id)
    {
        using var kill = Process.Start("/bin/kill", [$"-{signal}", id]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
