using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PlayStationStore.Store.Tests;

/// <summary>A game from one shopper to another, with the mail between them.</summary>
[Collection(nameof(RunningStore))]
public sealed partial class GiftJourneyTests(RunningStore store) : IAsyncLifetime
{
    private Browser browser = null!;

    [Fact]
    public async Task A_game_is_given_to_a_friend_who_redeems_it_from_the_mail_and_its_giver_sees_that()
    {
        var friend = $"friend-{Guid.NewGuid():N}@example.com";
        var page = await browser.Visit(store.Address, script: false, width: 360);
        await page.SignUp($"giver-{Guid.NewGuid():N}@example.com");
        await page.Find("Ratchet & Clank");

        await page.GetByRole(AriaRole.Button, new() { Name = "Give to a friend" }).ClickAsync();
        await page.GetByLabel("Your friend's email").FillAsync(friend);
        await page.GetByLabel("Message").FillAsync("Happy birthday!");
        var order = await page.Pay();
        var code = await CodeMailedTo(friend);
        await page.GotoAsync($"/orders/{order}");
        await Expect(page.GetByText("Waiting to be redeemed")).ToBeVisibleAsync();

        var other = await browser.Visit(store.Address);
        await other.SignUp(friend);
        await other.GotoAsync("/redeem");
        await other.GetByLabel("Code").FillAsync(code);
        await other.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Redeem" }).ClickAsync();
        await Expect(other.GetByText("Your gift is here.")).ToBeVisibleAsync();
        await Expect(other.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Ratchet & Clank" })).ToBeVisibleAsync();

        await page.GotoAsync($"/orders/{order}");
        await Expect(page.GetByText("it is in your friend's library")).ToBeVisibleAsync();
        await page.GotoAsync("/library");
        await Expect(page.GetByText("What you buy is kept here")).ToBeVisibleAsync();
        await RunningStore.Eventually(async () =>
        {
            await page.GotoAsync("/notifications");
            return await page.GetByText("Your gift was redeemed").CountAsync() == 1;
        }, "the giver is told");
    }

    [Fact]
    public async Task A_gift_that_nobody_has_redeemed_is_given_back_and_its_code_is_good_no_more()
    {
        var friend = $"slow-{Guid.NewGuid():N}@example.com";
        var page = await browser.Visit(store.Address);
        await page.SignUp($"regretful-{Guid.NewGuid():N}@example.com");
        await page.SearchAndAddToCart("Tekken 5");
        await page.GetByRole(AriaRole.Link, new() { Name = "Give to a friend" }).ClickAsync();
        await page.GetByLabel("Your friend's email").FillAsync(friend);
        var order = await page.Pay();
        var code = await CodeMailedTo(friend);

        await page.GotoAsync($"/orders/{order}/refund");
        await page.GetByLabel("Tekken 5").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, give it back" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "All of this order is given back" })).ToBeVisibleAsync();

        await page.GotoAsync("/redeem");
        await page.GetByLabel("Code").FillAsync(code);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Redeem" }).ClickAsync();
        await Expect(page.GetByText("This gift was taken back by who gave it.")).ToBeVisibleAsync();
    }

    public async ValueTask InitializeAsync() => browser = await Browser.Launch();

    public ValueTask DisposeAsync() => browser.DisposeAsync();

    [GeneratedRegex("Your code: ([A-Z0-9-]{19})")]
    private static partial Regex Code();

    private async Task<string> CodeMailedTo(string address)
    {
        Match? found = null;
        await RunningStore.Eventually(async () =>
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(store.Folder, "users", "mail"), "*-gift-*.eml"))
            {
                var mail = await File.ReadAllTextAsync(file);
                found = mail.Contains(address, StringComparison.Ordinal) ? Code().Match(mail) : found;
            }

            return found is { Success: true };
        }, $"a gift is mailed to {address}");
        return found!.Groups[1].Value;
    }
}
