using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace PlayStationStore.Store.Tests;

/// <summary>
/// Many do something at the same moment: of what there is little exactly as much is given as there is, the rest are told why, nobody is turned
/// away without a reason, and the books are right.
/// </summary>
[Collection(nameof(RunningStore))]
public sealed class RaceTests(RunningStore store, Crowd crowd) : IClassFixture<Crowd>
{
    private const int CouponHunters = 100;

    // More than what is still to be taken off for the orders of a race.
    private const int Plenty = 1_000;

    // Five hundred orders take a busy machine longer than one.
    private static readonly TimeSpan EndPatience = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Of_five_hundred_shoppers_who_want_a_console_fifty_get_one()
    {
        using var administrator = await store.SignedInAs("admin");
        var console = await administrator.Find("kind=console");
        await administrator.SetStock(console.Sku, 50);

        var placed = (await Task.WhenAll(crowd.Shoppers.Select(shopper => shopper.Client.PlaceOrder(console, address: shopper.Address).Accepted()))).ToHashSet();

        var ended = await Ended(order => placed.Contains(order.GetProperty("id").GetGuid()));
        Assert.Equal(Crowd.Size, ended.Count);
        Assert.Equal(50, ended.Count(order => order.Status == "awaitingShipment"));
        Assert.Equal(Crowd.Size - 50, ended.Count(order => order is ("rejected", "soldOut")));
        await administrator.SetStock(console.Sku, Plenty);
        await store.BooksHold();
    }

    [Fact]
    public async Task A_coupon_with_ten_uses_is_used_ten_times()
    {
        using var administrator = await store.SignedInAs("admin");
        var game = await administrator.Find("kind=game&search=wipeout");
        var code = $"RACE{Guid.NewGuid():N}"[..20];
        using var created = await administrator.PostAsJsonAsync("/api/admin/coupons", new { code, description = "Ten uses", percent = 10, maxUses = 10 });
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);

        var answers = await Task.WhenAll(crowd.Shoppers.Take(CouponHunters).Select(shopper => Order(shopper.Client, game, new { method = "card", token = "tok_approve" }, code)));

        // Who comes when the last use is taken is told at once; who came before, by the order's reason.
        var refused = answers.Where(answer => answer.Status != HttpStatusCode.Accepted).ToList();
        Assert.All(refused, answer => Assert.True(answer.Body.GetProperty("errors").TryGetProperty("couponCode", out _)));
        var ended = await Ended(order => order.TryGetProperty("couponCode", out var used) && code.Equals(used.GetString(), StringComparison.OrdinalIgnoreCase));
        Assert.Equal(10, ended.Count(order => order.Status == "completed"));
        Assert.Equal(CouponHunters - 10, refused.Count + ended.Count(order => order is ("rejected", "couponInvalid")));
        await store.BooksHold();
    }

    [Fact]
    public async Task A_wallet_with_money_for_one_order_pays_for_one()
    {
        using var administrator = await store.SignedInAs("admin");
        using var shopper = await store.NewShopper();
        var page = await shopper.GetFromJsonAsync<JsonElement>("/api/products?kind=game&pageSize=100");
        var games = page.GetProperty("items").EnumerateArray().Select(Shopping.OfferOf).GroupBy(game => game.Price).MaxBy(games => games.Count())!.Take(20).ToList();
        using var redeemed = await shopper.PostAsJsonAsync("/api/wallet/redeem", new { code = await administrator.NewGiftCard(games[0].Price) });
        redeemed.EnsureSuccessStatusCode();

        var answers = await Task.WhenAll(games.Select(game => Order(shopper, game, new { method = "wallet" })));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.Status));
        var ended = await Ended(shopper, _ => true);
        Assert.True(games.Count > 2);
        Assert.Single(ended, order => order.Status == "completed");
        Assert.Equal(games.Count - 1, ended.Count(order => order is ("rejected", "insufficientFunds")));
        Assert.Equal(0, (await shopper.GetFromJsonAsync<JsonElement>("/api/wallet")).GetProperty("balance").GetProperty("amount").GetInt64());
        await store.BooksHold();
    }

    [Fact]
    public async Task A_gift_card_that_twenty_redeem_is_redeemed_once()
    {
        using var administrator = await store.SignedInAs("admin");
        var code = await administrator.NewGiftCard(2_500);

        var answers = await Task.WhenAll(crowd.Shoppers.Take(20).Select(async shopper =>
        {
            using var answer = await shopper.Client.PostAsJsonAsync("/api/wallet/redeem", new { code });
            return (answer.StatusCode, Body: await answer.Content.ReadFromJsonAsync<JsonElement>());
        }));

        Assert.Equal(2_500, Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK).Body.GetProperty("balance").GetProperty("amount").GetInt64());
        Assert.Equal(19, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict && answer.Body.GetProperty("code").GetString() == "codeUsed"));
        await store.BooksHold();
    }

    [Fact]
    public async Task Fifty_who_order_fifty_who_register_and_fifty_who_review_at_once_are_all_answered_and_nothing_is_lost()
    {
        const int each = 50;
        using var administrator = await store.SignedInAs("admin");
        var (game, console) = (await administrator.Find("kind=game&search=okami"), await administrator.Find("kind=console"));
        await administrator.SetStock(console.Sku, Plenty);
        var shoppers = crowd.Shoppers.TakeLast(each).ToList();
        var (reviews, mark) = ($"/api/products/{game.ProductId}/reviews", Guid.NewGuid().ToString("N"));
        await Task.WhenAll(shoppers.Select(shopper => shopper.Client.PlaceOrder(game).Accepted()));
        await Task.WhenAll(shoppers.Select(shopper => RunningStore.Eventually(
            async () => (await shopper.Client.GetFromJsonAsync<JsonElement>($"{reviews}/mine")).GetProperty("owns").GetBoolean(), "the shopper owns the game", EndPatience)));

        var orders = shoppers.Select(shopper => shopper.Client.PlaceOrder(console, address: shopper.Address));
        var registrations = Enumerable.Range(0, each).Select(async number =>
        {
            using var newcomer = store.Anonymous();
            return await newcomer.PostAsJsonAsync("/api/users/register", new { email = $"{mark}-{number}@example.com", password = "Good-pass-1", displayName = "Newcomer" });
        });
        var words = shoppers.Select((shopper, number) => shopper.Client.PutAsJsonAsync($"{reviews}/mine", new { stars = 1 + (number % 5) }));
        var answers = await Task.WhenAll([.. orders, .. registrations, .. words]);

        Assert.Equal(
            [(HttpStatusCode.OK, each), (HttpStatusCode.Created, each), (HttpStatusCode.Accepted, each)],
            answers.CountBy(answer => answer.StatusCode).OrderBy(count => count.Key).Select(count => (count.Key, count.Value)));
        var ended = await Task.WhenAll(shoppers.Select(shopper => Ended(shopper.Client, order => order.GetProperty("lines")[0].GetProperty("sku").GetString() == console.Sku)));
        Assert.All(ended, mine => Assert.Contains(("awaitingShipment", null), mine));
        var found = await administrator.GetFromJsonAsync<JsonElement>($"/api/admin/users?search={mark}&pageSize=100");
        Assert.Equal(each, found.GetProperty("items").GetArrayLength());
        var stars = (await administrator.GetFromJsonAsync<JsonElement>(reviews)).GetProperty("histogram");
        Assert.Equal(Enumerable.Repeat(each / 5, 5), Enumerable.Range(1, 5).Select(count => stars.GetProperty($"{count}").GetInt32()));
        await store.BooksHold();
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
        }, "all orders of the shopper have ended", EndPatience);
        return [.. orders.Select(order => (order.GetProperty("status").GetString()!, order.GetProperty("statusReason").GetString()))];
    }
}
