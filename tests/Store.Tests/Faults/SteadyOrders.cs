using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace PlayStationStore.Store.Tests;

/// <summary>Shoppers who order without a pause, whatever happens to the store, and who remember what was accepted.</summary>
internal sealed class SteadyOrders(RunningStore store, int seed)
{
    private const int Shoppers = 6;
    private const int GamePages = 5;
    private const int Few = 25;
    private const int Plenty = 500_000;
    private const int CouponUses = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly List<Shopper> shoppers = [];
    private List<Shopping.Offer> games = [];
    private IReadOnlyList<Shopping.Offer> consoles = [];
    private readonly string coupon = $"STEADY-{Guid.NewGuid():N}"[..20];
    private Shopping.Offer giftCard = null!;
    private Shopper staff = null!;

    /// <summary>How many orders were accepted.</summary>
    public int Accepted => shoppers.Sum(shopper => shopper.Accepted.Count);

    /// <summary>Signs shoppers up, each with money and an address, fills the warehouse, but for one console, and makes a coupon that not all of them can use.</summary>
    public async Task Prepare()
    {
        using var admin = await store.SignedInAs("admin");
        var list = new List<Shopping.Offer>();
        for (var (page, cursor) = (0, ""); page < GamePages && cursor is not null; page++)
        {
            (var found, cursor) = await Offers(admin, $"kind=game&sort=bestselling&pageSize=100{cursor}");
            list.AddRange(found);
        }

        games = list;
        consoles = [.. (await Offers(admin, "kind=console&pageSize=3")).Items];
        for (var index = 0; index < consoles.Count; index++)
        {
            await admin.SetStock(consoles[index].Sku, index == 0 ? Few : Plenty);
        }

        giftCard = await admin.Find("kind=giftCard&maxPrice=2500");
        using var made = await admin.PostAsJsonAsync("/api/admin/coupons", new { code = coupon, description = "A tenth", percent = 10, maxUses = CouponUses });
        made.EnsureSuccessStatusCode();
        for (var number = 0; number < Shoppers; number++)
        {
            var email = $"steady-{Guid.NewGuid():N}@example.com";
            var client = await store.NewShopper(email);
            using var issued = await admin.PostAsJsonAsync("/api/admin/gift-cards", new { amount = 1_000_000, currency = "USD", count = 3 });
            foreach (var code in (await issued.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("codes").EnumerateArray())
            {
                using var redeemed = await client.PostAsJsonAsync("/api/wallet/redeem", new { code = code.GetString() });
                redeemed.EnsureSuccessStatusCode();
            }

            shoppers.Add(new Shopper(number, email, "Good-pass-1", client, await client.AddAddress(), new Random(seed + number)));
        }

        staff = new Shopper(-1, "staff@example.com", "Staff-pass-1", await store.SignedInAs("staff"), Guid.Empty, new Random(seed - 1));
    }

    /// <summary>Fills the warehouse for whoever comes next.</summary>
    public async Task Restock()
    {
        using var admin = await store.SignedInAs("admin");
        await admin.SetStock(consoles[0].Sku, Plenty);
    }

    /// <summary>Orders until it is told to stop.</summary>
    public Task Run(CancellationToken stop) => Task.WhenAll(shoppers.Select(shopper => Run(shopper, stop)));

    /// <summary>Waits until each accepted order has ended, or waits for staff; each is there once, and no other is.</summary>
    /// <returns>What is not as it must be, in words.</returns>
    public async Task<IReadOnlyList<string>> Settle()
    {
        var started = TimeProvider.System.GetTimestamp();
        var odd = new List<string>();
        foreach (var shopper in shoppers)
        {
            Dictionary<Guid, string> orders;
            while ((orders = await OrdersOf(shopper)).Values.Any(status => !IsAtRest(status)) && TimeProvider.System.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(500);
            }

            odd.AddRange(orders.Where(order => !IsAtRest(order.Value)).Select(order => $"order {order.Key} is still {order.Value}"));
            odd.AddRange(shopper.Accepted.Values.Except(orders.Keys).Select(order => $"order {order} was accepted and is not there"));
            odd.AddRange(orders.Keys.Except(shopper.Accepted.Values)
                .Select(order => $"order {order} is there and was not accepted; its shopper was refused {shopper.RefusedAt(order)}"));
        }

        return odd;
    }

    private static bool IsAtRest(string status) =>
        status is "completed" or "delivered" or "rejected" or "cancelled" or "refunded" or "partiallyRefunded" or "awaitingShipment";

    private async Task Run(Shopper shopper, CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var key = $"{shopper.Number}-{number}-{Guid.NewGuid():N}";
            var body = NextOrder(shopper, number);
            // Whoever has no answer asks again with the same key, also when the time is over: it must be known what became of it.
            var answer = await Insist(shopper, () => new HttpRequestMessage(HttpMethod.Post, "/api/orders") { Headers = { { "Idempotency-Key", key } }, Content = JsonContent.Create(body) });
            if (answer.Status == HttpStatusCode.Accepted)
            {
                var order = answer.Body.GetProperty("id").GetGuid();
                shopper.Accepted[key] = order;
                var earlier = shopper.Accepted.Values.ElementAt(shopper.Random.Next(shopper.Accepted.Count));
                switch (shopper.Random.Next(12))
                {
                    case 0:
                        await Do(shopper, $"/api/orders/{order}/cancel", new { });
                        break;
                    case 1:
                        await Do(shopper, $"/api/orders/{earlier}/cancel", new { });
                        break;
                    case 2:
                        await Do(shopper, $"/api/orders/{earlier}/refund", new { });
                        break;
                    case 3:
                        await Do(staff, $"/api/admin/orders/{earlier}/ship", new { });
                        await Do(staff, $"/api/admin/orders/{earlier}/deliver", new { });
                        await Do(staff, $"/api/admin/orders/{earlier}/refund", new { reason = "faulty" });
                        break;
                    case 4:
                        await Redeem(shopper, earlier);
                        break;
                    case 5:
                        await SendBack(shopper, earlier);
                        break;
                    default:
                        break;
                }
            }
            else
            {
                shopper.Refused.Add((TimeProvider.System.GetUtcNow(), $"{(int)answer.Status} {answer.Body} for {JsonSerializer.Serialize(body)}"));
            }

            await Task.Delay(shopper.Random.Next(600, 2_000), CancellationToken.None);
        }
    }

    private static async Task Redeem(Shopper shopper, Guid order)
    {
        var (status, cards) = await Insist(shopper, () => new HttpRequestMessage(HttpMethod.Get, $"/api/orders/{order}/gift-cards"));
        if (status == HttpStatusCode.OK && cards.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } card)
        {
            await Do(shopper, "/api/wallet/redeem", new { code = card.GetProperty("code").GetString() });
        }
    }

    private async Task SendBack(Shopper shopper, Guid order)
    {
        await Do(staff, $"/api/admin/orders/{order}/ship", new { });
        await Do(staff, $"/api/admin/orders/{order}/deliver", new { });
        var (status, back) = await Do(shopper, $"/api/orders/{order}/returns", new { lines = new[] { new { sku = consoles[^1].Sku } }, reason = "faulty", returnsSeen = 0 });
        if (status == HttpStatusCode.Created)
        {
            await Do(staff, $"/api/admin/returns/{back.GetProperty("id").GetGuid()}/receive", new { receivedSeen = 0 });
        }
    }

    // Whether it is too late for it is the store's to say; what it has done must add up in any case.
    private static Task<(HttpStatusCode Status, JsonElement Body)> Do(Shopper who, string address, object body) =>
        Insist(who, () => new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body) });

    private object NextOrder(Shopper shopper, int number)
    {
        var game = games[((shopper.Number * 83) + number) % games.Count];
        var console = consoles[shopper.Random.Next(consoles.Count)];
        object Line(Shopping.Offer offer, int quantity) => new { sku = offer.Sku, quantity, unitPrice = offer.Price };
        object payment = shopper.Random.Next(10) switch
        {
            < 4 => new { method = "card", token = "tok_approve" },
            4 => new { method = "card", token = "tok_late" },
            5 => new { method = "card", token = "tok_timeout" },
            6 => new { method = "card", token = "tok_decline" },
            7 => new { method = "card", token = "tok_approve", walletAmount = 500 },
            _ => new { method = "wallet" },
        };
        object[] lines = shopper.Random.Next(10) switch
        {
            < 2 => [Line(console, 2)],
            2 => [Line(console, 1), Line(game, 1)],
            3 => [Line(console, 1), Line(giftCard, 2)],
            4 => [Line(giftCard, 2)],
            _ => [Line(game, 1)],
        };
        return new { lines, shippingAddressId = shopper.Address, payment, currency = "USD", couponCode = shopper.Random.Next(6) == 0 ? coupon : null };
    }

    // An answer that says nothing of the order, such as a gateway's that finds no service, is none.
    private static async Task<(HttpStatusCode Status, JsonElement Body)> Insist(Shopper shopper, Func<HttpRequestMessage> request)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                using var message = request();
                using var answer = await shopper.Client.SendAsync(message);
                if (answer.StatusCode == HttpStatusCode.Unauthorized)
                {
                    await RunningStore.SignIn(shopper.Client, shopper.Email, shopper.Password);
                }
                else if ((int)answer.StatusCode < 500 && answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout))
                {
                    var text = await answer.Content.ReadAsStringAsync();
                    // An earlier try may still be at work; what became of it is asked again.
                    if (!text.Contains("requestUnderWay", StringComparison.Ordinal))
                    {
                        return (answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
                    }
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException && TimeProvider.System.GetElapsedTime(started) < Patience)
            {
                // Asked again below.
            }

            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, "Nobody answers.");
            await Task.Delay(shopper.Random.Next(200, 700));
        }
    }

    private static async Task<Dictionary<Guid, string>> OrdersOf(Shopper shopper)
    {
        var orders = new Dictionary<Guid, string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var address = $"/api/orders?pageSize=100{cursor}";
            var page = (await Insist(shopper, () => new HttpRequestMessage(HttpMethod.Get, address))).Body;
            foreach (var order in page.GetProperty("items").EnumerateArray())
            {
                orders[order.GetProperty("id").GetGuid()] = order.GetProperty("status").GetString()!;
            }

            cursor = page.GetProperty("nextCursor").GetString() is { } next ? $"&cursor={next}" : null;
        }

        return orders;
    }

    private static async Task<(IReadOnlyList<Shopping.Offer> Items, string? Cursor)> Offers(HttpClient client, string query)
    {
        var page = await client.GetFromJsonAsync<JsonElement>($"/api/products?{query}");
        return (
            [.. page.GetProperty("items").EnumerateArray().Select(Shopping.OfferOf)],
            page.GetProperty("nextCursor").GetString() is { } next ? string.Create(CultureInfo.InvariantCulture, $"&cursor={next}") : null);
    }

    private sealed record Shopper(int Number, string Email, string Password, HttpClient Client, Guid Address, Random Random)
    {
        /// <summary>The orders by the keys that they were placed with.</summary>
        public ConcurrentDictionary<string, Guid> Accepted { get; } = new();

        /// <summary>What the store refused, and when.</summary>
        public List<(DateTimeOffset At, string Why)> Refused { get; } = [];

        /// <summary>The first refusal after an order was made, in words: what its shopper may have been told of it.</summary>
        public string RefusedAt(Guid order)
        {
            var made = DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(order.ToString("N")[..12], 16));
            return Refused.Find(refusal => refusal.At >= made) is { Why: { } why } first ? $"{first.At - made} later: {why}" : "nothing since";
        }
    }
}
