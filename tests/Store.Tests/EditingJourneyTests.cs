using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PlayStationStore.Store.Tests;

/// <summary>What the back office says of a product, through the gateway, with everything behind it running.</summary>
[Collection(nameof(RunningStore))]
public sealed class EditingJourneyTests(RunningStore store) : IAsyncLifetime
{
    private Browser browser = null!;

    [Fact]
    public async Task An_editor_renames_a_game_another_is_told_and_shoppers_who_come_by_the_old_address_see_what_is_new()
    {
        var key = $"{Guid.NewGuid():N}"[..8];
        var product = await Made($"Edited {key}", key);
        var (one, other, shopper) = (await browser.Visit(store.Address), await browser.Visit(store.Address, script: false, width: 360), await browser.Visit(store.Address, width: 360));
        foreach (var page in new[] { one, other })
        {
            await page.SignIn("admin@example.com", "Admin-pass-1");
            await page.GotoAsync($"/admin/products/{product}");
            await page.GetByText("Change what it says").ClickAsync();
        }

        await one.GetByLabel("Address").FillAsync($"renamed-{key}");
        await one.GetByLabel("Trailer").FillAsync("https://www.youtube.com/watch?v=abc");
        await one.GetByLabel("4K").CheckAsync();
        await one.GetByText("In other languages").ClickAsync();
        await one.GetByRole(AriaRole.Group, new() { Name = "Deutsch" }).GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync($"Bearbeitet {key}");
        await Save(one);
        await Expect(one.GetByText("It is changed.")).ToBeVisibleAsync();

        await other.GetByRole(AriaRole.Textbox, new() { Name = "Description" }).FillAsync("Somebody else's words.");
        await Save(other);
        await Expect(other.GetByText("Somebody else has changed this product")).ToBeVisibleAsync();
        await Expect(other.GetByText($"Now: renamed-{key}")).ToBeVisibleAsync();

        await shopper.GotoAsync($"/product/edited-{key}");
        await Expect(shopper).ToHaveURLAsync(new Regex($"/product/renamed-{key}$"));
        await Expect(shopper.GetByText("A game that two people write about.")).ToBeVisibleAsync();
        await Expect(shopper.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("Watch the trailer") })).ToBeVisibleAsync();
        await shopper.GotoAsync($"/browse?search=bearbeitet+{key}&feature=4k");
        await Expect(shopper.GetByRole(AriaRole.Heading, new() { Name = $"Edited {key}", Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_administrator_creates_a_game_in_two_editions_and_a_shopper_finds_it()
    {
        var key = $"{Guid.NewGuid():N}"[..8];
        var (office, shopper) = (await browser.Visit(store.Address, width: 768), await browser.Visit(store.Address, script: false, width: 360));
        await office.SignIn("admin@example.com", "Admin-pass-1");
        await office.GotoAsync("/admin/products/new");
        await office.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync($"Created {key}");
        await office.GetByRole(AriaRole.Textbox, new() { Name = "Description" }).FillAsync("A game that was made in the back office.");
        await Variant(office, 1, $"NEW-{key.ToUpperInvariant()}-1", "19.99", "");
        await office.GetByRole(AriaRole.Button, new() { Name = "Add a variant" }).ClickAsync();
        await Variant(office, 2, $"NEW-{key.ToUpperInvariant()}-2", "39.99", "Deluxe edition");
        await office.GetByRole(AriaRole.Button, new() { Name = "Create it" }).ClickAsync();
        await Expect(office.GetByText("The product is made.")).ToBeVisibleAsync();
        await Expect(office.GetByRole(AriaRole.Heading, new() { Name = $"Created {key}" })).ToBeVisibleAsync();

        await shopper.GotoAsync($"/product/created-{key}");
        await Expect(shopper.GetByText("A game that was made in the back office.")).ToBeVisibleAsync();
        await Expect(shopper.GetByText("Deluxe edition").First).ToBeVisibleAsync();
        await Expect(shopper.GetByText("$39.99").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Of_two_who_change_a_price_the_second_reads_what_it_is_now_before_it_is_changed_again()
    {
        var key = $"{Guid.NewGuid():N}"[..8];
        var product = await Made($"Priced {key}", key, "https://gmedia.playstation.com/priced.mp4");
        var (one, other, shopper) = (await browser.Visit(store.Address), await browser.Visit(store.Address, script: false, width: 360), await browser.Visit(store.Address, width: 768));
        foreach (var page in new[] { one, other })
        {
            await page.SignIn("admin@example.com", "Admin-pass-1");
            await page.GotoAsync($"/admin/products/{product}");
        }

        await SetPrice(one, "17.49");
        await Expect(one.GetByText("The price is changed.")).ToBeVisibleAsync();
        await SetPrice(other, "12.34");
        await Expect(other.GetByText("Now: 17.49")).ToBeVisibleAsync();
        await shopper.GotoAsync($"/product/priced-{key}");
        await Expect(shopper.GetByText("$17.49").First).ToBeVisibleAsync();
        // A film is played on the page, and loaded when it is asked for.
        await Expect(shopper.GetByLabel($"Trailer of Priced {key}")).ToHaveAttributeAsync("preload", "none");

        await other.GetByRole(AriaRole.Button, new() { Name = "Change price" }).ClickAsync();
        await Expect(other.GetByText("The price is changed.")).ToBeVisibleAsync();
        await shopper.ReloadAsync();
        await Expect(shopper.GetByText("$12.34").First).ToBeVisibleAsync();
    }

    public async ValueTask InitializeAsync() => browser = await Browser.Launch();

    public ValueTask DisposeAsync() => browser.DisposeAsync();

    private static async Task Variant(IPage page, int number, string sku, string price, string edition)
    {
        var variant = page.GetByRole(AriaRole.Group, new() { Name = $"Variant {number}" });
        await variant.GetByRole(AriaRole.Textbox, new() { NameRegex = new Regex("^SKU") }).FillAsync(sku);
        await variant.GetByRole(AriaRole.Textbox, new() { NameRegex = new Regex("^Price") }).FillAsync(price);
        await variant.GetByRole(AriaRole.Textbox, new() { NameRegex = new Regex("^Edition") }).FillAsync(edition);
    }

    private async Task<Guid> Made(string name, string key, string? trailer = null)
    {
        using var administrator = await store.SignedInAs("admin");
        using var created = await administrator.PostAsJsonAsync("/api/products", new
        {
            name,
            kind = "game",
            description = "A game that two people write about.",
            trailerUrl = trailer,
            variants = new[] { new { sku = $"EDIT-{key.ToUpperInvariant()}", platform = "PS5", digital = true, price = 1_999 } },
        });
        return (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    private static async Task SetPrice(IPage page, string price)
    {
        await page.GetByRole(AriaRole.Textbox, new() { NameRegex = new Regex("^Price") }).First.FillAsync(price);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change price" }).ClickAsync();
    }

    private static Task Save(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
}
