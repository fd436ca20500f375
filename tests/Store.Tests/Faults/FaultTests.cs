using System.Globalization;

namespace PlayStationStore.Store.Tests;

/// <summary>
/// Whatever is killed, paused, lost or repeated while shoppers order: every order that was accepted comes to its end, and the books of all
/// services agree. <c>STORE_FAULTS</c> says how many faults, <c>STORE_FAULTS_SEED</c> which; <c>./test.sh --long</c> makes 204.
/// </summary>
[Collection(nameof(RunningStore))]
public sealed class FaultTests(RunningStore store, ITestOutputHelper output)
{
    private const int Long = 204;

    [Fact]
    public async Task No_order_is_lost_doubled_or_oversold_whatever_fails()
    {
        var seed = Setting("STORE_FAULTS_SEED") ?? Random.Shared.Next(1_000_000);
        var faults = new StoreFaults(store, seed);
        var count = Setting("STORE_FAULTS") ?? (Environment.GetEnvironmentVariable("STORE_TESTS") is "long" ? Long : faults.Kinds);
        output.WriteLine($"{count} faults of seed {seed}");
        var orders = new SteadyOrders(store, seed);
        await orders.Prepare();

        using var over = new CancellationTokenSource();
        var ordering = Task.Run(() => orders.Run(over.Token));
        try
        {
            await faults.Happen(count, output.WriteLine);
        }
        finally
        {
            await over.CancelAsync();
            await ordering;
        }

        var odd = await orders.Settle();
        output.WriteLine($"{orders.Accepted} orders were accepted.");
        Assert.True(odd.Count == 0, $"Faults of seed {seed}: {string.Join("; ", odd)}");
        var (exitCode, said) = await store.Verify();
        await orders.Restock();
        output.WriteLine(said);
        Assert.True(exitCode == 0, $"Faults of seed {seed}: {said}");
        Assert.True(orders.Accepted >= count, $"Only {orders.Accepted} orders were accepted.");
    }

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
