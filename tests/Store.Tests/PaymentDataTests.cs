using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using MimeKit;
using StackExchange.Redis;

namespace PlayStationStore.Store.Tests;

/// <summary>What pays is written down nowhere: not in logs, databases, queues, caches, mails or spans.</summary>
[Collection(nameof(RunningStore))]
public sealed class PaymentDataTests(RunningStore store)
{
    /// <summary>A number as somebody types it into the wrong field; the last one has the spaces of a card.</summary>
    private static readonly string[] Numbers = ["4929148271653308", "4929 1482 7165 3308"];

    /// <summary>What must never be found.</summary>
    public static readonly IReadOnlyList<string> Secrets = ["tok_approve", "tok_decline", "tok_late", "tok_timeout", "tok_closed", .. Numbers];

    [Fact]
    public async Task No_token_and_no_card_number_is_in_any_log_database_queue_cache_mail_or_span()
    {
        var email = $"payer-{Guid.NewGuid():N}@example.com";
        using var shopper = await store.NewShopper(email);
        await PayInEveryWay(shopper);
        await TypeNumbersIntoFields(shopper);
        await shopper.Reaches(await PayInTheBrowser(email), "completed");
        await AllHaveReported(shopper);

        var found = new List<string>();
        found.AddRange(store.Telemetry.Leaks.Select(leak => $"telemetry: {leak}"));
        found.AddRange(store.Logs.Leaks.Select(leak => $"log of {leak}"));
        found.AddRange(InFiles());
        found.AddRange(await InCache());

        Assert.DoesNotContain((string[])["gateway", "web", "users", "products", "orders"], part => store.Logs.CountOf(part) == 0);
        Assert.Empty(found);
    }

    private static async Task PayInEveryWay(HttpClient shopper)
    {
        var games = await shopper.GetFromJsonAsync<JsonElement>("/api/products?kind=game&platform=PS2&minPrice=500&pageSize=7");
        var offers = games.GetProperty("items").EnumerateArray().Select(Shopping.OfferOf).ToList();
        // Answered after half a minute, which nobody waits for here.
        await shopper.PlaceOrder(offers[6], "tok_timeout").Accepted();
        var late = await shopper.PlaceOrder(offers[0], "tok_late").Accepted();
        await shopper.Reaches(await shopper.PlaceOrder(offers[1]).Accepted(), "completed");
        await shopper.Reaches(await shopper.PlaceOrder(offers[2], "tok_decline").Accepted(), "rejected");
        using var saved = await shopper.PostAsJsonAsync("/api/cards", new { token = "tok_approve" });
        Assert.Equal(HttpStatusCode.Created, saved.StatusCode);
        var card = (await saved.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        var filled = await TopUp(shopper, new { savedCardId = card });
        await shopper.Reaches(filled, "completed");
        await shopper.Reaches(await TopUp(shopper, new { token = "tok_approve" }), "completed");
        await shopper.Reaches(await Pay(shopper, offers[3], new { method = "card", savedCardId = card }), "completed");

        // A part by the wallet and a part by a card, given back; what a closed card does not take goes into the wallet.
        var both = await Pay(shopper, offers[4], new { method = "card", token = "tok_approve", walletAmount = 100 });
        var closed = await Pay(shopper, offers[5], new { method = "card", token = "tok_closed" });
        foreach (var order in (Guid[])[both, closed])
        {
            await shopper.Reaches(order, "completed");
            using var given = await shopper.PostAsJsonAsync($"/api/orders/{order}/refund", new { });
            given.EnsureSuccessStatusCode();
            await shopper.Reaches(order, "refunded");
        }

        var month = await shopper.Find("kind=subscription&sort=price");
        await shopper.Reaches(await Pay(shopper, month, new { method = "card", token = "tok_approve" }), "completed");
        using var renewed = await shopper.PutAsJsonAsync("/api/membership/renewal", new { on = true, cardId = card });
        renewed.EnsureSuccessStatusCode();
        await shopper.Reaches(late, "completed");
    }

    private static Task<Guid> Pay(HttpClient shopper, Shopping.Offer offer, object payment) => shopper.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/orders")
    {
        Headers = { { "Idempotency-Key", Guid.NewGuid().ToString() } },
        Content = JsonContent.Create(new { lines = new[] { new { sku = offer.Sku, quantity = 1, unitPrice = offer.Price } }, payment, currency = "USD" }),
    }).Accepted();

    private static async Task<Guid> TopUp(HttpClient shopper, object payment) => await shopper.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/wallet/top-ups")
    {
        Headers = { { "Idempotency-Key", Guid.NewGuid().ToString() } },
        Content = JsonContent.Create(new { amount = 10_00, currency = "USD", payment }),
    }).Accepted();

    // Each is refused. What a shopper puts into an address or a search is theirs to see, and no field for cards.
    private static async Task TypeNumbersIntoFields(HttpClient shopper)
    {
        foreach (var number in Numbers)
        {
            object line = new { sku = "ANY", quantity = 1, unitPrice = 1 };
            foreach (var (path, body) in new (string, object)[]
            {
                ("/api/orders", new { lines = new[] { line }, payment = new { method = "card", token = number }, currency = "USD" }),
                ("/api/orders", new { lines = new[] { line }, payment = new { method = number, token = "tok_approve" }, currency = "USD" }),
                ("/api/orders", new { lines = new[] { line }, payment = new { method = "card", savedCardId = number }, currency = "USD" }),
                ("/api/orders", new { lines = new[] { line }, payment = new { method = "card", cardNumber = number }, currency = "USD" }),
                ("/api/orders", new { lines = new[] { line }, payment = number, currency = "USD" }),
                ("/api/orders", new { lines = new[] { line }, payment = new { method = "card", token = "tok_approve" }, couponCode = number, currency = "USD" }),
                ("/api/wallet/top-ups", new { amount = 10_00, payment = new { token = number } }),
                ("/api/wallet/top-ups", new { amount = 10_00, payment = new { number } }),
                ("/api/cards", new { token = number }),
                ("/api/cards", new { number }),
                ("/api/wallet/redeem", new { code = number }),
                ("/api/gifts/redeem", new { code = number }),
            })
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body), Headers = { { "Idempotency-Key", Guid.NewGuid().ToString() } } };
                using var refused = await shopper.SendAsync(request);
                Assert.InRange(refused.StatusCode, HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity);
            }
        }
    }

    // Who reports a last request has reported what came before it: the gateway and the service each tell of it.
    private async Task AllHaveReported(HttpClient shopper)
    {
        foreach (var path in (string[])["/api/orders/", "/api/users/me/addresses/", "/api/products/", "/orders/"])
        {
            var marker = Guid.NewGuid().ToString();
            store.Telemetry.Await(marker);
            using var answer = await shopper.GetAsync(path + marker);
            await RunningStore.Eventually(() => Task.FromResult(store.Telemetry.CountOf(marker) >= 2), $"{path} is in the spans of the gateway and of its service");
        }
    }

    // Also what a form carries from page to page.
    private async Task<Guid> PayInTheBrowser(string email)
    {
        await using var browser = await Browser.Launch();
        var page = await browser.Visit(store.Address);
        await page.SignIn(email, "Good-pass-1");
        await page.WaitForURLAsync(store.Address.ToString());
        await page.SearchAndAddToCart("Tekken 5");
        await page.GotoAsync("/checkout");
        await page.GetByText("Test card that answers late").ClickAsync();
        await page.GetByLabel("Coupon code").FillAsync("WELCOME10");
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Remove coupon WELCOME10" })).ToBeVisibleAsync();
        Assert.DoesNotContain(Secrets, secret => page.Url.Contains(secret, StringComparison.Ordinal));
        return await page.Pay();
    }

    // Databases with what is not yet checkpointed, what RabbitMQ and Redis keep, keys and mails.
    private List<string> InFiles()
    {
        var (found, databases, mails) = (new List<string>(), 0, 0);
        foreach (var file in Directory.EnumerateFiles(store.Folder, "*", SearchOption.AllDirectories))
        {
            byte[] bytes;
            try
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var copy = new MemoryStream();
                stream.CopyTo(copy);
                bytes = copy.ToArray();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // A lock, or a server's own temporary file that is gone; that the databases were read is seen below.
                continue;
            }

            mails += file.EndsWith(".eml", StringComparison.Ordinal) ? 1 : 0;
            bytes = file.EndsWith(".eml", StringComparison.Ordinal) ? [.. bytes, .. PartsOf(bytes)] : bytes;
            databases += file.EndsWith(".db", StringComparison.Ordinal) || file.EndsWith(".db-wal", StringComparison.Ordinal) ? 1 : 0;
            found.AddRange(Secrets.Where(secret => bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(secret)) >= 0).Select(secret => $"{secret} in {file}"));
        }

        Assert.True(databases >= 6, "The databases and their journals are among the files.");
        Assert.True(mails > 0, "Mails are among the files.");
        return found;
    }

    // What a mail says, whatever its parts are encoded in.
    private static byte[] PartsOf(byte[] mail)
    {
        using var source = new MemoryStream(mail);
        using var text = new MemoryStream();
        foreach (var part in MimeMessage.Load(source).BodyParts.OfType<MimePart>())
        {
            part.Content!.DecodeTo(text);
        }

        return text.ToArray();
    }

    private async Task<List<string>> InCache()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(await store.Cache());
        var (database, found) = (redis.GetDatabase(), new List<string>());
        await foreach (var key in redis.GetServer(redis.GetEndPoints()[0]).KeysAsync(pattern: "*"))
        {
            var content = await database.KeyTypeAsync(key) switch
            {
                RedisType.String => [(string?)await database.StringGetAsync(key)],
                RedisType.Hash => (await database.HashGetAllAsync(key)).Select(entry => $"{entry.Name} {entry.Value}"),
                RedisType.List => (await database.ListRangeAsync(key)).Select(entry => (string?)entry),
                RedisType.Set => (await database.SetMembersAsync(key)).Select(entry => (string?)entry),
                RedisType.SortedSet => (await database.SortedSetRangeByRankAsync(key)).Select(entry => (string?)entry),
                _ => Array.Empty<string?>().AsEnumerable(),
            };
            found.AddRange(content.Append(key.ToString()).Where(value => value is not null && Secrets.Any(secret => value.Contains(secret, StringComparison.Ordinal)))
                .Select(value => $"{key}: {value}"));
        }

        return found;
    }
}
