using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PlayStationStore.Store.Tests;

/// <summary>What administrators set up for orders, and what comes of it.</summary>
public sealed class OfficeJourneyTests(RunningStore store) : ShopperJourney(store)
{
    [Fact]
    public async Task An_administrator_registers_an_address_which_is_told_signed_and_told_again()
    {
        using var program = new WebhookReceiver();
        var office = await Staff("admin");
        await office.GotoAsync("/admin/webhooks");
        await office.GetByRole(AriaRole.Textbox, new() { NameRegex = new("^Address") }).FillAsync($"{program.Address}");
        await office.GetByRole(AriaRole.Button, new() { Name = "Register" }).ClickAsync();
        await Expect(office.GetByText("The secret, this once")).ToBeVisibleAsync();
        var secret = await office.Locator(".office-secret code").InnerTextAsync();

        await office.GetByRole(AriaRole.Button, new() { Name = "Send a test" }).ClickAsync();
        await Expect(office.GetByText("A test is on its way.")).ToBeVisibleAsync();
        Assert.Equal("webhook.test", Type(await program.Take(secret)));

        var order = await Client.PlaceOrder(await Client.Find("kind=game&search=tekken%205")).Accepted();
        var (paid, completed) = (await program.Take(secret), await program.Take(secret));
        Assert.Equal(("order.paid", "order.completed"), (Type(paid), Type(completed)));
        Assert.All([paid, completed], told => Assert.Equal(order, told.Body.GetProperty("data").GetProperty("id").GetGuid()));

        await office.ReloadAsync();
        await office.GetByRole(AriaRole.Button, new() { Name = "Send again" }).First.ClickAsync();
        await Expect(office.GetByText("It is on its way again.")).ToBeVisibleAsync();
        Assert.Equal(completed.Id, (await program.Take(secret)).Id);

        // What other journeys do is no longer told to anybody.
        await office.GetByText("Remove this address").ClickAsync();
        await office.GetByRole(AriaRole.Button, new() { Name = "Remove it, with all that was sent" }).ClickAsync();
        await Expect(office.GetByRole(AriaRole.Link, new() { Name = $"{program.Address}" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_administrator_makes_a_coupon_for_one_game_changes_it_and_ends_it_and_a_shopper_pays_less_for_that_game()
    {
        var code = $"OFFICE-{Guid.NewGuid():N}"[..16].ToUpperInvariant();
        var (lowered, full) = (await Client.Find("kind=game&search=tekken%205"), await Client.Find("kind=game&search=tekken%203"));
        foreach (var game in new[] { lowered, full })
        {
            using var added = await Client.PutAsJsonAsync($"/api/cart/items/{game.Sku}", new { quantity = 1 });
            added.EnsureSuccessStatusCode();
        }

        var (office, page) = (await Staff("admin"), await Visit());
        await office.GotoAsync("/admin/coupons");
        await office.GetByLabel("Code").FillAsync(code);
        await office.GetByLabel("Description").FillAsync("From the office");
        await office.GetByLabel("Percent off").FillAsync("20");
        await office.GetByLabel("Products").FillAsync("tekken-55");
        await office.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
        await Expect(office.GetByText("There is no product tekken-55.")).ToBeVisibleAsync();
        await office.GetByLabel("Products").FillAsync($"{Store.Address}product/{lowered.Slug}");
        await office.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
        await Expect(office.GetByText("The coupon is made")).ToBeVisibleAsync();
        await TakesOff(20);

        await office.GetByRole(AriaRole.Link, new() { Name = code }).ClickAsync();
        await Expect(office.GetByLabel("Products")).ToHaveValueAsync(lowered.Slug);
        await office.GetByLabel("Percent off").FillAsync("50");
        await office.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(office.GetByText("The coupon is changed.")).ToBeVisibleAsync();
        await TakesOff(50);

        await office.GetByRole(AriaRole.Button, new() { Name = $"End {code}" }).ClickAsync();
        await Expect(office.GetByText("The coupon has ended.")).ToBeVisibleAsync();
        await Expect(office.GetByRole(AriaRole.Row).Filter(new() { HasText = code }).GetByText("Ended")).ToBeVisibleAsync();

        async Task TakesOff(int percent)
        {
            var off = Math.Round(lowered.Price * percent / 100m, MidpointRounding.AwayFromZero);
            await page.GotoAsync("/checkout");
            await page.GetByLabel("coupon code").FillAsync(code);
            await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Pay ${(lowered.Price + full.Price - off) / 100m:0.00}" })).ToBeVisibleAsync();
        }
    }

    private static string? Type((string Id, JsonElement Body) told) => told.Body.GetProperty("type").GetString();
}
