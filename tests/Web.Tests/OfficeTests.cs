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
        Assert.Contains("The parcel is on its way", page.Words);
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

    [Fact]
    public async Task Administrators_set_what_members_pay_and_staff_see_it()
    {
        var pad = StubCatalogue.All.First(product => product.Variants[0].Sku == Pad);
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");

        var page = await administrator.SubmitAsync(
            await administrator.OpenAsync($"/admin/products/{pad.Id}"), $"member-{Pad}", ($"member-{Pad}.price", "49.50"), ($"member-{Pad}.tier", "extra"));
        Assert.Contains("The member price is set.", page.Words);
        Assert.Contains("value=\"49.50\"", page.Html);
        Assert.Equal((4_950, "extra"), app.Store.Stock.MemberPrices[Pad]);
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");
        var seen = await staff.OpenAsync($"/admin/products/{pad.Id}");
        Assert.Contains("$49.50 with Plus Extra", seen.Words);
        Assert.DoesNotContain("Change member price", seen.Words);

        page = await administrator.SubmitAsync(page, $"member-{Pad}", ($"member-{Pad}.price", "half"), ($"member-{Pad}.tier", "extra"));
        Assert.Contains("An amount such as 49.99, or nothing.", page.Words);
        page = await administrator.SubmitAsync(page, $"member-{Pad}", ($"member-{Pad}.price", "60"), ($"member-{Pad}.tier", "extra"));
        Assert.Contains("Members pay less than everybody.", page.Words);
        page = await administrator.SubmitAsync(page, $"member-{Pad}", ($"member-{Pad}.price", ""), ($"member-{Pad}.tier", "extra"));

        Assert.Contains("Members pay what everybody does.", page.Words);
        Assert.Empty(app.Store.Stock.MemberPrices);
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

    [Fact]
    public async Task Staff_give_money_back_for_pieces_of_a_line_with_a_reason_and_a_note()
    {
        var order = app.Store.Orders.Placed(Account, (Pad, 2, 5_999), ("TEKKEN-3-PS1", 1, 999)).Move("awaitingPayment").Move("paid").Move("awaitingShipment").Move("shipped");
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");
        Assert.DoesNotContain("Give money back", (await staff.OpenAsync($"/admin/orders/{order.Id}")).Words);
        order.Move("delivered");

        var page = await staff.OpenAsync($"/admin/orders/{order.Id}");
        page = await staff.SubmitAsync(page, "/refund", ("quantity", "1"), ("quantity", "0"), ("reason", "returned"), ("note", "The left stick was loose."));

        Assert.Contains("The money is on its way back", page.Words);
        var refund = Assert.Single(order.Refunds);
        Assert.Equal(("returned", "The left stick was loose.", 5_999), (refund.Reason, refund.Note, refund.Amount));
        Assert.Equal([(Pad, 1)], refund.Lines);
        Assert.Contains("1 given back", page.Words);
        Assert.Contains("Revenue $69.98 paid and not given back", page.Words);
    }

    [Theory]
    [InlineData("0", "No line had a quantity")]
    [InlineData("3", "at most what is left")]
    [InlineData("1.5", "at most what is left")]
    [InlineData("-1", "at most what is left")]
    [InlineData("99999999999", "at most what is left")]
    public async Task A_quantity_that_cannot_go_back_is_told_and_changes_nothing(string quantity, string sentence)
    {
        var order = app.Store.Orders.Placed(Account, (Pad, 2, 5_999)).Move("delivered");
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        var page = await staff.SubmitAsync(await staff.OpenAsync($"/admin/orders/{order.Id}"), "/refund", ("quantity", quantity), ("reason", "goodwill"));

        Assert.Contains(sentence, page.Words);
        Assert.Empty(order.Refunds);
    }

    [Fact]
    public async Task A_gift_card_that_was_redeemed_is_not_paid_back_by_staff_either()
    {
        var order = app.Store.Orders.Placed(Account, ("PLAYSTATION-STORE-GIFT-CARD", 1, 1_000)).Move("completed");
        order.Blocks["PLAYSTATION-STORE-GIFT-CARD"] = "redeemed";
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        var page = await staff.SubmitAsync(await staff.OpenAsync($"/admin/orders/{order.Id}"), "/refund", ("quantity", "1"), ("reason", "goodwill"));

        Assert.Contains("not given back a second time", page.Words);
    }

    [Fact]
    public async Task A_parcel_whose_shopper_is_gone_is_not_said_to_go_to_a_library()
    {
        var order = app.Store.Orders.Placed(Account, (Pad, 1, 5_999)).Move("awaitingPayment").Move("paid").Move("awaitingShipment").Move("shipped").Move("delivered");
        order.AddressDeleted = true;
        app.Store.Orders.Placed(Account, ("TEKKEN-3-PS1", 1, 999)).Move("completed");
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        var rows = (await staff.OpenAsync("/admin/orders")).All("tr");

        Assert.Contains("Library", rows[1]);
        Assert.Contains("Address deleted", rows[2]);
        Assert.DoesNotContain("Library", rows[2]);
    }

    [Fact]
    public async Task What_the_form_before_did_is_not_told_beside_what_is_wrong_with_this_one()
    {
        var pad = StubCatalogue.All.First(product => product.Variants[0].Sku == Pad);
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var page = await administrator.SubmitAsync(
            await administrator.OpenAsync($"/admin/products/{pad.Id}"), $"stock-{Pad}", ($"stock-{Pad}.onHand", "50"), ($"stock-{Pad}.reason", "count"));

        page = await administrator.SubmitAsync(page, $"price-{Pad}", ($"price-{Pad}.price", "free"));

        Assert.Contains("An amount such as 59.99.", page.Words);
        Assert.DoesNotContain("The stock is changed.", page.Words);
    }

    [Fact]
    public async Task One_product_is_counted_as_one()
    {
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        Assert.Contains("1 product shown", (await staff.OpenAsync("/admin/products?search=Tekken+3")).Words);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
