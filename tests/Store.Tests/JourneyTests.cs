using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PlayStationStore.Store.Tests;

/// <summary>What shoppers and staff do in the browser, through the gateway, with everything behind it running.</summary>
[Collection(nameof(RunningStore))]
public sealed class JourneyTests(RunningStore store) : IAsyncLifetime
{
    private Browser browser = null!;

    [Fact]
    public async Task A_new_shopper_buys_a_game_and_a_console_and_staff_bring_the_console_to_the_door()
    {
        using var administrator = await store.SignedInAs("admin");
        var console = await administrator.Find("kind=console&search=PlayStation%205");
        var stockBefore = await StockOf(administrator, console);
        var page = await browser.Visit(store.Address);

        await page.SignUp($"journey-{Guid.NewGuid():N}@example.com");
        await page.SearchAndAddToCart("Gran Turismo 5");
        await page.GotoAsync($"/product/{console.Slug}");
        await page.AddToCart();
        await page.GetByRole(AriaRole.Button, new() { Name = "Go to checkout" }).ClickAsync();
        await page.AddAddressAtCheckout();
        var order = await page.Pay();

        // No reload: the page follows the order by itself.
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your order is being packed" })).ToBeVisibleAsync();
        await page.GotoAsync("/library");
        await Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Gran Turismo 5" })).ToBeVisibleAsync();
        Assert.Equal(stockBefore - 1, await StockOf(administrator, console));

        var office = await browser.Visit(store.Address);
        await office.SignIn("staff@example.com", "Staff-pass-1");
        await Expect(office.GetByRole(AriaRole.Link, new() { NameRegex = new("^Account of") })).ToBeVisibleAsync();
        await office.GotoAsync($"/admin/orders/{order}");
        await office.GetByLabel("Tracking number").FillAsync("TRACK-1");
        await office.GetByRole(AriaRole.Button, new() { Name = "Ship", Exact = true }).ClickAsync();
        await office.GetByRole(AriaRole.Button, new() { Name = "Mark as delivered" }).ClickAsync();

        await page.GotoAsync($"/orders/{order}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Delivered. Have fun" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Tracking number TRACK-1").First).ToBeVisibleAsync();
        await page.GotoAsync("/notifications");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("is paid");
    }

    [Fact]
    public async Task A_shopper_without_javascript_fills_a_cart_signs_in_and_buys()
    {
        var page = await browser.Visit(store.Address, script: false, width: 360);

        await page.SearchAndAddToCart("Tekken 5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go to checkout" }).ClickAsync();
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Create an account" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync("New Shopper");
        await page.GetByLabel("Email").FillAsync($"quiet-{Guid.NewGuid():N}@example.com");
        await page.GetByLabel("Password").FillAsync("Good-pass-1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await page.WaitForURLAsync("**/checkout**");
        var order = await page.Pay();

        await RunningStore.Eventually(async () =>
        {
            await page.GotoAsync($"/orders/{order}");
            return await page.GetByRole(AriaRole.Heading, new() { Name = "It is yours. Have fun" }).CountAsync() == 1;
        }, "the order page says that the game is the shopper's");
    }

    [Fact]
    public async Task A_payment_that_is_answered_late_is_confirmed_again_and_again_and_makes_one_order_and_one_charge()
    {
        var email = $"hasty-{Guid.NewGuid():N}@example.com";
        var page = await browser.Visit(store.Address);
        await page.SignUp(email);
        await page.SearchAndAddToCart("Crash Bandicoot 2: Cortex Strikes Back");
        await page.GotoAsync("/checkout");
        await page.GetByText("Test card that answers late").ClickAsync();

        // The form as the browser has it, sent twice at the same instant, and once more from the page that Back shows.
        var sent = await page.Evaluate<string[]>(
            """
            async () => {
                const send = () => {
                    const data = new FormData(document.querySelector('#pay'));
                    data.set('Order.Step', 'pay');
                    for (const field of document.querySelectorAll('[form=pay]:checked')) data.set(field.name, field.value);
                    return fetch(document.querySelector('#pay').action || location.href, { method: 'POST', body: new URLSearchParams(data) }).then(answer => answer.url);
                };
                return [...await Promise.all([send(), send()]), await send()];
            }
            """);
        var order = await page.Pay();
        await page.ReloadAsync();
        await page.GoBackAsync();
        await page.GoForwardAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "It is yours. Have fun" })).ToBeVisibleAsync();

        Assert.All(sent.Append(page.Url), address => Assert.EndsWith($"/orders/{order}", address, StringComparison.Ordinal));
        using var shopper = store.Anonymous();
        await RunningStore.SignIn(shopper, email, "Good-pass-1");
        var orders = (await shopper.GetFromJsonAsync<JsonElement>("/api/orders")).GetProperty("items");
        Assert.Equal(order, Assert.Single(orders.EnumerateArray()).GetProperty("id").GetGuid());
        Assert.Equal([("Captured", orders[0].GetProperty("total").GetProperty("amount").GetInt64())], store.ChargesOf(order));
    }

    [Fact]
    public async Task A_card_that_is_declined_is_told_on_the_order_page_and_the_goods_go_back_into_the_cart()
    {
        var page = await browser.Visit(store.Address);
        await page.SignUp($"declined-{Guid.NewGuid():N}@example.com");
        await page.SearchAndAddToCart("Metal Gear Solid 2: Sons of Liberty");
        await page.GotoAsync("/checkout");
        await page.GetByText("Test card that is declined").ClickAsync();

        await page.Pay();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "This order was not completed" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Put it back into the cart" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Metal Gear Solid 2");
    }

    [Fact]
    public async Task A_parcel_is_cancelled_after_a_question_and_its_page_says_by_itself_that_the_money_is_back()
    {
        using var client = store.Anonymous();
        var pad = await client.Find("kind=accessory");
        var page = await browser.Visit(store.Address);
        await page.SignUp($"doubtful-{Guid.NewGuid():N}@example.com");
        await page.GotoAsync($"/product/{pad.Slug}");
        await page.AddToCart();
        await page.GetByRole(AriaRole.Button, new() { Name = "Go to checkout" }).ClickAsync();
        await page.AddAddressAtCheckout();
        await page.Pay();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your order is being packed" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Cancel this order" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, cancel the order" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Refunded", Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByText("went back to your card")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_owns_a_game_is_shown_the_library_in_place_of_the_cart()
    {
        using var client = store.Anonymous();
        var game = await client.Find("kind=game&search=ape%20escape");
        var page = await browser.Visit(store.Address);
        await page.SignUp($"owner-{Guid.NewGuid():N}@example.com");
        await page.GotoAsync($"/product/{game.Slug}?sku={game.Sku}");
        await page.AddToCart();
        await page.GetByRole(AriaRole.Button, new() { Name = "Go to checkout" }).ClickAsync();
        await page.Pay();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "It is yours. Have fun" })).ToBeVisibleAsync();

        await page.GotoAsync($"/product/{game.Slug}?sku={game.Sku}");

        await Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "In your library", Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Add to cart" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_account_is_closed_and_its_address_is_free_for_another()
    {
        var (page, email) = (await browser.Visit(store.Address, script: false), $"gone-{Guid.NewGuid():N}@example.com");
        await page.SignUp(email);
        await page.GotoAsync("/account");

        await page.GetByRole(AriaRole.Link, new() { Name = "Close account" }).ClickAsync();
        await page.GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close account" }).ClickAsync();
        await Expect(page.GetByText("Your account is closed")).ToBeVisibleAsync();

        await page.SignUp(email);
    }

    [Fact]
    public async Task A_wrong_password_is_told_and_the_right_one_still_works()
    {
        var page = await browser.Visit(store.Address);

        await page.SignIn("shopper@example.com", "not-the-password");
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.SignIn("shopper@example.com", "Shopper-pass-1");

        await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Account of") })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_signs_out_is_out_and_a_copied_session_is_too()
    {
        var page = await browser.Visit(store.Address);
        await page.SignUp($"leaving-{Guid.NewGuid():N}@example.com");
        await page.GotoAsync("/account");

        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).First).ToBeVisibleAsync();
        await page.GotoAsync("/orders");

        await Expect(page).ToHaveURLAsync(new Regex("/sign-in"));
    }

    [Fact]
    public async Task An_administrator_changes_a_price_and_the_next_shopper_sees_it()
    {
        var office = await browser.Visit(store.Address);
        using var client = store.Anonymous();
        var game = await client.Find("kind=game&search=ico");
        await office.SignIn("admin@example.com", "Admin-pass-1");
        await Expect(office.GetByRole(AriaRole.Link, new() { NameRegex = new("^Account of") })).ToBeVisibleAsync();

        await office.GotoAsync($"/admin/products/{game.ProductId}");
        await office.GetByLabel("Price", new() { Exact = false }).First.FillAsync("12.34");
        await office.GetByRole(AriaRole.Button, new() { Name = "Change price" }).First.ClickAsync();

        var page = await browser.Visit(store.Address);
        await RunningStore.Eventually(async () =>
        {
            await page.GotoAsync($"/product/{game.Slug}");
            return (await page.GetByRole(AriaRole.Main).InnerTextAsync()).Contains("$12.34", StringComparison.Ordinal);
        }, "the product page shows the new price");
    }

    public async ValueTask InitializeAsync() => browser = await Browser.Launch();

    public ValueTask DisposeAsync() => browser.DisposeAsync();

    private static async Task<int> StockOf(HttpClient administrator, Shopping.Offer offer)
    {
        var product = await administrator.GetFromJsonAsync<JsonElement>($"/api/admin/products/{offer.ProductId}");
        return product.GetProperty("variants").EnumerateArray().Single(variant => variant.GetProperty("sku").GetString() == offer.Sku).GetProperty("onHand").GetInt32();
    }
}
