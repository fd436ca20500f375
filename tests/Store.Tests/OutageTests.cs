using System.Net;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PlayStationStore.Store.Tests;

/// <summary>A part of the store is away: what it does is delayed, and nothing else breaks or is lost.</summary>
[Collection(nameof(RunningStore))]
public sealed class OutageTests(RunningStore store)
{
    [Fact]
    public async Task An_order_that_is_placed_while_Products_is_away_completes_once_it_is_back()
    {
        using var shopper = await store.NewShopper();
        var game = await shopper.Find("kind=game&search=gran%20turismo");

        await store.Stop("products");
        var order = await shopper.PlaceOrder(game).Accepted();
        await store.Start("products");

        await shopper.Reaches(order, "completed");
        Assert.Contains(game.ProductId, await shopper.Library());
    }

    [Fact]
    public async Task An_order_that_is_placed_while_RabbitMQ_is_away_completes_once_it_is_back()
    {
        using var shopper = await store.NewShopper();
        var game = await shopper.Find("kind=game&search=tekken");

        await store.Stop("broker");
        var order = await shopper.PlaceOrder(game).Accepted();
        await store.Start("broker");

        await shopper.Reaches(order, "completed");
    }

    [Fact]
    public async Task An_order_that_is_placed_while_Redis_is_away_completes_and_only_the_cart_waits()
    {
        using var shopper = await store.NewShopper();
        var game = await shopper.Find("kind=game&search=crash%20bandicoot");

        await store.Stop("cache");
        try
        {
            using var cart = await shopper.GetAsync("/api/cart");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, cart.StatusCode);
            using var home = await shopper.GetAsync("/");
            Assert.Equal(HttpStatusCode.OK, home.StatusCode);
            using var another = await store.NewShopper();
            var order = await another.PlaceOrder(game).Accepted();
            await another.Reaches(order, "completed");
        }
        finally
        {
            await store.Start("cache");
        }

        await RunningStore.Eventually(async () =>
        {
            using var cart = await shopper.GetAsync("/api/cart");
            return cart.StatusCode == HttpStatusCode.OK;
        }, "the cart is back");
    }

    [Fact]
    public async Task A_store_that_starts_without_Redis_sells_all_the_same_and_the_cart_comes_back_by_itself()
    {
        var email = $"early-{Guid.NewGuid():N}@example.com";
        string[] parts = ["products", "orders", "web", "gateway"];
        await using var browser = await Browser.Launch();
        await store.Stop("cache");
        IPage page;
        try
        {
            await Task.WhenAll(parts.Select(store.Stop));
            await Task.WhenAll(parts.Select(store.Start));
            using var shopper = await store.NewShopper(email);
            page = await browser.Visit(store.Address);
            await page.SignIn(email, "Good-pass-1");
            await page.WaitForURLAsync(store.Address.ToString());
            await page.Find("Jak and Daxter: The Precursor Legacy");
            await page.GetByRole(AriaRole.Button, new() { Name = "Add to cart" }).First.ClickAsync();
            await Expect(page.GetByText("The cart does not answer at the moment, so nothing was changed. Please try again a little later.")).ToBeVisibleAsync();
            var game = await shopper.Find("kind=game&search=jak");
            await shopper.Reaches(await shopper.PlaceOrder(game).Accepted(), "completed");
            await page.GotoAsync("/library");
            await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync(game.Name);
        }
        finally
        {
            await store.Start("cache");
        }

        await RunningStore.Eventually(async () =>
        {
            await page.GotoAsync("/cart");
            return await page.GetByText("Your cart is empty").CountAsync() == 1;
        }, "the cart is back");
        await page.SearchAndAddToCart("Tekken 5");
    }
}

[CollectionDefinition(nameof(RunningStore))]
public sealed class RunningStoreCollection : ICollectionFixture<RunningStore>;
