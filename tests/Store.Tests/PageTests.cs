using System.Net.Http.Json;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace PlayStationStore.Store.Tests;

/// <summary>Every page, at the widths and in the schemes of the look: it answers, fits its window, and axe finds nothing.</summary>
[Collection(nameof(RunningStore))]
public sealed class PageTests(RunningStore store) : IAsyncLifetime
{
    // Screenshots for people to look at, where this is set to a folder.
    private static readonly string? Screenshots = Environment.GetEnvironmentVariable("STORE_SCREENSHOTS");

    private static readonly string[] Public =
        ["/", "/browse", "/browse?search=gran+turismo", "/browse?search=nothing-like-this", "/browse?minPrice=abc", "/product/gran-turismo-5", "/product/playstation-5-console", "/cart", "/sign-in", "/sign-up", "/membership", "/help", "/status", "/no-such-page"];

    private static readonly string[] Shopper =
        ["/cart", "/checkout", "/orders", "/orders/{order}", "/library", "/wallet", "/wishlist", "/notifications", "/account", "/account/addresses", "/account/cards", "/membership", "/account/close", "/orders/{parcel}", "/orders/{parcel}?ask=cancel", "/orders/{order}/refund", "/orders/{order}/receipt", "/orders/{gift}", "/checkout?gift={sku}", "/redeem"];

    private static readonly string[] Office = ["/admin/orders", "/admin/orders/{order}", "/admin/products", "/admin/products/{product}", "/admin/messages", "/admin/audit", "/admin/webhooks", "/admin/returns", "/admin/coupons", "/admin/monthly-games", "/admin/searches"];

    private Browser browser = null!;

    [Theory]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    public async Task Every_page_fits_its_window_and_is_accessible(int width, ColorScheme scheme)
    {
        // Somebody of their own at each width: a game is bought once.
        var email = $"looker-{Guid.NewGuid():N}@example.com";
        using var client = await store.NewShopper(email);
        var (game, console) = (await client.Find("kind=game&search=gran%20turismo%205"), await client.Find("kind=console"));
        var order = await client.PlaceOrder(game).Accepted();
        await client.Reaches(order, "completed");
        var parcel = await client.PlaceOrder(console, address: await client.AddAddress()).Accepted();
        await client.Reaches(parcel, "awaitingShipment");
        // Owned by now, it can still be given away.
        var gift = await client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/orders")
        {
            Headers = { { "Idempotency-Key", Guid.NewGuid().ToString() } },
            Content = JsonContent.Create(new
            {
                lines = new[] { new { sku = game.Sku, quantity = 1, unitPrice = game.Price, gift = new { email = "friend@example.com", message = "Happy birthday!" } } },
                payment = new { method = "card", token = "tok_approve" },
                currency = "USD",
            }),
        }).Accepted();
        await client.Reaches(gift, "completed");
        (await client.PutAsJsonAsync($"/api/cart/items/{game.Sku}", new { quantity = 1 })).Dispose();
        var failures = new List<string>();

        var visitor = await browser.Visit(store.Address, width: width, scheme: scheme);
        foreach (var address in Public)
        {
            failures.AddRange(await Look(visitor, "", address, width, scheme));
        }

        var shopper = await browser.Visit(store.Address, width: width, scheme: scheme);
        await shopper.SignIn(email, "Good-pass-1");
        await shopper.WaitForURLAsync(store.Address.ToString());
        await shopper.GotoAsync($"/product/{console.Slug}");
        await shopper.AddToCart();
        foreach (var address in Shopper)
        {
            failures.AddRange(await Look(shopper, "shopper", address.Replace("{order}", $"{order}", StringComparison.Ordinal)
                .Replace("{parcel}", $"{parcel}", StringComparison.Ordinal).Replace("{gift}", $"{gift}", StringComparison.Ordinal)
                .Replace("{sku}", game.Sku, StringComparison.Ordinal), width, scheme));
        }

        var office = await browser.Visit(store.Address, width: width, scheme: scheme);
        await office.SignIn("admin@example.com", "Admin-pass-1");
        await office.WaitForURLAsync(store.Address.ToString());
        foreach (var address in Office)
        {
            failures.AddRange(await Look(office, "office", address.Replace("{order}", $"{order}", StringComparison.Ordinal)
                .Replace("{product}", $"{console.ProductId}", StringComparison.Ordinal), width, scheme));
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    public async ValueTask InitializeAsync() => browser = await Browser.Launch();

    public ValueTask DisposeAsync() => browser.DisposeAsync();

    private static async Task<IEnumerable<string>> Look(IPage page, string who, string address, int width, ColorScheme scheme)
    {
        var answer = await page.GotoAsync(address);
        await page.WaitForLoadStateAsync(LoadState.Load);
        if (Screenshots is not null)
        {
            var name = $"{who}{address}-{width}-{scheme}".Replace('/', '_').Replace('?', '_').ToLowerInvariant();
            await page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, name + ".png"), FullPage = true });
        }

        var failures = (await page.RunAxe()).Violations.Select(violation =>
            $"{address} {width} {scheme}: {violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}").ToList();
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (overflow > 0)
        {
            failures.Add($"{address} {width} {scheme}: {overflow} px wider than the window");
        }

        var expected = address == "/no-such-page" ? 404 : 200;
        if (answer!.Status != expected)
        {
            failures.Add($"{address} answers {answer.Status}");
        }

        return failures;
    }
}
