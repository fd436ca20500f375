using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PlayStationStore.Store.Tests;

/// <summary>What a shopper owns, needs and gives back, in the browser.</summary>
public sealed class OwningJourneyTests(RunningStore store) : ShopperJourney(store)
{
    [Fact]
    public async Task A_download_says_first_that_the_game_then_cannot_be_given_back_and_so_it_is()
    {
        var game = await Client.Find("kind=game&search=gran%20turismo%204");
        var order = await Client.PlaceOrder(game).Accepted();
        await Client.Reaches(order, "completed");
        var page = await Visit();
        await page.GotoAsync("/library");

        await page.Locator("summary").Filter(new() { HasText = "Download" }).First.ClickAsync();
        await Expect(page.GetByText("Once the download begins, you no longer can.")).ToBeVisibleAsync();
        var file = await page.RunAndWaitForResponseAsync(
            () => page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Download it") }).First.ClickAsync(), answer => answer.Url.Contains("/download", StringComparison.Ordinal));
        Assert.True(file.Ok || file.Status is 302 or 303, $"The download answered {file.Status}.");

        await RunningStore.Eventually(async () =>
        {
            await page.GotoAsync($"/orders/{order}/refund");
            return await page.GetByText("Its download has begun", new() { Exact = false }).CountAsync() > 0
                && await page.GetByRole(AriaRole.Checkbox).CountAsync() == 0;
        }, "the page says that it cannot be given back");
    }

    [Fact]
    public async Task One_of_two_games_is_given_back_and_leaves_the_library_while_the_other_stays()
    {
        var (kept, given) = (await Client.Find("kind=game&search=tekken%203"), await Client.Find("kind=game&search=ridge%20racer"));
        using var placed = await Client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/orders")
        {
            Headers = { { "Idempotency-Key", Guid.NewGuid().ToString() } },
            Content = JsonContent.Create(new
            {
                lines = new[] { kept, given }.Select(one => new { sku = one.Sku, quantity = 1, unitPrice = one.Price }),
                payment = new { method = "card", token = "tok_approve" },
                currency = "USD",
            }),
        });
        var order = await Task.FromResult(placed).Accepted();
        await Client.Reaches(order, "completed");
        var page = await Visit(script: false, width: 360);

        await page.GotoAsync($"/orders/{order}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Give something back" }).ClickAsync();
        await page.GetByLabel(given.Name).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, give it back" }).ClickAsync();
        await Expect(page.GetByText("That is given back, and its money is on its way to you.")).ToBeVisibleAsync();

        await Client.Reaches(order, "partiallyRefunded");
        await page.GotoAsync("/library");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync(kept.Name);
        await Expect(page.GetByRole(AriaRole.Main)).Not.ToContainTextAsync(given.Name);
    }

    [Fact]
    public async Task An_add_on_asks_for_its_game_and_is_bought_with_it()
    {
        var pass = await Client.Find("kind=addon&sort=bestselling");
        var page = await Visit();
        await page.GotoAsync($"/product/{pass.Slug}");
        await Expect(page.GetByText("You do not own its game yet.")).ToBeVisibleAsync();
        await page.AddToCart();

        await page.GotoAsync($"/product/{pass.Slug}");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Get ") }).ClickAsync();
        await page.AddToCart();
        await page.GotoAsync("/checkout");
        await page.Pay();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "It is yours. Have fun" })).ToBeVisibleAsync();
        await page.GotoAsync("/library?kind=addon");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync(pass.Name);
    }

    [Fact]
    public async Task A_bundle_costs_less_for_who_owns_a_part_of_it()
    {
        var bundle = await Client.Find("kind=bundle");
        var contents = (await Client.GetFromJsonAsync<JsonElement>($"/api/products/{bundle.Slug}")).GetProperty("variants")[0].GetProperty("contains");
        var part = (await Client.GetFromJsonAsync<JsonElement>($"/api/products/variants?sku={contents[0].GetString()}")).GetProperty("items")[0];
        await Client.Reaches(
            await Client.PlaceOrder(new(Guid.Empty, "", "", part.GetProperty("sku").GetString()!, part.GetProperty("price").GetProperty("amount").GetInt64())).Accepted(), "completed");
        var page = await Visit();

        await page.GotoAsync($"/product/{bundle.Slug}");
        await Expect(page.GetByText("less for you").First).ToBeVisibleAsync();
        await Expect(page.GetByText("You own it").First).ToBeVisibleAsync();
        await page.AddToCart();
        await page.GotoAsync("/checkout");
        var order = await page.Pay();

        var bought = await Client.Reaches(order, "completed");
        Assert.True(bought.GetProperty("total").GetProperty("amount").GetInt64() < bundle.Price);
    }
}
