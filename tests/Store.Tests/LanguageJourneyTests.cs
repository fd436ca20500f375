using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PlayStationStore.Store.Tests;

/// <summary>Titles in other languages, through the gateway, with everything behind it running.</summary>
[Collection(nameof(RunningStore))]
public sealed class LanguageJourneyTests(RunningStore store) : IAsyncLifetime
{
    private static readonly string? Screenshots = Environment.GetEnvironmentVariable("STORE_SCREENSHOTS");

    private Browser browser = null!;

    [Fact]
    public async Task A_shopper_chooses_german_reads_german_titles_and_finds_them_by_japanese_ones()
    {
        var page = await browser.Visit(store.Address, width: 360);
        await page.GotoAsync("/product/finding-nemo");
        await page.GetByLabel("Language of titles and descriptions").SelectOptionAsync("de");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change language" }).ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex("/product/finding-nemo$"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Findet Nemo", Exact = true })).ToHaveAttributeAsync("lang", "de");
        await Expect(page.GetByText("Findet Nemo ist ein Actionspiel")).ToBeVisibleAsync();
        await Show(page, "product");

        await page.GetByLabel("Search games and hardware").FillAsync("ファインディング");
        await Expect(page.GetByRole(AriaRole.Option, new() { NameRegex = new("Findet Nemo") })).ToBeVisibleAsync();
        await page.GetByLabel("Search games and hardware").PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Findet Nemo", Exact = true }).First).ToBeVisibleAsync();
        await page.GotoAsync("/browse?search=stein+der+weisen");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Harry Potter und der Stein der Weisen" })).ToBeVisibleAsync();
        await Show(page, "browse");
    }

    public async ValueTask InitializeAsync() => browser = await Browser.Launch();

    public ValueTask DisposeAsync() => browser.DisposeAsync();

    // For people to look at, where the folder is set.
    private static async Task Show(IPage page, string name)
    {
        foreach (var width in Screenshots is null ? [] : new[] { 1440, 768, 360 })
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots!, $"language-{name}-{width}.png"), FullPage = true });
        }
    }
}
