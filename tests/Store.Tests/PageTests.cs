using System.Net.Http.Json;
using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace PlayStationStore.Store.Tests;

/// <summary>Every page, at the widths and in the schemes of the look: it answers, fits its window, and axe finds nothing.</summary>
[Collection(nameof(RunningStore))]
public sealed class PageTests(RunningStore store) : IAsyncLifetime
{
    // Screenshots for people to look at, where this is set to a folder.
    private static readonly string? Screenshots = Environment.GetEnvironmentVariable("STORE_SCREENSHOTS");

    private static readonly string[] Public =
        ["/", "/browse", "/browse?search=gran+turismo", "/browse?search=nothing-like-this", "/browse?minPrice=abc", "/browse?platform=PS4", "/product/gran-turismo-5", "/product/playstation-5-console", "/compare?product=gran-turismo-5&product=tekken-5&find=gran", "/cart", "/sign-in", "/sign-up", "/membership", "/help", "/status", "/no-such-page"];

    private static readonly string[] Shopper =
        ["/cart", "/checkout", "/orders", "/orders/{order}", "/library", "/wallet", "/wishlist", "/notifications", "/account", "/account/addresses", "/account/cards", "/membership", "/account/close", "/orders/{parcel}", "/orders/{parcel}?ask=cancel", "/orders/{order}/refund", "/orders/{order}/receipt", "/orders/{gift}", "/checkout?gift={sku}", "/redeem"];

    private static readonly string[] Office = ["/admin/orders", "/admin/orders/{order}", "/admin/products", "/admin/products/{product}", "/admin/categories", "/admin/categories/{category}", "/admin/messages", "/admin/audit", "/admin/webhooks", "/admin/returns", "/admin/coupons", "/admin/coupons/{coupon}", "/admin/monthly-games", "/admin/searches", "/admin/imports", "/admin/prices?sku={sku}"];

    private static readonly (int Width, ColorScheme Scheme)[] Windows = [(1440, ColorScheme.Dark), (1440, ColorScheme.Light), (360, ColorScheme.Light), (360, ColorScheme.Dark)];

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private Browser browser = null!;

    [Fact]
    public async Task Every_page_fits_its_window_in_both_schemes_and_is_accessible()
    {
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

        var (visitor, shopper, office) = (await browser.Visit(store.Address), await browser.Visit(store.Address), await browser.Visit(store.Address));
        await SignIn(shopper, email, "Good-pass-1");
        await shopper.GotoAsync($"/product/{console.Slug}");
        await shopper.AddToCart();
        await SignIn(office, "admin@example.com", "Admin-pass-1");
        using var administrator = await store.SignedInAs("admin");
        var coupon = (await administrator.GetFromJsonAsync<JsonElement>("/api/admin/coupons")).GetProperty("items")[0].GetProperty("id").GetGuid();
        var category = (await client.GetFromJsonAsync<JsonElement>("/api/categories"))[0].GetProperty("id").GetGuid();
        var failures = await Task.WhenAll(
            LookAtAll(visitor, "", Public),
            LookAtAll(shopper, "shopper", Shopper.Select(address => address.Replace("{order}", $"{order}", StringComparison.Ordinal)
                .Replace("{parcel}", $"{parcel}", StringComparison.Ordinal).Replace("{gift}", $"{gift}", StringComparison.Ordinal)
                .Replace("{sku}", game.Sku, StringComparison.Ordinal))),
            LookAtAll(office, "office", Office.Select(address => address.Replace("{order}", $"{order}", StringComparison.Ordinal)
                .Replace("{product}", $"{console.ProductId}", StringComparison.Ordinal).Replace("{category}", $"{category}", StringComparison.Ordinal)
                .Replace("{coupon}", $"{coupon}", StringComparison.Ordinal).Replace("{sku}", console.Sku, StringComparison.Ordinal))));

        Assert.True(failures.All(found => found.Count == 0), string.Join('\n', failures.SelectMany(found => found)));
    }

    public async ValueTask InitializeAsync() => browser = await Browser.Launch();

    public ValueTask DisposeAsync() => browser.DisposeAsync();

    private async Task SignIn(IPage page, string email, string password)
    {
        await page.SignIn(email, password);
        await page.WaitForURLAsync(store.Address.ToString());
    }

    private static async Task<List<string>> LookAtAll(IPage page, string who, IEnumerable<string> addresses)
    {
        var failures = new List<string>();
        foreach (var address in addresses)
        {
            await Look(page, who, address, failures);
        }

        return failures;
    }

    // A page is the same in every window, and what differs is its style: so it is loaded once, and its window changes.
    private static async Task Look(IPage page, string who, string address, List<string> failures)
    {
        var answer = await page.GotoAsync(address);
        if (answer!.Status != (address == "/no-such-page" ? 404 : 200))
        {
            failures.Add($"{address} answers {answer.Status}");
        }

        await page.WaitForLoadStateAsync(LoadState.Load);
        await page.Evaluate<object?>(Axe);
        foreach (var (width, scheme) in Windows)
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            var violations = await page.Evaluate<string[]>(
                """
                async () => {
                    // Ended and not waited for: a window that nobody sees may draw nothing, and then nothing ends by itself.
                    document.getAnimations().filter(one => one.effect.getComputedTiming().endTime !== Infinity).forEach(one => one.finish());
                    const found = await axe.run(document, { resultTypes: ['violations'] });
                    return found.violations.map(one => `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map(node => node.html).join(' | ')}`);
                }
                """);
            failures.AddRange(violations.Select(violation => $"{address} {width} {scheme}: {violation}"));
            var overflow = await page.Evaluate<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (overflow > 0)
            {
                failures.Add($"{address} {width} {scheme}: {overflow} px wider than the window");
            }

            if (await page.Evaluate<bool>("[...document.querySelectorAll('.check input:checked')].some(box => getComputedStyle(box, '::after').content === 'none')"))
            {
                failures.Add($"{address} {width} {scheme}: a box that is ticked shows no tick");
            }

            if (Screenshots is not null)
            {
                var name = $"{who}{address}-{width}-{scheme}".Replace('/', '_').Replace('?', '_').ToLowerInvariant();
                await page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, name + ".png"), FullPage = true });
            }
        }
    }
}
