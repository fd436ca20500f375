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
        using var administrator = await store.SignedInAs("admin");
        using var created = await administrator.PostAsJsonAsync("/api/products", new
        {
            name = $"Edited {key}",
            kind = "game",
            description = "A game that two people write about.",
            variants = new[] { new { sku = $"EDIT-{key.ToUpperInvariant()}", platform = "PS5", digital = true, price = 1_999 } },
        });
        var product = await created.Content.ReadFromJsonAsync<JsonElement>();
        var (one, other, shopper) = (await browser.Visit(store.Address), await browser.Visit(store.Address, script: false, width: 360), await browser.Visit(store.Address, width: 360));
        foreach (var page in new[] { one, other })
        {
            await page.SignIn("admin@example.com", "Admin-pass-1");
            await page.GotoAsync($"/admin/products/{product.GetProperty("id").GetString()}");
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

    public async ValueTask InitializeAsync() => browser = await Browser.Launch();

    public ValueTask DisposeAsync() => browser.DisposeAsync();

    private static async Task Variant(IPage page, int number, string sku, string price, string edition)
    {
        var variant = page.GetByRole(AriaRole.Group, new() { Name = $"Variant {number}" });
        await variant.GetByRole(AriaRole.Textbox, new() { NameRegex = new Regex("^SKU") }).FillAsync(sku);
        await variant.GetByRole(AriaRole.Textbox, new() { NameRegex = new Regex("^Price") }).FillAsync(price);
        await variant.GetByRole(AriaRole.Textbox, new() { NameRegex = new Regex("^Edition") }).FillAsync(edition);
    }

    private static Task Save(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
}
