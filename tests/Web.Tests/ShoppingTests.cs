using System.Net;
using System.Text.RegularExpressions;

namespace PlayStationStore.Web.Tests;

/// <summary>From the cart to the order.</summary>
public sealed class ShoppingTests : IAsyncLifetime
{
    private const string Game = "FINAL-FANTASY-VII-PS1";
    private const string Pad = "DUALSENSE-WIRELESS-CONTROLLER";
    private const string SoldOutGame = "FALLOUT-4-PS4";

    private readonly WebApp app = new();

    private StubOrders Orders => app.Store.Orders;
    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Fact]
    public async Task What_is_put_into_the_cart_without_an_account_is_there_after_signing_in()
    {
        using var shopper = new Shopper(app);

        var product = await shopper.OpenAsync("/product/final-fantasy-vii");
        var cart = await shopper.SubmitAsync(product, "/cart/items");
        Assert.Contains("Added to your cart.", cart.Words);
        Assert.Contains("Final Fantasy VII", cart.Words);
        Assert.Contains("Cart, 1 item", cart.Html);
        await shopper.SignInAsync();
        cart = await shopper.OpenAsync("/cart");

        Assert.Contains("Final Fantasy VII", cart.Words);
        Assert.DoesNotContain("store.cart", shopper.Cookies.Keys);
    }

    [Fact]
    public async Task Quantities_change_and_lines_go()
    {
        using var shopper = await SignedInAsync((Pad, 1), (Game, 1));

        var cart = await shopper.SubmitAsync(await shopper.OpenAsync("/cart"), "name=\"quantity\"", ("quantity", "3"));
        Assert.Contains("$179.97", cart.Words);
        cart = await shopper.SubmitAsync(cart, Game + "/remove");

        Assert.Contains("Removed from your cart.", cart.Words);
        Assert.DoesNotContain("Final Fantasy VII", cart.Words);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1000000000")]
    [InlineData("many")]
    [InlineData("")]
    public async Task A_quantity_that_is_none_changes_nothing(string quantity)
    {
        using var shopper = await SignedInAsync((Pad, 2));

        var page = await shopper.SubmitAsync(await shopper.OpenAsync("/cart"), "name=\"quantity\"", ("quantity", quantity));

        Assert.True(page.Status is HttpStatusCode.OK or HttpStatusCode.BadRequest);
        Assert.Equal(2, Orders.CartOf(Account)[Pad].Quantity);
    }

    [Fact]
    public async Task What_is_sold_out_or_costs_something_else_by_now_is_told_and_the_total_leaves_it_out()
    {
        using var shopper = await SignedInAsync((Game, 1), (SoldOutGame, 1));
        await shopper.OpenAsync("/cart");
        app.Store.Stock.Prices[Game] = 1_999;

        var cart = await shopper.OpenAsync("/cart");

        Assert.Contains("Sold out", cart.Words);
        Assert.Contains("The price has risen since you last looked: it was $14.99", cart.Words);
        Assert.Contains("Total $19.99", cart.Words);
    }

    [Fact]
    public async Task Redis_being_away_says_later_and_the_rest_of_the_store_goes_on()
    {
        using var shopper = await SignedInAsync((Game, 1));
        Orders.CartsAway = true;

        Assert.Contains("The cart does not answer at the moment", (await shopper.OpenAsync("/cart")).Words);
        Assert.Contains("The cart does not answer at the moment", (await shopper.OpenAsync("/checkout")).Words);
        var added = await shopper.SubmitAsync(await shopper.OpenAsync("/product/tekken-3"), "/cart/items");
        Assert.Contains("nothing was changed", added.Words);
        Assert.Equal("Library", (await shopper.OpenAsync("/library")).Of("h1"));
    }

    [Fact]
    public async Task The_catalogue_being_away_leaves_the_cart_with_its_quantities()
    {
        using var shopper = await SignedInAsync((Game, 2));
        app.Store.Down.Add("products");

        var cart = await shopper.OpenAsync("/cart");

        Assert.Contains("names and prices are missing", cart.Words);
        Assert.Contains(Game, cart.Words);
    }

    [Fact]
    public async Task A_game_and_a_controller_are_paid_and_lead_to_the_page_of_their_order()
    {
        using var shopper = await SignedInAsync((Game, 1), (Pad, 1));
        Account.Add(StubAddress.Dublin());

        var checkout = await shopper.OpenAsync("/checkout");
        Assert.Contains("Mara Keane, 14 Harbour Row, Dublin 4", checkout.Words);
        Assert.Contains("Pay $74.98", checkout.Words);
        var page = await shopper.SubmitAsync(checkout, "id=\"pay\"", Pay(checkout));

        var order = Assert.Single(Orders.All);
        Assert.Equal($"/orders/{order.Id}", shopper.Address);
        Assert.Equal($"Order {order.Number}", page.Of("h1"));
        Assert.Contains("14 Harbour Row", page.Words);
        Assert.Empty(Orders.CartOf(Account));
    }

    [Fact]
    public async Task A_double_click_a_refresh_and_the_back_button_lead_to_one_order()
    {
        using var shopper = await SignedInAsync((Game, 1));
        var checkout = await shopper.OpenAsync("/checkout");
        using var second = shopper.Copy(app);
        await second.OpenAsync("/checkout");

        await Task.WhenAll(
            shopper.SubmitAsync(checkout, "id=\"pay\"", Pay(checkout)),
            second.SubmitAsync(checkout, "id=\"pay\"", Pay(checkout)));
        using var back = shopper.Copy(app);
        await back.OpenAsync("/checkout");
        await back.SubmitAsync(checkout, "id=\"pay\"", Pay(checkout));

        var order = Assert.Single(Orders.All);
        Assert.Equal([$"/orders/{order.Id}", $"/orders/{order.Id}", $"/orders/{order.Id}"], [shopper.Address, second.Address, back.Address]);
        Assert.Single(Orders.Keys.Distinct());
    }

    [Fact]
    public async Task Another_way_to_pay_on_a_page_that_has_ordered_is_told_and_orders_nothing()
    {
        using var shopper = await SignedInAsync((Game, 1));
        var checkout = await shopper.OpenAsync("/checkout");
        await shopper.SubmitAsync(checkout, "id=\"pay\"", Pay(checkout));
        using var back = shopper.Copy(app);
        await back.OpenAsync("/checkout");

        var page = await back.SubmitAsync(checkout, "id=\"pay\"", Pay(checkout, "wallet"));

        Assert.Contains("This page has ordered before", page.Words);
        Assert.Single(Orders.All);
    }

    [Fact]
    public async Task A_price_that_changed_while_the_checkout_was_open_is_told_and_not_charged()
    {
        using var shopper = await SignedInAsync((Game, 1));
        var checkout = await shopper.OpenAsync("/checkout");
        app.Store.Stock.Prices[Game] = 1_999;

        var page = await shopper.SubmitAsync(checkout, "id=\"pay\"", Pay(checkout));

        Assert.Contains("The price of Final Fantasy VII changed from $14.99 to $19.99", page.Words);
        Assert.Contains("Pay $19.99", page.Words);
        Assert.Empty(Orders.All);
    }

    [Fact]
    public async Task Something_added_in_another_tab_stays_in_the_cart_and_out_of_the_order()
    {
        using var shopper = await SignedInAsync((Game, 1));
        var checkout = await shopper.OpenAsync("/checkout");
        Orders.CartOf(Account)["TEKKEN-3-PS1"] = new("TEKKEN-3-PS1", 1, DateTimeOffset.UtcNow);

        var page = await shopper.SubmitAsync(checkout, "id=\"pay\"", Pay(checkout));

        Assert.Contains("$14.99", page.Words);
        Assert.Equal("TEKKEN-3-PS1", Assert.Single(Orders.CartOf(Account)).Key);
    }

    [Fact]
    public async Task An_order_is_placed_while_the_catalogue_is_away_if_its_page_was_open_before()
    {
        using var shopper = await SignedInAsync((Game, 1));
        var checkout = await shopper.OpenAsync("/checkout");
        app.Store.Down.Add("products");

        await shopper.SubmitAsync(checkout, "id=\"pay\"", Pay(checkout));

        Assert.Single(Orders.All);
    }

    [Fact]
    public async Task Orders_being_away_is_told_and_pressing_again_sends_the_same_key()
    {
        using var shopper = await SignedInAsync((Game, 1));
        var checkout = await shopper.OpenAsync("/checkout");
        var key = KeyOf(checkout);
        app.Store.Down.Add("orders");

        var page = await shopper.SubmitAsync(checkout, "id=\"pay\"", Pay(checkout));

        Assert.Contains("it cannot order twice", page.Words);
        Assert.Equal(key, KeyOf(page));
    }

    [Fact]
    public async Task An_address_of_somebody_else_is_refused_at_its_step()
    {
        using var shopper = await SignedInAsync((Pad, 1));
        Account.Add(StubAddress.Dublin());
        var checkout = await shopper.OpenAsync("/checkout");

        var page = await shopper.SubmitAsync(checkout, "id=\"pay\"", [.. Pay(checkout).Where(field => field.Name != "Order.Address"), ("Order.Address", Guid.NewGuid().ToString())]);

        Assert.Contains("You have no such address.", page.Words);
        Assert.Empty(Orders.All);
    }

    [Fact]
    public async Task A_new_address_at_the_checkout_is_chosen_at_once_and_its_faults_stand_at_its_fields()
    {
        using var shopper = await SignedInAsync((Pad, 1));
        (string, string)[] address = [("Form.Name", "Mara Keane"), ("Form.Line1", "1 High Street"), ("Form.City", "Springfield"), ("Form.Country", "US")];

        var page = await shopper.SubmitAsync(await shopper.OpenAsync("/checkout"), "Form.Line1", address);
        Assert.Contains("Addresses in this country need a postal code.", page.Words);
        page = await shopper.SubmitAsync(page, "Form.Line1", [.. address, ("Form.PostalCode", "62701")]);

        Assert.StartsWith("/checkout?address=", shopper.Address);
        Assert.Contains("Mara Keane, 1 High Street, Springfield", page.Words);
    }

    [Fact]
    public async Task A_coupon_lowers_the_total_and_a_wrong_one_is_told()
    {
        using var shopper = await SignedInAsync((Game, 1));
        var checkout = await shopper.OpenAsync("/checkout");

        var refused = await shopper.SubmitAsync(checkout, "id=\"pay\"", ("Order.Step", "coupon"), ("Order.Coupon", "NONE"));
        Assert.Contains("There is no such coupon.", refused.Words);
        var taken = await shopper.SubmitAsync(checkout, "id=\"pay\"", ("Order.Step", "coupon"), ("Order.Coupon", "welcome10"));

        Assert.Contains("Coupon WELCOME10", taken.Words);
        Assert.Contains("Pay $13.50", taken.Words);
    }

    [Fact]
    public async Task A_wallet_that_does_not_hold_enough_cannot_be_chosen()
    {
        using var shopper = await SignedInAsync((Game, 1));
        Orders.Balance = 500;

        var checkout = await shopper.OpenAsync("/checkout");

        Assert.Contains("$5.00 available, which is not enough", checkout.Words);
        Assert.Matches("value=\"wallet\"[^>]* disabled", checkout.Html);
    }

    [Fact]
    public async Task Test_cards_are_offered_in_development_only()
    {
        using var shopper = await SignedInAsync((Game, 1));
        Assert.Contains("Test mode, no money moves", (await shopper.OpenAsync("/checkout")).Words);

        await using var live = new WebApp { TestCards = false };
        await live.InitializeAsync();
        using var buyer = new Shopper(live);
        await buyer.SignInAsync();
        live.Store.Orders.CartOf(live.Store.Users.Accounts["shopper@example.com"])[Game] = new(Game, 1, DateTimeOffset.UtcNow);
        Assert.DoesNotContain("tok_", (await buyer.OpenAsync("/checkout")).Html);
    }

    [Theory]
    [InlineData("/cart/items")]
    [InlineData("/cart/items/FINAL-FANTASY-VII-PS1")]
    [InlineData("/cart/items/FINAL-FANTASY-VII-PS1/remove")]
    [InlineData("/checkout")]
    [InlineData("/sign-out")]
    [InlineData("/account")]
    [InlineData("/wallet")]
    [InlineData("/wishlist/00000001-0000-0000-0000-000000000000")]
    [InlineData("/notifications/read")]
    [InlineData("/account/addresses/new")]
    public async Task A_form_without_its_token_is_refused_and_changes_nothing(string address)
    {
        using var shopper = await SignedInAsync((Game, 1));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, UriKind.Relative))
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("sku", Game), KeyValuePair.Create("quantity", "5")]),
        };

        using var answer = await shopper.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(1, Orders.CartOf(Account)[Game].Quantity);
        Assert.True(shopper.SignedIn);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<Shopper> SignedInAsync(params (string Sku, int Quantity)[] cart)
    {
        var shopper = new Shopper(app);
        await shopper.SignInAsync();
        foreach (var (sku, quantity) in cart)
        {
            Orders.CartOf(Account)[sku] = new(sku, quantity, DateTimeOffset.UtcNow);
        }

        return shopper;
    }

    // The choices stand outside of the form's element and belong to it by their form attribute.
    private static (string Name, string Value)[] Pay(Page checkout, string payment = "tok_approve") =>
    [
        ("Order.Step", "pay"),
        ("Order.Payment", payment),
        .. Regex.Matches(checkout.Html, "name=\"Order.Address\"[^>]*value=\"([^\"]*)\"[^>]* checked").Select(match => ("Order.Address", match.Groups[1].Value)),
    ];

    private static string KeyOf(Page checkout) => Regex.Match(checkout.Html, "name=\"Order.Key\" value=\"([^\"]*)\"").Groups[1].Value;
}
