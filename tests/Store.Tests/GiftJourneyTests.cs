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
        await Redeem(other, code);
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
    public async Task A_gift_that_went_to_a_wrong_address_is_mailed_again_and_only_the_new_code_is_good()
    {
        var (wrong, right) = ($"wrong-{Guid.NewGuid():N}@example.com", $"right-{Guid.NewGuid():N}@example.com");
        var giver = $"hurried-{Guid.NewGuid():N}@example.com";
        var page = await browser.Visit(store.Address);
        await page.SignUp(giver);
        await page.SearchAndAddToCart("Tekken 5");
        await page.GetByRole(AriaRole.Link, new() { Name = "Give to a friend" }).ClickAsync();
        await page.GetByLabel("Your friend's email").FillAsync(wrong);
        var order = await page.Pay();
        var first = await CodeMailedTo(wrong);
        store.GiftWasMailed(order, ago: TimeSpan.FromMinutes(2));

        await page.GetByLabel("Send the mail again to").FillAsync(right);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();
        await Expect(page.GetByText("The mail with your gift is on its way again.")).ToBeVisibleAsync();
        var second = await CodeMailedTo(right);

        var friend = await browser.Visit(store.Address);
        await friend.SignUp(right);
        await Redeem(friend, first);
        await Expect(friend.GetByText("There is no such code.")).ToBeVisibleAsync();
        await Redeem(friend, second);
        await Expect(friend.GetByText("Your gift is here.")).ToBeVisibleAsync();
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

        await Redeem(page, code);
        await Expect(page.GetByText("This gift was taken back by who gave it.")).ToBeVisibleAsync();
    }

    public async ValueTask InitializeAsync() => browser = await Browser.Launch();

    public ValueTask DisposeAsync() => browser.DisposeAsync();

    [GeneratedRegex("Your code: ([A-Z0-9-]{19})")]
    private static partial Regex Code();

    private static async Task Redeem(IPage page, string code)
    {
        await page.GotoAsync("/redeem");
        await page.GetByLabel("Code").FillAsync(code);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Redeem" }).ClickAsync();
    }

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
