using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PlayStationStore.Store.Tests;

/// <summary>A game that is ordered before it is out, in the browser.</summary>
public sealed class PreorderJourneyTests(RunningStore store) : ShopperJourney(store)
{
    // Orders looks for what has come out every 15 seconds.
    private static readonly LocatorAssertionsToBeVisibleOptions OnItsDay = new() { Timeout = 90_000 };

    [Fact]
    public async Task A_pre_order_waits_for_its_day_and_is_cancelled_before_it()
    {
        var page = await Visit();
        await Preorder(page, "quiet-orbit");

        await page.GetByRole(AriaRole.Link, new() { Name = "Cancel this order" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, cancel the order" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^This order is cancelled") })).ToBeVisibleAsync();
        await Expect(page.GetByText("Nothing was charged.").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_pre_order_is_charged_on_its_day_and_one_whose_card_is_declined_is_paid_in_another_way()
    {
        var (slug, product) = await MadeToComeOut(DateTime.UtcNow.AddDays(20));
        var (page, other) = (await Visit(), await Visitor());
        await other.SignUp($"declined-{Guid.NewGuid():N}@example.com");
        var order = await Preorder(page, slug);
        var late = await Preorder(other, slug, "Test card that is declined");
        Assert.Empty(Store.ChargesOf(order));

        var office = await Staff("admin");
        await office.GotoAsync($"/admin/products/{product}");
        await office.GetByText("Change what it says").ClickAsync();
        await office.GetByLabel("Comes out").FillAsync(Day(DateTime.UtcNow));
        await office.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(office.GetByText("It is changed.")).ToBeVisibleAsync();

        // No reload: both pages follow their orders by themselves.
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "It is yours. Have fun" })).ToBeVisibleAsync(OnItsDay);
        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "It is out, and not paid yet" })).ToBeVisibleAsync(OnItsDay);
        Assert.Equal([("Captured", 19_99)], Store.ChargesOf(order));
        Assert.Equal([("Declined", 19_99)], Store.ChargesOf(late));

        await other.GetByLabel("How would you like to pay?").SelectOptionAsync(new SelectOptionValue { Label = "Test card that is approved" });
        await other.GetByRole(AriaRole.Button, new() { Name = "Pay $19.99" }).ClickAsync();
        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "It is yours. Have fun" })).ToBeVisibleAsync();
        await Expect(other.GetByText("$19.99 paid by card")).ToBeVisibleAsync();
        foreach (var shopper in new[] { page, other })
        {
            await shopper.GotoAsync("/library");
            await Expect(shopper.Locator($"main a[href^='/product/{slug}']").First).ToBeVisibleAsync();
        }
    }

    private static async Task<Guid> Preorder(IPage page, string slug, string? card = null)
    {
        await page.GotoAsync($"/product/{slug}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pre-order" }).First.ClickAsync();
        await page.WaitForURLAsync("**/cart**");
        await page.GotoAsync("/checkout");
        if (card is not null)
        {
            await page.GetByText(card).ClickAsync();
        }

        var order = await page.Pay();
        await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^Pre-ordered, charged on the day") })).ToBeVisibleAsync();
        return order;
    }

    private async Task<(string Slug, Guid Id)> MadeToComeOut(DateTime day)
    {
        var key = $"{Guid.NewGuid():N}"[..8];
        using var administrator = await Store.SignedInAs("admin");
        using var created = await administrator.PostAsJsonAsync("/api/products", new
        {
            name = $"Awaited {key}",
            kind = "game",
            description = "A game that two people wait for.",
            releaseDate = Day(day),
            variants = new[] { new { sku = $"AWAITED-{key.ToUpperInvariant()}", platform = "PS5", digital = true, price = 19_99 } },
        });
        var product = await created.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return (product.GetProperty("slug").GetString()!, product.GetProperty("id").GetGuid());
    }

    private static string Day(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
