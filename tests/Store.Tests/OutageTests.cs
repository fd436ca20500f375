using System.Net;

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
}

[CollectionDefinition(nameof(RunningStore))]
public sealed class RunningStoreCollection : ICollectionFixture<RunningStore>;
