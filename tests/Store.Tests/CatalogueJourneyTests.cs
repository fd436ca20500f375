using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PlayStationStore.Store.Tests;

/// <summary>A catalogue file from an administrator's disk to a shopper's comparison, through the gateway, with everything behind it running.</summary>
[Collection(nameof(RunningStore))]
public sealed class CatalogueJourneyTests(RunningStore store) : IAsyncLifetime
{
    private Browser browser = null!;

    [Fact]
    public async Task An_administrator_imports_games_and_a_shopper_finds_and_compares_them()
    {
        var name = $"Quokka Quest {Guid.NewGuid():N}"[..24];
        var sku = $"J-{Guid.NewGuid():N}"[..20].ToUpperInvariant();
        var office = await browser.Visit(store.Address, width: 768);
        await office.SignIn("admin@example.com", "Admin-pass-1");
        await Expect(office.GetByRole(AriaRole.Heading).First).ToBeVisibleAsync();
        await office.GotoAsync("/admin/imports");
        await office.GetByLabel("CSV file").SetInputFilesAsync(new FilePayload
        {
            Name = "games.csv",
            MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes($"\uFEFFsku;name;price;platform;genre\r\n{sku}-1;{name};19,99;PS5;Action\r\n{sku}-2;{name};free;PS4;Action\r\n"),
        });
        await office.GetByRole(AriaRole.Button, new() { Name = "Import" }).ClickAsync();

        // Seen by itself, since the page follows the import.
        await Expect(office.GetByText("Done, with bad rows")).ToBeVisibleAsync();
        await Expect(office.GetByRole(AriaRole.Row, new() { Name = $"{sku}-2 price" })).ToBeVisibleAsync();

        var page = await browser.Visit(store.Address, script: false, width: 360);
        await Patiently(async () =>
        {
            await page.GotoAsync($"/browse?search={Uri.EscapeDataString(name)}");
            await page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true }).First.ClickAsync(new() { Timeout = 2_000 });
        });
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You may also like" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = $"Compare {name} with others" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Add a product" }).FillAsync("Tekken 5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Add Tekken 5", Exact = true }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Row, new() { Name = "Price $19.99" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Remove Tekken 5" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_shopper_finds_a_misspelled_game_buys_it_and_says_what_it_is_like()
    {
        var page = await browser.Visit(store.Address);
        await page.SignUp($"reviewer-{Guid.NewGuid():N}@example.com");
        await page.GotoAsync("/");
        await page.GetByLabel("Search games and hardware").FillAsync("shadow of the colosus");
        await Expect(page.GetByRole(AriaRole.Option, new() { NameRegex = new("Shadow of the Colossus") }).First).ToBeVisibleAsync();
        await page.GetByLabel("Search games and hardware").PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^Shadow of the Colossus$") }).First.ClickAsync();
        await page.AddToCart();
        await page.GetByRole(AriaRole.Button, new() { Name = "Go to checkout" }).ClickAsync();
        await page.Pay();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "It is yours. Have fun" })).ToBeVisibleAsync();

        await Patiently(async () =>
        {
            await page.GotoAsync("/product/shadow-of-the-colossus/review");
            await page.Locator("input[name='Form.Stars'][value='4']").CheckAsync(new() { Timeout = 2_000 });
        });
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Title" }).FillAsync("Sixteen giants");
        await page.GetByLabel("Review", new() { Exact = false }).Last.FillAsync("A quiet game of sixteen giants.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish" }).ClickAsync();

        await Expect(page.GetByText("Your review is kept. Thank you.")).ToBeVisibleAsync();
        await Expect(page.GetByText("A quiet game of sixteen giants.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_deal_says_when_it_ends_and_what_it_cost_least_in_the_thirty_days_before()
    {
        var page = await browser.Visit(store.Address, script: false, width: 360);
        await page.GotoAsync("/browse?onSale=true&kind=game");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Listitem).GetByRole(AriaRole.Heading).First.ClickAsync();

        await Expect(page.GetByText("Lowest price of the 30 days before").First).ToBeVisibleAsync();
        await Expect(page.GetByText(new Regex("Ends|ends")).First).ToBeVisibleAsync();
    }

    public async ValueTask InitializeAsync() => browser = await Browser.Launch();

    public ValueTask DisposeAsync() => browser.DisposeAsync();

    // A search finds what was imported within a second.
    private static async Task Patiently(Func<Task> attempt)
    {
        for (var attempts = 1; ; attempts++)
        {
            try
            {
                await attempt();
                return;
            }
            catch (TimeoutException) when (attempts < 10)
            {
            }
        }
    }
}
