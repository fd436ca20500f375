using System.Net.Http.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PlayStationStore.Store.Tests;

/// <summary>Every way to pay, and every way for the money to go back, in the browser.</summary>
public sealed class PayingJourneyTests(RunningStore store) : ShopperJourney(store)
{
    [Fact]
    public async Task A_gift_card_is_bought_its_code_is_redeemed_and_the_wallet_pays_with_a_card_and_then_alone()
    {
        var card = await Client.Find("kind=giftCard&maxPrice=2500&sort=-price");
        var page = await Visit();
        await page.GotoAsync($"/product/{card.Slug}?sku={card.Sku}");
        await page.AddToCart();
        await page.GotoAsync("/checkout");
        await page.Pay();
        var code = await page.Locator(".codes .code").First.InnerTextAsync();

        await page.GotoAsync("/wallet");
        await page.GetByRole(AriaRole.Textbox, new() { NameRegex = new("^Code") }).FillAsync(code.ToLowerInvariant());
        await page.GetByRole(AriaRole.Button, new() { Name = "Redeem" }).ClickAsync();
        await Expect(page.GetByText("The gift card is in your wallet.")).ToBeVisibleAsync();

        var (dear, cheap) = (await Game(card.Price + 1, 100_00), await Game(1, 19_99));
        await page.GotoAsync($"/product/{dear.Slug}?sku={dear.Sku}");
        await page.AddToCart();
        await page.GotoAsync("/checkout");
        await page.GetByLabel("of it from the wallet").CheckAsync();
        var order = await page.Pay();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "It is yours. Have fun" })).ToBeVisibleAsync();
        Assert.Equal("Wallet and Test card", (await Client.Reaches(order, "completed")).GetProperty("payment").GetProperty("description").GetString());
        await page.GotoAsync("/wallet");
        await Expect(page.Locator(".wallet-sum")).ToHaveTextAsync("$0.00");

        // Given back, each part goes where it came from; the wallet then pays all of a cheaper game.
        using var given = await Client.PostAsJsonAsync($"/api/orders/{order}/refund", new { });
        given.EnsureSuccessStatusCode();
        await Client.Reaches(order, "refunded");
        await RunningStore.Eventually(async () =>
        {
            await page.GotoAsync("/wallet");
            return await page.Locator(".wallet-sum").InnerTextAsync() != "$0.00";
        }, "the wallet has its part back");
        await page.GotoAsync($"/product/{cheap.Slug}?sku={cheap.Sku}");
        await page.AddToCart();
        await page.GotoAsync("/checkout");
        await page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^Wallet") }).CheckAsync();
        var second = await page.Pay();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "It is yours. Have fun" })).ToBeVisibleAsync();
        Assert.Equal("Wallet", (await Client.Reaches(second, "completed")).GetProperty("payment").GetProperty("description").GetString());
    }

    [Fact]
    public async Task A_parcel_goes_the_faster_way_and_its_receipt_says_what_of_it_is_tax()
    {
        await Client.AddAddress();
        var pad = await Client.Find("kind=accessory");
        var page = await Visit();
        await page.GotoAsync($"/product/{pad.Slug}?sku={pad.Sku}");
        await page.AddToCart();
        await page.GotoAsync("/checkout");
        var before = await page.Locator(".sums-total dd").InnerTextAsync();
        await page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^Express") }).CheckAsync();
        await Expect(page.Locator(".sums-total dd")).Not.ToHaveTextAsync(before);
        var order = await page.Pay();
        await Expect(page.GetByText("Express shipping")).ToBeVisibleAsync();

        await Client.Reaches(order, "awaitingShipment");
        await page.GotoAsync($"/orders/{order}/receipt");
        await Expect(page.GetByText("Delivery, express")).ToBeVisibleAsync();
        await Expect(page.GetByText("tax", new() { Exact = false }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Staff_give_the_money_of_a_piece_back_with_a_reason_that_the_shopper_reads()
    {
        var pad = await Client.Find("kind=accessory");
        var order = await Client.PlaceOrder(pad, address: await Client.AddAddress(), quantity: 2).Accepted();
        await Client.Reaches(order, "awaitingShipment");
        using var clerk = await Store.SignedInAs("staff");
        await clerk.Deliver(order);

        var office = await Staff("staff");
        await office.GotoAsync($"/admin/orders/{order}");
        await office.GetByText("Give money back", new() { Exact = true }).ClickAsync();
        await office.GetByLabel(pad.Name).FillAsync("1");
        await office.GetByLabel("Reason").SelectOptionAsync("faulty");
        await office.GetByLabel("Note").FillAsync("Sorry for the stick that drifts");
        await office.GetByRole(AriaRole.Button, new() { Name = "Give the money back" }).ClickAsync();
        await Expect(office.GetByText("The money is on its way back, and the customer is told.")).ToBeVisibleAsync();

        await Client.Reaches(order, "partiallyRefunded");
        var page = await Visit();
        await page.GotoAsync($"/orders/{order}");
        await Expect(page.GetByText("Sorry for the stick that drifts").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Staff_cancel_an_order_and_its_shopper_is_paid_back()
    {
        var pad = await Client.Find("kind=accessory");
        var order = await Client.PlaceOrder(pad, address: await Client.AddAddress()).Accepted();
        await Client.Reaches(order, "awaitingShipment");
        var office = await Staff("staff");

        await office.GotoAsync($"/admin/orders/{order}");
        await office.GetByText("Cancel this order").ClickAsync();
        await office.GetByRole(AriaRole.Button, new() { Name = "Cancel and pay back" }).ClickAsync();
        await Expect(office.GetByText("The order is cancelled, and the customer is told.")).ToBeVisibleAsync();

        var page = await Visit();
        await page.GotoAsync($"/orders/{order}");
        await Expect(page.GetByText("went back to your card")).ToBeVisibleAsync();
        await page.GotoAsync("/notifications");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("is cancelled");
    }

    private async Task<Shopping.Offer> Game(long from, long to) =>
        await Client.Find($"kind=game&platform=PS3&minPrice={from}&maxPrice={to}&sort=bestselling");
}
