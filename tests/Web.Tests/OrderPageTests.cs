using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class OrderPageTests : IAsyncLifetime
{
    private const string Game = "TEKKEN-3-PS1";
    private const string Pad = "DUALSENSE-WIRELESS-CONTROLLER";

    private readonly WebApp app = new();

    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Fact]
    public async Task A_parcel_takes_six_steps_and_its_page_says_where_it_is()
    {
        var order = app.Store.Orders.Placed(Account, (Game, 1, 999), (Pad, 1, 5_999)).Move("awaitingPayment").Move("paid").Move("awaitingShipment");
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync($"/orders/{order.Id}");

        Assert.Contains("Your order is being packed", page.All("h2"));
        Assert.Matches("Placed ?, done", page.Words);
        Assert.Matches("Paid ?, done", page.Words);
        Assert.Matches("Packing ?, under way", page.Words);
        Assert.Matches("Delivered ?, not yet", page.Words);
        Assert.Contains("In your library", page.Words);
        Assert.Contains("Total $69.98", page.Words);
        Assert.Matches("<noscript[^>]*><meta http-equiv=\"refresh\"", page.Html);
    }

    [Fact]
    public async Task A_page_of_an_order_that_has_ended_stands_still()
    {
        var order = app.Store.Orders.Placed(Account, (Game, 1, 999)).Move("awaitingPayment").Move("rejected", "declined");
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync($"/orders/{order.Id}");

        Assert.Contains("The card was declined. Nothing was charged.", page.Words);
        Assert.DoesNotContain("http-equiv=\"refresh\"", page.Html);
        Assert.DoesNotContain("data-live=", page.Html);
        var cart = await shopper.SubmitAsync(page, "/again");
        Assert.Equal("/cart?told=again", shopper.Address);
        Assert.Contains("Tekken 3", cart.Words);
    }

    [Fact]
    public async Task Another_shoppers_order_is_not_there()
    {
        var order = new StubOrder(Guid.NewGuid(), null, (Game, 1, 999));
        app.Store.Orders.All.Add(order);
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync($"/orders/{order.Id}");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.DoesNotContain("Tekken", page.Words);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
