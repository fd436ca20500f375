using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PlayStationStore.Store.Tests;

/// <summary>A game that is tried before it is bought.</summary>
[Collection(nameof(RunningStore))]
public sealed class TrialJourneyTests(RunningStore store) : IAsyncLifetime
{
    private Browser browser = null!;

    [Fact]
    public async Task A_game_is_tried_for_its_hours_seen_in_the_library_with_what_is_left_and_bought_afterwards()
    {
        const string Game = "Red Dead Redemption 2";
        var page = await browser.Visit(store.Address, script: false, width: 360);
        await page.SignUp($"trying-{Guid.NewGuid():N}@example.com");
        await page.Find(Game);

        await page.GetByRole(AriaRole.Button, new() { Name = "Try it free for 5 hours" }).ClickAsync();
        await Expect(page.GetByText("Your trial has begun.")).ToBeVisibleAsync();
        await Expect(page.GetByText(new Regex("^Trial ends in (4|5) hours"))).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Download {Game}" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = $"Buy {Game}" }).ClickAsync();
        await Expect(page.GetByText("Your trial ends in")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Try it free") })).ToHaveCountAsync(0);
        await page.AddToCart();
        await page.GetByRole(AriaRole.Button, new() { Name = "Go to checkout" }).ClickAsync();
        var order = await page.Pay();
        await RunningStore.Eventually(async () =>
        {
            await page.GotoAsync($"/orders/{order}");
            return await page.GetByRole(AriaRole.Heading, new() { Name = "It is yours. Have fun" }).CountAsync() == 1;
        }, "the order page says that the game is the shopper's");

        await page.GotoAsync("/library");
        await Expect(page.GetByText("Yours", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByText("Trial ends")).ToHaveCountAsync(0);
    }

    public async ValueTask InitializeAsync() => browser = await Browser.Launch();

    public ValueTask DisposeAsync() => browser.DisposeAsync();
}
