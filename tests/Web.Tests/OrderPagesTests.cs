using System.Net;

namespace PlayStationStore.Web.Tests;

/// <summary>Orders, what is owned, and the back office.</summary>
public sealed class OrderPagesTests : IAsyncLifetime
{
    private const string Game = "TEKKEN-3-PS1";
    private const string Pad = "DUALSENSE-WIRELESS-CONTROLLER";

    private readonly WebApp app = new();

    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Fact]
    public async Task A_parcel_takes_six_steps_and_its_page_says_where_it_is()
    {
        var order = Placed((Game, 1, 999), (Pad, 1, 5_999)).Move("awaitingPayment").Move("paid").Move("awaitingShipment");
        using var shopper = await SignedInAsync();

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
        var order = Placed((Game, 1, 999)).Move("awaitingPayment").Move("rejected", "declined");
        using var shopper = await SignedInAsync();

        var page = await shopper.OpenAsync($"/orders/{order.Id}");

        Assert.Contains("The card was declined. Nothing was charged.", page.Words);
        Assert.DoesNotContain("http-equiv=\"refresh\"", page.Html);
        Assert.DoesNotContain("data-live=", page.Html);
        var cart = await shopper.SubmitAsync(page, "/again");
        Assert.Equal("/cart?told=again", shopper.Address);
        Assert.Contains("Tekken 3", cart.Words);
    }

    [Fact]
    public async Task The_stream_of_an_order_passes_each_change_on_as_it_happens_and_ends_with_the_order()
    {
        var order = Placed((Game, 1, 999));
        using var shopper = await SignedInAsync();

        using var answer = await shopper.SendAsync(new(HttpMethod.Get, new Uri($"/orders/{order.Id}/events", UriKind.Relative)));
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        using var events = new StreamReader(await answer.Content.ReadAsStreamAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        Assert.Contains("\"submitted\"", await NextAsync(events, patience.Token));
        order.Move("paid");
        Assert.Contains("\"paid\"", await NextAsync(events, patience.Token));
        order.Move("completed");
        Assert.Contains("\"completed\"", await NextAsync(events, patience.Token));
        Assert.Null(await NextAsync(events, patience.Token));
    }

    [Fact]
    public async Task The_stream_of_an_order_is_for_its_shopper_alone()
    {
        var order = new StubOrder(Guid.NewGuid(), null, (Game, 1, 999));
        app.Store.Orders.All.Add(order);
        using var anonymous = new Shopper(app);
        using var stranger = await SignedInAsync();

        using var refused = await anonymous.SendAsync(EventsOf(order));
        using var missing = await stranger.SendAsync(EventsOf(order));

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.NotFound], [refused.StatusCode, missing.StatusCode]);

        static HttpRequestMessage EventsOf(StubOrder order) =>
            new(HttpMethod.Get, new Uri($"/orders/{order.Id}/events", UriKind.Relative)) { Headers = { { "Accept", "text/event-stream" } } };
    }

    [Fact]
    public async Task Another_shoppers_order_is_not_there()
    {
        var order = new StubOrder(Guid.NewGuid(), null, (Game, 1, 999));
        app.Store.Orders.All.Add(order);
        using var shopper = await SignedInAsync();

        var page = await shopper.OpenAsync($"/orders/{order.Id}");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.DoesNotContain("Tekken", page.Words);
    }

    [Fact]
    public async Task An_order_is_cancelled_until_it_is_sent_and_afterwards_it_is_told_that_it_is_too_late()
    {
        var order = Placed((Pad, 1, 5_999)).Move("awaitingPayment").Move("paid").Move("awaitingShipment");
        var late = Placed((Pad, 1, 5_999)).Move("awaitingPayment").Move("paid").Move("awaitingShipment");
        using var shopper = await SignedInAsync();
        var before = await shopper.OpenAsync($"/orders/{late.Id}");
        late.Move("shipped");

        var page = await shopper.SubmitAsync(await shopper.OpenAsync($"/orders/{order.Id}"), "/cancel");
        Assert.Contains("The order is cancelled.", page.Words);
        page = await shopper.SubmitAsync(before, "/cancel");

        Assert.Contains("It is too late to cancel", page.Words);
        Assert.Equal(["cancelled", "shipped"], [order.Status, late.Status]);
    }

    [Fact]
    public async Task Orders_being_away_is_told_on_each_of_its_pages()
    {
        var order = Placed((Game, 1, 999));
        using var shopper = await SignedInAsync();
        app.Store.Down.Add("orders");

        foreach (var address in (string[])["/orders", $"/orders/{order.Id}", "/library", "/wallet", "/cart", "/checkout"])
        {
            var page = await shopper.OpenAsync(address);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains("at the moment", page.Words);
        }

        Assert.Equal(HttpStatusCode.OK, (await shopper.OpenAsync("/account")).Status);
    }

    [Fact]
    public async Task Users_being_away_is_told_on_each_of_its_pages()
    {
        using var shopper = await SignedInAsync();
        app.Store.Down.Add("users");

        foreach (var address in (string[])["/account", "/account/addresses", "/wishlist", "/notifications"])
        {
            var page = await shopper.OpenAsync(address);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains("at the moment", page.Words);
        }

        Assert.Equal("Wallet", (await shopper.OpenAsync("/wallet")).Of("h1"));
    }

    [Fact]
    public async Task The_library_shows_what_is_owned_and_narrows_it()
    {
        foreach (var product in StubCatalogue.All.Where(product => product.Name is "Tekken 3" or "God of War"))
        {
            app.Store.Orders.Library.Add(new(product.Id, product.Variants[0].Sku, product.Name, "game", product.Platforms[0], null, Guid.NewGuid(), DateTimeOffset.UtcNow));
        }

        using var shopper = await SignedInAsync();

        var library = await shopper.OpenAsync("/library");
        Assert.Contains("Tekken 3", library.All("h2"));
        Assert.Contains("God of War", library.All("h2"));
        var narrowed = await shopper.OpenAsync("/library?platform=PS1");
        Assert.Contains("Tekken 3", narrowed.Words);
        Assert.DoesNotContain("God of War", narrowed.Words);
    }

    [Fact]
    public async Task A_gift_card_fills_the_wallet_and_a_wrong_code_is_told_at_its_field()
    {
        using var shopper = await SignedInAsync();

        var page = await shopper.SubmitAsync(await shopper.OpenAsync("/wallet"), "redeem", ("Code", "WRONGCODE000"));
        Assert.Contains("This code is not one of ours", page.Words);
        page = await shopper.SubmitAsync(page, "redeem", ("Code", "DEVCARD00050"));

        Assert.Equal("/wallet?told=redeemed", shopper.Address);
        Assert.Contains("$70.00", page.Words);
    }

    [Fact]
    public async Task An_address_is_added_changed_and_deleted()
    {
        using var shopper = await SignedInAsync();
        (string, string)[] address = [("Form.Name", "Mara Keane"), ("Form.Line1", "14 Harbour Row"), ("Form.City", "Dublin 4"), ("Form.Country", "IE")];

        var page = await shopper.SubmitAsync(await shopper.OpenAsync("/account/addresses/new"), "Form.Line1", address);
        Assert.Contains("14 Harbour Row", page.Words);
        var id = Assert.Single(Account.Addresses).Key;
        page = await shopper.SubmitAsync(await shopper.OpenAsync($"/account/addresses/{id}"), "Form.Line1", [.. address.Where(field => field.Item1 != "Form.Line1"), ("Form.Line1", "15 Harbour Row")]);
        Assert.Contains("15 Harbour Row", page.Words);
        await shopper.SubmitAsync(page, "/delete");

        Assert.Empty(Account.Addresses);
        Assert.Equal(HttpStatusCode.NotFound, (await shopper.OpenAsync($"/account/addresses/{id}")).Status);
    }

    [Fact]
    public async Task Wishes_are_kept_and_notifications_are_read()
    {
        var product = StubCatalogue.All.First(product => product.Name == "Tekken 3");
        Account.Notifications = [new(Guid.NewGuid(), "orderPaid", "Order 7KQ2-M4XP is paid", "Thank you.", "/orders", DateTimeOffset.UtcNow, false)];
        using var shopper = await SignedInAsync();

        var page = await shopper.SubmitAsync(await shopper.OpenAsync("/product/tekken-3"), "/wishlist/");
        Assert.Contains(product.Id, Account.Wishes.Keys);
        page = await shopper.SubmitAsync(await shopper.OpenAsync("/wishlist"), "/remove");
        Assert.Contains("Removed from your wishlist.", page.Words);
        page = await shopper.SubmitAsync(await shopper.OpenAsync("/notifications"), "/notifications/read");

        Assert.DoesNotContain("Mark all as read", page.Words);
    }

    [Theory]
    [InlineData("/orders")]
    [InlineData("/orders/0193f0a0-0000-7000-8000-000000000000")]
    [InlineData("/library")]
    [InlineData("/wallet")]
    [InlineData("/wishlist")]
    [InlineData("/notifications")]
    [InlineData("/account")]
    [InlineData("/account/addresses")]
    [InlineData("/checkout")]
    [InlineData("/admin/orders")]
    [InlineData("/admin/products")]
    public async Task A_page_of_ones_own_asks_who_one_is(string address)
    {
        using var shopper = new Shopper(app);

        await shopper.OpenAsync(address);

        Assert.Equal("/sign-in?returnUrl=" + Uri.EscapeDataString(address), shopper.Address);
    }

    [Theory]
    [InlineData("/admin/orders")]
    [InlineData("/admin/products")]
    public async Task The_back_office_is_closed_to_customers(string address)
    {
        using var shopper = await SignedInAsync();

        var page = await shopper.OpenAsync(address);

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Contains("Your account may not see this page.", page.Words);
    }

    [Fact]
    public async Task Staff_send_an_order_and_mark_it_as_delivered()
    {
        var order = Placed((Pad, 1, 5_999)).Move("awaitingPayment").Move("paid").Move("awaitingShipment");
        using var staff = await SignedInAsync("staff@example.com");

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
        var order = Placed((Pad, 1, 5_999)).Move("awaitingPayment").Move("paid").Move("awaitingShipment");
        using var staff = await SignedInAsync("staff@example.com");
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
        using var staff = await SignedInAsync("staff@example.com");
        Assert.DoesNotContain("Change stock", (await staff.OpenAsync($"/admin/products/{pad.Id}")).Words);
        using var administrator = await SignedInAsync("admin@example.com");

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
        using var administrator = await SignedInAsync("admin@example.com");

        var page = await administrator.SubmitAsync(await administrator.OpenAsync($"/admin/products/{pad.Id}"), $"price-{Pad}", ($"price-{Pad}.price", price));

        Assert.Contains("An amount such as 59.99.", page.Words);
        Assert.Empty(app.Store.Stock.Prices);
    }

    [Fact]
    public async Task Pages_carry_no_inline_script_or_style()
    {
        var order = Placed((Pad, 1, 5_999)).Move("awaitingPayment");
        using var administrator = await SignedInAsync("admin@example.com");
        using var shopper = await SignedInAsync();

        foreach (var address in (string[])["/cart", "/checkout", "/orders", $"/orders/{order.Id}", "/library", "/wallet", "/account", "/account/addresses/new", "/notifications", "/wishlist"])
        {
            AssertStrict(await shopper.OpenAsync(address));
        }

        AssertStrict(await administrator.OpenAsync($"/admin/orders/{order.Id}"));
        AssertStrict(await administrator.OpenAsync("/admin/products"));

        static void AssertStrict(Page page)
        {
            Assert.DoesNotMatch("<[^>]+ style=", page.Html);
            Assert.DoesNotMatch("<[^>]+ on[a-z]+=", page.Html);
            Assert.DoesNotMatch("<style", page.Html);
            Assert.DoesNotMatch("<script(?![^>]* src=)", page.Html);
        }
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private StubOrder Placed(params (string, int, long)[] lines)
    {
        var order = new StubOrder(Account.Id, lines.Any(line => line.Item1 == Pad) ? StubAddress.Dublin() : null, lines);
        app.Store.Orders.All.Add(order);
        return order;
    }

    private async Task<Shopper> SignedInAsync(string email = "shopper@example.com")
    {
        var shopper = new Shopper(app);
        await shopper.SignInAsync(email);
        return shopper;
    }

    private static async Task<string?> NextAsync(StreamReader events, CancellationToken cancellation)
    {
        while (await events.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return line;
            }
        }

        return null;
    }
}
