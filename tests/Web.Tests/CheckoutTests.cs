using System.Text.RegularExpressions;

namespace PlayStationStore.Web.Tests;

public sealed class CheckoutTests : IAsyncLifetime
{
    private const string Game = "FINAL-FANTASY-VII-PS1";
    private const string Pad = "DUALSENSE-WIRELESS-CONTROLLER";

    private readonly WebApp app = new();

    private StubOrders Orders => app.Store.Orders;
    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Fact]
    public async Task A_game_and_a_controller_are_paid_and_lead_to_the_page_of_their_order()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1), (Pad, 1));
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
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1));
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
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1));
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
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1));
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
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1));
        var checkout = await shopper.OpenAsync("/checkout");
        Orders.CartOf(Account)["TEKKEN-3-PS1"] = new("TEKKEN-3-PS1", 1, DateTimeOffset.UtcNow);

        var page = await shopper.SubmitAsync(checkout, "id=\"pay\"", Pay(checkout));

        Assert.Contains("$14.99", page.Words);
        Assert.Equal("TEKKEN-3-PS1", Assert.Single(Orders.CartOf(Account)).Key);
    }

    [Fact]
    public async Task An_order_is_placed_while_the_catalogue_is_away_if_its_page_was_open_before()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1));
        var checkout = await shopper.OpenAsync("/checkout");
        app.Store.Down.Add("products");

        await shopper.SubmitAsync(checkout, "id=\"pay\"", Pay(checkout));

        Assert.Single(Orders.All);
    }

    [Fact]
    public async Task Orders_being_away_is_told_and_pressing_again_sends_the_same_key()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1));
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
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Pad, 1));
        Account.Add(StubAddress.Dublin());
        var checkout = await shopper.OpenAsync("/checkout");

        var page = await shopper.SubmitAsync(checkout, "id=\"pay\"", [.. Pay(checkout).Where(field => field.Name != "Order.Address"), ("Order.Address", Guid.NewGuid().ToString())]);

        Assert.Contains("You have no such address.", page.Words);
        Assert.Empty(Orders.All);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    // The choices stand outside of the form's element and belong to it by their form attribute.
    private static (string Name, string Value)[] Pay(Page checkout, string payment = "tok_approve") =>
    [
        ("Order.Step", "pay"),
        ("Order.Payment", payment),
        .. Regex.Matches(checkout.Html, "name=\"Order.Address\"[^>]*value=\"([^\"]*)\"[^>]* checked").Select(match => ("Order.Address", match.Groups[1].Value)),
    ];

    private static string KeyOf(Page checkout) => Regex.Match(checkout.Html, "name=\"Order.Key\" value=\"([^\"]*)\"").Groups[1].Value;
}
