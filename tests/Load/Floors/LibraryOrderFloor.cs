using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace PlayStationStore.Load;

/// <summary>Measures <see cref="LibraryOrders"/>, in a process of its own behind a bare YARP, as the store is measured.</summary>
public sealed class LibraryOrderFloor : IDisposable
{
    private readonly string folder;
    private readonly FloorProcess orders;
    private readonly FloorProcess proxy;
    private readonly LoadGenerator shoppers;
    private readonly List<string> tokens;

    private LibraryOrderFloor(string folder, FloorProcess orders, FloorProcess proxy, LoadGenerator shoppers, List<string> tokens) =>
        (this.folder, this.orders, this.proxy, this.shoppers, this.tokens) = (folder, orders, proxy, shoppers, tokens);

    /// <summary>Processor time of it and its proxy since their start.</summary>
    public TimeSpan Cpu => orders.Cpu + proxy.Cpu;

    /// <summary>Starts it.</summary>
    /// <param name="broker">The broker's address.</param>
    /// <param name="shopperCount">How many order at once, each with a token of their own.</param>
    public static async Task<LibraryOrderFloor> Start(string broker, int shopperCount)
    {
        var folder = Directory.CreateTempSubdirectory("library-floor-").FullName;
        var orders = await FloorProcess.Start("floor-orders", "--broker", broker, "--folder", folder);
        var proxy = await FloorProcess.Start("floor-yarp", "--target", orders.Address.ToString());
        var shoppers = new LoadGenerator(proxy.Address, shopperCount);
        var tokens = new List<string>();
        for (var shopper = 0; shopper < shopperCount; shopper++)
        {
            tokens.Add(await shoppers[shopper].GetStringAsync("/token"));
        }

        return new(folder, orders, proxy, shoppers, tokens);
    }

    /// <summary>Orders as fast as answers come, for a while, and waits until every order has taken its last step.</summary>
    /// <returns>The answers, and the orders from acceptance to payment.</returns>
    public async Task<(Measurement Accepted, Measurement Completed)> Measure(int seconds)
    {
        var since = TimeProvider.System.GetUtcNow();
        var accepted = await shoppers.SaturateByShopper(seconds, (shopper, _) => new(HttpMethod.Post, "/orders")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", tokens[shopper]) },
            Content = JsonContent.Create(new FloorOrder([new("00000000-PS4", 1, 5999)], "USD")),
        });
        while (true)
        {
            using var answer = await shoppers[0].GetAsync($"/orders?since={since.UtcDateTime:O}");
            if (answer.StatusCode is not HttpStatusCode.NotFound)
            {
                var spans = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<List<FloorSpan>>())!;
                return (accepted, Measurement.OfSpans(spans.Select(span => (At(span.Accepted), At(span.Ended)))));
            }

            await Task.Delay(500);
        }
    }

    public void Dispose()
    {
        shoppers.Dispose();
        proxy.Dispose();
        orders.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);
}
