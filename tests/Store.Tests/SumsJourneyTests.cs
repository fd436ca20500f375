using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PlayStationStore.Store.Tests;

/// <summary>What real stores get wrong in carts and sums, through the gateway, with everything behind it running.</summary>
public sealed class SumsJourneyTests(RunningStore store) : ShopperJourney(store)
{
    [Theory]
    [InlineData(33, 10_06)]
    [InlineData(15, 4_57)]
    public async Task A_percentage_is_the_same_on_the_page_in_the_answer_the_books_and_the_mail_and_goes_back_line_by_line(int percent, long discount)
    {
        using var administrator = await Store.SignedInAs("admin");
        var coupon = await Coupon(administrator, percent);
        long[] prices = [9_99, 19_99, 49];
        var games = (await Client.GetFromJsonAsync<JsonElement>("/api/products?kind=game&platform=PSP&sort=name&pageSize=3")).GetProperty("items").EnumerateArray()
            .Select(Shopping.OfferOf).Zip(prices, (game, price) => game with { Price = price }).ToList();
        foreach (var game in games)
        {
            using var priced = await administrator.PutAsJsonAsync($"/api/products/variants/{game.Sku}/price", new { price = game.Price, currency = "USD" });
            priced.EnsureSuccessStatusCode();
            using var added = await Client.PutAsJsonAsync($"/api/cart/items/{game.Sku}", new { quantity = 1 });
            added.EnsureSuccessStatusCode();
        }

        var total = prices.Sum() - discount;
        var words = $"${total / 100m:0.00}";
        var page = await Visit();
        await page.GotoAsync("/checkout");
        await page.GetByLabel("coupon code").FillAsync(coupon);
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Pay {words}" })).ToBeVisibleAsync();
        var id = await page.Pay();
        var order = await Client.Reaches(id, "completed");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync(words);

        Assert.Equal((total, discount), (Amount(order.GetProperty("total")), Amount(order.GetProperty("discount"))));
        var lines = order.GetProperty("lines").EnumerateArray().ToDictionary(
            line => line.GetProperty("sku").GetString()!, line => Amount(line.GetProperty("lineTotal")) - Amount(line.GetProperty("discount")));
        Assert.Equal(total, lines.Values.Sum());
        var mail = await Mail(order.GetProperty("number").GetString()!);
        Assert.All((string[])[$"Total: {words}", $": -${discount / 100m:0.00}", "Content-Disposition: attachment"], part => Assert.Contains(part, mail, StringComparison.Ordinal));

        foreach (var (sku, paid) in lines)
        {
            using var given = await Client.PostAsJsonAsync($"/api/orders/{id}/refund", new { lines = new[] { new { sku, quantity = 1 } } });
            var refunds = (await given.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("refunds");
            Assert.Equal(paid, Amount(refunds.EnumerateArray().Last().GetProperty("amount")));
        }

        var books = await administrator.GetFromJsonAsync<JsonElement>("/api/admin/books/orders");
        Assert.DoesNotContain(books.GetProperty("checks").EnumerateArray(), check => check.GetProperty("name").GetString() is "totals" or "paid" or "refundedLines" && !check.GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task A_coupon_that_pays_all_leads_to_the_library_without_a_charge()
    {
        using var administrator = await Store.SignedInAs("admin");
        var coupon = await Coupon(administrator, 100);
        var page = await Visit(script: false, width: 360);
        await page.SearchAndAddToCart("Tekken 3");
        await page.GotoAsync("/checkout");
        await page.GetByLabel("coupon code").FillAsync(coupon);
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Place the order" }).ClickAsync();
        await page.WaitForURLAsync("**/orders/*");

        var order = await Client.Reaches(Guid.Parse(new Uri(page.Url).Segments[^1]), "completed");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "It is yours. Have fun" })).ToBeVisibleAsync();
        Assert.Equal((0, "Nothing to pay"), (Amount(order.GetProperty("total")), order.GetProperty("payment").GetProperty("description").GetString()));
        await page.GotoAsync("/library");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Tekken 3");
    }

    [Fact]
    public async Task Whoever_signs_in_again_and_in_two_tabs_has_one_in_the_cart()
    {
        var email = $"tabs-{Guid.NewGuid():N}@example.com";
        (await Store.NewShopper(email)).Dispose();
        var page = await Visitor();
        await page.SearchAndAddToCart("Tekken 5");
        await page.SignIn(email, "Good-pass-1");
        await page.WaitForURLAsync(Store.Address.ToString());
        await HasOne(page);

        for (var time = 0; time < 2; time++)
        {
            // The session goes, and nothing else that the browser keeps.
            await page.Context.ClearCookiesAsync(new() { Name = "store.session" });
            var other = await page.Context.NewPageAsync();
            await Task.WhenAll(page.GotoAsync("/sign-in"), other.GotoAsync("/sign-in"));
            await page.SignIn(email, "Good-pass-1");
            await page.WaitForURLAsync(Store.Address.ToString());
            await HasOne(page);
            await other.GotoAsync("/cart");
            await HasOne(other);
            await other.CloseAsync();
        }
    }

    [Fact]
    public async Task What_another_tab_adds_while_the_payment_page_is_open_is_not_ordered_and_stays_in_the_cart()
    {
        var page = await Visit();
        await page.SearchAndAddToCart("Tekken 5");
        await page.GotoAsync("/checkout");
        var pay = await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Pay ") }).InnerTextAsync();

        var other = await page.Context.NewPageAsync();
        await other.SearchAndAddToCart("Tekken 3");
        var order = await Client.Reaches(await page.Pay(), "completed");

        Assert.Equal("Tekken 5", Assert.Single(order.GetProperty("lines").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(pay.Trim(), $"Pay ${Amount(order.GetProperty("total")) / 100m:0.00}");
        Assert.Equal([("Captured", Amount(order.GetProperty("total")))], Store.ChargesOf(order.GetProperty("id").GetGuid()));
        await other.ReloadAsync();
        await HasOne(other);
        await Expect(other.GetByRole(AriaRole.Main)).ToContainTextAsync("Tekken 3");
        await Expect(other.GetByRole(AriaRole.Main)).Not.ToContainTextAsync("Tekken 5");
    }

    private static Task HasOne(IPage page) => Expect(page.GetByRole(AriaRole.Link, new() { Name = "Cart, 1 item", Exact = true })).ToBeVisibleAsync();

    private static long Amount(JsonElement money) => money.GetProperty("amount").GetInt64();

    private static async Task<string> Coupon(HttpClient administrator, int percent)
    {
        var code = $"S-{Guid.NewGuid():N}"[..14].ToUpperInvariant();
        using var created = await administrator.PostAsJsonAsync("/api/admin/coupons", new { code, description = $"{percent} % off", percent });
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        return code;
    }

    private async Task<string> Mail(string number)
    {
        var folder = Path.Combine(Store.Folder, "users", "mail");
        string? file = null;
        await RunningStore.Eventually(
            () => Task.FromResult((file = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, $"*{number}.eml").FirstOrDefault() : null) is not null), "the receipt is mailed");
        return await File.ReadAllTextAsync(file!);
    }
}
