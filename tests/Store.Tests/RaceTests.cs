using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace PlayStationStore.Store.Tests;

/// <summary>Many want what there is little of, at the same moment: exactly as much is given as there is, and the rest are told why.</summary>
[Collection(nameof(RunningStore))]
public sealed class RaceTests(RunningStore store, RaceTests.Crowd crowd) : IClassFixture<RaceTests.Crowd>
{
    // More than what is still to be taken off for the orders of a race.
    private const int Plenty = 1_000;

    [Fact]
    public async Task Of_five_hundred_orders_for_fifty_consoles_fifty_are_sold()
    {
        using var administrator = await store.SignedInAs("admin");
        var console = await administrator.Find("kind=console");
        await SetStock(administrator, console.Sku, 50);

        await Task.WhenAll(crowd.Shoppers.SelectMany(shopper => Enumerable.Range(0, 500 / Crowd.Size)
            .Select(_ => Insist(shopper.Client, console, shopper.Address))));

        var ended = await Ended(order => order.GetProperty("lines")[0].GetProperty("sku").GetString() == console.Sku);
        Assert.Equal(500, ended.Count);
        Assert.Equal(50, ended.Count(order => order.Status == "awaitingShipment"));
        Assert.Equal(450, ended.Count(order => order is ("rejected", "soldOut")));
        await SetStock(administrator, console.Sku, Plenty);
    }

    [Fact]
    public async Task A_coupon_with_ten_uses_is_used_ten_times()
    {
        using var administrator = await store.SignedInAs("admin");
        var game = await administrator.Find("kind=game&search=wipeout");
        var code = $"RACE{Guid.NewGuid():N}"[..20];
        using var created = await administrator.PostAsJsonAsync("/api/admin/coupons", new { code, description = "Ten uses", percent = 10, maxUses = 10 });
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);

        var answers = await Task.WhenAll(crowd.Shoppers.Select(shopper => Order(shopper.Client, game, new { method = "card", token = "tok_approve" }, code)));

        // Who comes when the last use is taken is told at once; who came before, by the order's reason.
        var refused = answers.Where(answer => answer.Status != HttpStatusCode.Accepted).ToList();
        Assert.All(refused, answer => Assert.True(answer.Body.GetProperty("errors").TryGetProperty("couponCode", out _)));
        var ended = await Ended(order => order.TryGetProperty("couponCode", out var used) && code.Equals(used.GetString(), StringComparison.OrdinalIgnoreCase));
        Assert.Equal(10, ended.Count(order => order.Status == "completed"));
        Assert.Equal(Crowd.Size - 10, refused.Count + ended.Count(order => order is ("rejected", "couponInvalid")));
    }

    [Fact]
    public async Task A_wallet_with_money_for_one_order_pays_for_one()
    {
        using var administrator = await store.SignedInAs("admin");
        using var shopper = await store.NewShopper();
        var page = await shopper.GetFromJsonAsync<JsonElement>("/api/products?kind=game&pageSize=100");
        var games = page.GetProperty("items").EnumerateArray().Select(Shopping.OfferOf).GroupBy(game => game.Price).MaxBy(games => games.Count())!.Take(20).ToList();
        using var redeemed = await shopper.PostAsJsonAsync("/api/wallet/redeem", new { code = await NewCode(administrator, games[0].Price) });
        redeemed.EnsureSuccessStatusCode();

        var answers = await Task.WhenAll(games.Select(game => Order(shopper, game, new { method = "wallet" })));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.Status));
        var ended = await Ended(shopper, _ => true);
        Assert.True(games.Count > 2);
        Assert.Single(ended, order => order.Status == "completed");
        Assert.Equal(games.Count - 1, ended.Count(order => order is ("rejected", "insufficientFunds")));
        Assert.Equal(0, (await shopper.GetFromJsonAsync<JsonElement>("/api/wallet")).GetProperty("balance").GetProperty("amount").GetInt64());
    }

    [Fact]
    public async Task A_gift_card_that_twenty_redeem_is_redeemed_once()
    {
        using var administrator = await store.SignedInAs("admin");
        var code = await NewCode(administrator, 2_500);

        var answers = await Task.WhenAll(crowd.Shoppers.Take(20).Select(async shopper =>
        {
            using var answer = await shopper.Client.PostAsJsonAsync("/api/wallet/redeem", new { code });
            return (answer.StatusCode, Body: await answer.Content.ReadFromJsonAsync<JsonElement>());
        }));

        Assert.Equal(2_500, Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK).Body.GetProperty("balance").GetProperty("amount").GetInt64());
        Assert.Equal(19, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict && answer.Body.GetProperty("code").GetString() == "codeUsed"));
    }

    // Addresses are asked for one by one; whoever is told that they cannot be read at the moment sends the order again, with its key.
    private static async Task Insist(HttpClient shopper, Shopping.Offer offer, Guid address)
    {
        var key = Guid.NewGuid().ToString();
        var status = HttpStatusCode.ServiceUnavailable;
        await RunningStore.Eventually(async () =>
        {
            using var answer = await shopper.PlaceOrder(offer, address: address, key: key);
            return (status = answer.StatusCode) is not HttpStatusCode.ServiceUnavailable;
        }, "an order has its answer");
        Assert.Equal(HttpStatusCode.Accepted, status);
    }

    private static async Task<string> NewCode(HttpClient administrator, long amount)
    {
        using var issued = await administrator.PostAsJsonAsync("/api/admin/gift-cards", new { amount, currency = "USD", count = 1 });
        return (await issued.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("codes")[0].GetString()!;
    }

    private static async Task SetStock(HttpClient administrator, string sku, int onHand)
    {
        using var answer = await administrator.PutAsJsonAsync($"/api/products/variants/{sku}/stock", new { onHand, reason = "count" });
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> Order(HttpClient shopper, Shopping.Offer offer, object payment, string? couponCode = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders")
        {
            Headers = { { "Idempotency-Key", Guid.NewGuid().ToString() } },
            Content = JsonContent.Create(new { lines = new[] { new { sku = offer.Sku, quantity = 1, unitPrice = offer.Price } }, payment, couponCode, currency = "USD" }),
        };
        using var answer = await shopper.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    private async Task<List<(string Status, string? Reason)>> Ended(Func<JsonElement, bool> which) =>
        [.. (await Task.WhenAll(crowd.Shoppers.Select(shopper => Ended(shopper.Client, which)))).SelectMany(orders => orders)];

    /// <summary>Waits until all orders of a shopper have ended or wait for staff.</summary>
    private static async Task<List<(string Status, string? Reason)>> Ended(HttpClient shopper, Func<JsonElement, bool> which)
    {
        List<JsonElement> orders = [];
        await RunningStore.Eventually(async () =>
        {
            var page = await shopper.GetFromJsonAsync<JsonElement>("/api/orders?pageSize=100");
            orders = [.. page.GetProperty("items").EnumerateArray().Where(which)];
            return orders.TrueForAll(order => order.GetProperty("status").GetString() is not ("submitted" or "awaitingPayment" or "paid"));
        }, "all orders of the shopper have ended");
        return [.. orders.Select(order => (order.GetProperty("status").GetString()!, order.GetProperty("statusReason").GetString()))];
    }

    /// <summary>Shoppers with an address each, made once for all races.</summary>
    public sealed class Crowd(RunningStore store) : IAsyncLifetime
    {
        public const int Size = 25;

        public IReadOnlyList<(HttpClient Client, Guid Address)> Shoppers { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            var shoppers = new List<(HttpClient, Guid)>();
            for (var number = 0; number < Size; number++)
            {
                var client = await store.NewShopper();
                shoppers.Add((client, await client.AddAddress()));
            }

            Shoppers = shoppers;
        }

        public ValueTask DisposeAsync()
        {
            foreach (var (client, _) in Shoppers)
            {
                client.Dispose();
            }

            return ValueTask.CompletedTask;
        }
    }
}
