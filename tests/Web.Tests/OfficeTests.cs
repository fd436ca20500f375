using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class OfficeTests : IAsyncLifetime
{
    private const string Pad = "DUALSENSE-WIRELESS-CONTROLLER";

    private readonly WebApp app = new();

    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Theory]
    [InlineData("/admin/orders")]
    [InlineData("/admin/products")]
    public async Task The_back_office_is_closed_to_customers(string address)
    {
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync(address);

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Contains("Your account may not see this page.", page.Words);
    }

    [Fact]
    public async Task Staff_send_an_order_and_mark_it_as_delivered()
    {
        var order = app.Store.Orders.Placed(Account, (Pad, 1, 5_999)).Move("awaitingPayment").Move("paid").Move("awaitingShipment");
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        var page = await staff.OpenAsync("/admin/orders");
        Assert.Contains(order.Number, page.Words);
        page = await staff.SubmitAsync(await staff.OpenAsync($"/admin/orders/{order.Id}"), "/ship", ("trackingNumber", "IE 4821"));
        Assert.Contains("The order is on its way", page.Words);
        Assert.Equal("IE 4821", order.TrackingNumber);
        await staff.SubmitAsync(page, "/deliver");

        Assert.Equal("delivered", order.Status);
    }

    [Fact]
    public async Task A_step_that_comes_too_late_is_told_to_staff()
    {
        var order = app.Store.Orders.Placed(Account, (Pad, 1, 5_999)).Move("awaitingPayment").Move("paid").Move("awaitingShipment");
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");
        var page = await staff.OpenAsync($"/admin/orders/{order.Id}");
        order.Move("cancelled", "cancelledByShopper");

        page = await staff.SubmitAsync(page, "/ship");

        Assert.Contains("nothing was changed", page.Words);
        Assert.Equal("cancelled", order.Status);
    }

    [Fact]
    public async Task Administrators_change_stock_and_prices_and_staff_see_them()
    {
        var pad = StubCatalogue.All.First(product => product.Variants[0].Sku == Pad);
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");
        Assert.DoesNotContain("Change stock", (await staff.OpenAsync($"/admin/products/{pad.Id}")).Words);
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");

        var page = await administrator.OpenAsync($"/admin/products/{pad.Id}");
        var refused = await administrator.SubmitAsync(page, $"stock-{Pad}", ($"stock-{Pad}.onHand", "-5"), ($"stock-{Pad}.reason", "count"));
        Assert.Contains("A whole number, 0 or more.", refused.Words);
        page = await administrator.SubmitAsync(page, $"stock-{Pad}", ($"stock-{Pad}.onHand", "50"), ($"stock-{Pad}.reason", "count"));
        Assert.Contains("The stock is changed.", page.Words);
        page = await administrator.SubmitAsync(page, $"price-{Pad}", ($"price-{Pad}.price", "64.99"), ($"price-{Pad}.original", ""), ($"price-{Pad}.ends", ""));

        Assert.Contains("The price is changed.", page.Words);
        Assert.Equal((50, 6_499), (app.Store.Stock.OnHand[Pad], app.Store.Stock.Prices[Pad]));
    }

    [Theory]
    [InlineData("64.999")]
    [InlineData("-1")]
    [InlineData("1e9")]
    [InlineData("free")]
    public async Task A_price_that_is_no_amount_is_told_and_not_sent(string price)
    {
        var pad = StubCatalogue.All.First(product => product.Variants[0].Sku == Pad);
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");

        var page = await administrator.SubmitAsync(await administrator.OpenAsync($"/admin/products/{pad.Id}"), $"price-{Pad}", ($"price-{Pad}.price", price));

        Assert.Contains("An amount such as 59.99.", page.Words);
        Assert.Empty(app.Store.Stock.Prices);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
