using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PlayStationStore.Store.Tests;

/// <summary>A member in the browser, through the gateway, with everything behind it running.</summary>
[Collection(nameof(RunningStore))]
public sealed class MembershipJourneyTests(RunningStore store) : IAsyncLifetime
{
    private Browser browser = null!;

    [Theory]
    [InlineData(true, 1440)]
    [InlineData(false, 360)]
    public async Task A_shopper_becomes_a_member_claims_a_game_pays_less_and_decides_on_the_renewal(bool script, int width)
    {
        var slug = await GameThatCostsMembersLess();
        var page = await browser.Visit(store.Address, script, width);
        await page.GotoAsync($"/product/{slug}");
        await Expect(page.GetByText(new Regex("with Plus")).First).ToBeVisibleAsync();
        await page.SignUp($"member-{Guid.NewGuid():N}@example.com");

        await page.GotoAsync("/membership");
        await page.GetByRole(AriaRole.Button, new() { Name = "Buy Plus Essential for 1 month" }).ClickAsync();
        await page.WaitForURLAsync("**/checkout**");
        var order = await page.Pay();
        await RunningStore.Eventually(async () =>
        {
            await page.GotoAsync($"/orders/{order}");
            return await page.GetByRole(AriaRole.Heading, new() { Name = "You are a member. Have fun" }).CountAsync() == 1;
        }, "the order page says that the shopper is a member");

        await page.GotoAsync("/membership");
        await Expect(page.GetByText("Plus Essential", new() { Exact = true }).First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Claim ") }).First.ClickAsync();
        await Expect(page.GetByText("The game is in your library, to be played while you are a member.")).ToBeVisibleAsync();
        await page.GotoAsync("/library");
        await Expect(page.GetByText("While you are a member").First).ToBeVisibleAsync();

        await page.GotoAsync($"/product/{slug}");
        await Expect(page.GetByText(new Regex("^Your member price")).First).ToBeVisibleAsync();

        await page.GotoAsync("/account/cards?returnUrl=/membership");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save this card" }).ClickAsync();
        await page.GotoAsync("/membership");
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch renewal on" }).ClickAsync();
        await Expect(page.GetByText("Your membership will be renewed. You are told before anything is charged.")).ToBeVisibleAsync();
        await Expect(page.GetByText(new Regex(@"^\$9\.99 is charged to "))).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch renewal off" }).ClickAsync();
        await Expect(page.GetByText("Your membership will not be renewed. It lasts to the end of what you paid.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_membership_is_given_back_less_the_days_that_were_used()
    {
        var email = $"former-{Guid.NewGuid():N}@example.com";
        using var client = await store.NewShopper(email);
        var order = await client.PlaceOrder(await client.Find("kind=subscription&sort=price")).Accepted();
        await client.Reaches(order, "completed");
        store.MembershipBegan(order, ago: TimeSpan.FromDays(5));
        var period = (await client.GetFromJsonAsync<JsonElement>("/api/membership")).GetProperty("periods")[0];
        var days = (period.GetProperty("until").GetDateTimeOffset() - period.GetProperty("from").GetDateTimeOffset()).Days;

        var page = await browser.Visit(store.Address);
        await page.SignIn(email, "Good-pass-1");
        await page.WaitForURLAsync(store.Address.ToString());
        await page.GotoAsync("/membership");
        await page.GetByRole(AriaRole.Link, new() { Name = "give it back" }).ClickAsync();
        await page.GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Expect(page.GetByText("The days that you have used stay paid.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, give it back" }).ClickAsync();
        await Expect(page.GetByText("That is given back, and its money is on its way to you.")).ToBeVisibleAsync();

        var given = await client.Reaches(order, "partiallyRefunded");
        var (total, back) = (Amount(given.GetProperty("total")), Amount(given.GetProperty("refunds")[0].GetProperty("amount")));
        Assert.Equal(total * (days - 5) / days, back);
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync($"${back / 100m:0.00}");
        await page.GotoAsync("/membership");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Buy Plus Essential for 1 month" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your membership" })).ToHaveCountAsync(0);

        static long Amount(JsonElement money) => money.GetProperty("amount").GetInt64();
    }

    public async ValueTask InitializeAsync() => browser = await Browser.Launch();

    public ValueTask DisposeAsync() => browser.DisposeAsync();

    private async Task<string> GameThatCostsMembersLess()
    {
        using var client = new HttpClient { BaseAddress = store.Address };
        var list = await client.GetFromJsonAsync<JsonElement>("/api/products?kind=game&pageSize=100");
        return list.GetProperty("items").EnumerateArray()
            .First(item => item.GetProperty("memberPrice") is { ValueKind: JsonValueKind.Object } member && member.GetProperty("tier").GetString() == "essential")
            .GetProperty("slug").GetString()!;
    }
}
