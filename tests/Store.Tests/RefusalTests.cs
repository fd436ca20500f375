using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace PlayStationStore.Store.Tests;

/// <summary>What the store refuses, told clearly and without a charge.</summary>
[Collection(nameof(RunningStore))]
public sealed class RefusalTests(RunningStore store)
{
    [Fact]
    public async Task A_wrong_password()
    {
        using var client = store.Anonymous();

        using var answer = await client.PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["client_id"] = "store-dev",
            ["username"] = "shopper@example.com",
            ["password"] = "wrong",
            ["scope"] = "openid store",
        }));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("invalid_grant", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString());
    }

    [Fact]
    public async Task An_order_of_nothing()
    {
        using var shopper = await store.NewShopper();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders")
        {
            Headers = { { "Idempotency-Key", Guid.NewGuid().ToString() } },
            Content = JsonContent.Create(new { lines = Array.Empty<object>(), payment = new { method = "card", token = "tok_approve" }, currency = "USD" }),
        };

        using var answer = await shopper.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty("lines", out _));
    }

    [Fact]
    public async Task A_card_that_is_declined()
    {
        using var shopper = await store.NewShopper();
        var game = await shopper.Find("kind=game&search=metal%20gear");

        var order = await shopper.Reaches(await shopper.PlaceOrder(game, "tok_decline").Accepted(), "rejected");

        Assert.Equal("declined", order.GetProperty("statusReason").GetString());
        Assert.Empty(await shopper.Library());
    }

    [Fact]
    public async Task An_address_of_somebody_else()
    {
        using var neighbour = await store.NewShopper();
        using var shopper = await store.NewShopper();
        var address = await neighbour.AddAddress();
        var console = await shopper.Find("kind=console");

        using var answer = await shopper.PlaceOrder(console, address: address);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty("shippingAddressId", out _));
    }

    [Fact]
    public async Task A_product_that_is_sold_out()
    {
        using var administrator = await store.SignedInAs("admin");
        using var shopper = await store.NewShopper();
        var headset = await shopper.Find("kind=accessory");
        await administrator.SetStock(headset.Sku, 0);

        var order = await shopper.Reaches(await shopper.PlaceOrder(headset, address: await shopper.AddAddress()).Accepted(), "rejected");

        Assert.Equal("soldOut", order.GetProperty("statusReason").GetString());
        await administrator.SetStock(headset.Sku, 25);
    }

    [Fact]
    public async Task A_price_that_has_changed_since_the_shopper_saw_it()
    {
        using var shopper = await store.NewShopper();
        var game = await shopper.Find("kind=game&search=ratchet");

        var order = await shopper.Reaches(await shopper.PlaceOrder(game, seen: game.Price - 100).Accepted(), "rejected");

        Assert.Equal("priceChanged", order.GetProperty("statusReason").GetString());
    }

    [Fact]
    public async Task Another_shoppers_order()
    {
        using var neighbour = await store.NewShopper();
        using var shopper = await store.NewShopper();
        var order = await neighbour.PlaceOrder(await neighbour.Find("kind=game")).Accepted();

        using var read = await shopper.GetAsync($"/api/orders/{order}");
        using var cancel = await shopper.PostAsync($"/api/orders/{order}/cancel", null);
        using var ship = await shopper.PostAsJsonAsync($"/api/admin/orders/{order}/ship", new { });

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.Forbidden], [read.StatusCode, cancel.StatusCode, ship.StatusCode]);
        await neighbour.Reaches(order, "completed");
    }
}
