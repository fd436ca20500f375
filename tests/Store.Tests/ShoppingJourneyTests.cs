using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PlayStationStore.Store.Tests;

/// <summary>What shoppers can do beside buying a game, each in the browser from its beginning to its end.</summary>
[Collection(nameof(RunningStore))]
public sealed class ShoppingJourneyTests(RunningStore store) : ShopperJourney(store)
{
    [Fact]
    public async Task A_card_is_saved_pays_at_the_checkout_and_is_removed()
    {
        var page = await Visit();
        await page.GotoAsync("/account/cards");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save this card" }).ClickAsync();
        await Expect(page.GetByText("The card is saved.")).ToBeVisibleAsync();

        await page.SearchAndAddToCart("Tekken 5");
        await page.GotoAsync("/checkout");
        await Expect(page.Locator("input[value^='saved:']")).ToBeCheckedAsync();
        await page.Pay();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "It is yours. Have fun" })).ToBeVisibleAsync();

        await page.GotoAsync("/account/cards");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Remove") }).ClickAsync();
        await Expect(page.GetByText("The card is removed.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_wallet_is_topped_up_by_card_without_javascript_and_given_back()
    {
        var page = await Visit(script: false, width: 360);
        await page.GotoAsync("/wallet");
        await page.GetByText("$50.00").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Top up" }).ClickAsync();
        await page.WaitForURLAsync("**/orders/*");
        var order = Guid.Parse(new Uri(page.Url).Segments[^1]);
        await Client.Reaches(order, "completed");

        await page.GotoAsync("/wallet");
        await Expect(page.GetByText("Top-up by card")).ToBeVisibleAsync();
        await Expect(page.Locator(".wallet-sum")).ToHaveTextAsync("$50.00");
        await page.GotoAsync($"/orders/{order}/refund");
        await page.GetByLabel("Wallet funds").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, give it back" }).ClickAsync();

        await page.GotoAsync("/wallet");
        await Expect(page.Locator(".wallet-sum")).ToHaveTextAsync("$0.00");
    }

    [Fact]
    public async Task A_receipt_is_a_page_and_a_file()
    {
        var game = await Client.Find("kind=game&search=gran%20turismo%205");
        var order = await Client.PlaceOrder(game).Accepted();
        await Client.Reaches(order, "completed");
        var page = await Visit();
        await page.GotoAsync($"/orders/{order}");

        await page.GetByRole(AriaRole.Link, new() { Name = "Receipt" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Cell, new() { NameRegex = new("^Gran Turismo 5") })).ToBeVisibleAsync();
        var link = page.Locator("a[href$='/receipt.pdf']");
        var file = await page.APIRequest.GetAsync(await link.First.GetAttributeAsync("href") ?? "");

        Assert.Equal("application/pdf", file.Headers["content-type"]);
        Assert.StartsWith("%PDF-", System.Text.Encoding.ASCII.GetString((await file.BodyAsync())[..5]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_mail_a_receipt_again_and_its_shopper_is_asked_to_wait_for_that_mail()
    {
        var order = await Client.PlaceOrder(await Client.Find("kind=game&search=gran%20turismo%205")).Accepted();
        var number = (await Client.Reaches(order, "completed")).GetProperty("number").GetString();
        Store.ReceiptWasMailedAgain(order, ago: TimeSpan.FromMinutes(2));

        var office = await Staff("staff");
        await office.GotoAsync($"/admin/orders/{order}");
        await office.GetByRole(AriaRole.Button, new() { Name = "Mail the receipt again" }).ClickAsync();
        await Expect(office.GetByText("The receipt is being mailed.")).ToBeVisibleAsync();
        var mails = Path.Combine(Store.Folder, "users", "mail");
        await RunningStore.Eventually(() => Task.FromResult(Directory.EnumerateFiles(mails, $"*-{number}-again-2.eml").Any()), "the receipt is mailed again");

        var page = await Visit();
        await page.GotoAsync($"/orders/{order}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mail it to me again" }).ClickAsync();
        await Expect(page.GetByText("The receipt was mailed a moment ago.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_owner_of_the_standard_edition_pays_the_difference_for_the_deluxe_one()
    {
        var (slug, standard) = await WithEdition("-DLX");
        var game = await Client.GetFromJsonAsync<JsonElement>($"/api/products/{slug}");
        var price = game.GetProperty("variants").EnumerateArray().Single(variant => variant.GetProperty("sku").GetString() == standard).GetProperty("price").GetProperty("amount").GetInt64();
        await Client.Reaches(await Client.PlaceOrder(new(Guid.Empty, slug, slug, standard, price)).Accepted(), "completed");
        var page = await Visit();

        await page.GotoAsync($"/product/{slug}?sku={standard}-DLX");
        await Expect(page.GetByText("You own the Standard edition").First).ToBeVisibleAsync();
        await page.AddToCart();
        await page.GotoAsync("/checkout");
        await page.Pay();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "It is yours. Have fun" })).ToBeVisibleAsync();
        await Expect(page.GetByText("You owned a part of it").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_signs_up_from_germany_reads_german_prices()
    {
        var page = await Visitor();
        await page.SignUp($"german-{Guid.NewGuid():N}@example.com", country: "DE");

        var listed = (await Client.GetFromJsonAsync<JsonElement>("/api/products/tekken-5?region=de")).GetProperty("price").GetProperty("amount").GetInt64();
        await page.GotoAsync("/product/tekken-5");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync($"€{listed / 100m:0.00}");
    }

    [Fact]
    public async Task A_shopper_chooses_a_region_and_pays_its_price()
    {
        var page = await Visit(script: false, width: 360);
        await page.GotoAsync("/product/tekken-5");
        await page.GetByLabel("Region of the prices").SelectOptionAsync("jp");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change region", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/product/tekken-5$"));
        var listed = (await Client.GetFromJsonAsync<JsonElement>("/api/products/tekken-5?region=jp")).GetProperty("price");
        Assert.Equal("JPY", listed.GetProperty("currency").GetString());

        await page.AddToCart();
        await page.GotoAsync("/checkout");
        await Expect(page.GetByRole(AriaRole.Main).GetByText("$")).ToHaveCountAsync(0);
        var order = await Client.Reaches(await page.Pay(), "completed");

        Assert.Equal("jp", order.GetProperty("region").GetString());
        Assert.Equal(listed.GetRawText(), order.GetProperty("total").GetRawText());
    }

    [Fact]
    public async Task A_demo_is_in_the_library_after_one_press()
    {
        var (slug, standard) = await WithEdition("-DEMO");
        var page = await Visit();
        await page.GotoAsync($"/product/{slug}?sku={standard}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Download demo" }).ClickAsync();

        await Expect(page.GetByText("The demo is yours.")).ToBeVisibleAsync();
    }

    /// <summary>A popular game that has a variant of some kind, and the SKU of its standard edition.</summary>
    private async Task<(string Slug, string Standard)> WithEdition(string ending)
    {
        var games = await Client.GetFromJsonAsync<JsonElement>("/api/products?kind=game&platform=PS4&sort=bestselling&pageSize=60");
        foreach (var slug in games.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("slug").GetString()!))
        {
            var game = await Client.GetFromJsonAsync<JsonElement>($"/api/products/{slug}");
            if (game.GetProperty("variants").EnumerateArray().Select(variant => variant.GetProperty("sku").GetString()!).FirstOrDefault(sku => sku.EndsWith(ending, StringComparison.Ordinal)) is { } found)
            {
                return (slug, found[..^ending.Length]);
            }
        }

        throw new InvalidOperationException($"No popular game has a variant that ends with {ending}.");
    }
}
