namespace PlayStationStore.Web.Tests;

public sealed class CartPageTests : IAsyncLifetime
{
    private const string Game = "FINAL-FANTASY-VII-PS1";
    private const string Pad = "DUALSENSE-WIRELESS-CONTROLLER";
    private const string GiftCard = "PLAYSTATION-STORE-GIFT-CARD";
    private const string Headset = "PULSE-ELITE-WIRELESS-HEADSET";
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
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Pad, 1), (Game, 1));

        var cart = await shopper.SubmitAsync(await shopper.OpenAsync("/cart"), "id=\"cart\"", ("shown." + Pad, "1"), ("quantity." + Pad, "3"));
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
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Pad, 2));

        var page = await shopper.SubmitAsync(await shopper.OpenAsync("/cart"), "id=\"cart\"",
            ("shown." + Pad, "2"), ("quantity." + Pad, quantity), ("then", "checkout"));

        Assert.Equal("/cart?told=quantity", shopper.Address);
        Assert.Contains("A quantity is a number from 1 to 99.", page.Words);
        Assert.Equal(2, Orders.CartOf(Account)[Pad].Quantity);
    }

    [Fact]
    public async Task Going_to_the_checkout_takes_along_the_quantities_that_were_typed()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Pad, 1), (GiftCard, 1));
        var cart = await shopper.OpenAsync("/cart");
        foreach (var sku in (string[])[Pad, GiftCard])
        {
            Assert.Matches($"form=\"cart\" name=\"shown.{sku}\" value=\"1\"", cart.Html);
            Assert.Matches($"form=\"cart\" name=\"quantity.{sku}\"[^>]* value=\"1\"", cart.Html);
        }

        Assert.Matches("<button [^>]*form=\"cart\" name=\"then\" value=\"checkout\"[^>]*>Go to checkout<", cart.Html);
        var checkout = await shopper.SubmitAsync(cart, "id=\"cart\"",
            ("shown." + Pad, "1"), ("quantity." + Pad, "3"), ("shown." + GiftCard, "1"), ("quantity." + GiftCard, "2"), ("then", "checkout"));

        Assert.Equal("/checkout", shopper.Address);
        Assert.Contains("Pay $199.97", checkout.Words);
    }

    [Fact]
    public async Task A_quantity_of_none_takes_a_line_out()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Pad, 1), (Game, 1));

        await shopper.SubmitAsync(await shopper.OpenAsync("/cart"), "id=\"cart\"", ("shown." + Pad, "1"), ("quantity." + Pad, "0"));

        Assert.Equal(Game, Assert.Single(Orders.CartOf(Account)).Key);
    }

    [Fact]
    public async Task What_another_tab_has_changed_since_is_left_as_it_is()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Pad, 1), (GiftCard, 1), (Headset, 1));
        var cart = await shopper.OpenAsync("/cart");
        Orders.FillCart(Account, (GiftCard, 4));
        Orders.CartOf(Account).TryRemove(Headset, out _);

        await shopper.SubmitAsync(cart, "id=\"cart\"", ("shown." + Pad, "1"), ("quantity." + Pad, "3"),
            ("shown." + GiftCard, "1"), ("quantity." + GiftCard, "1"), ("shown." + Headset, "1"), ("quantity." + Headset, "2"));

        Assert.Equal([(Pad, 3), (GiftCard, 4)], Orders.CartOf(Account).Values.OrderBy(item => item.Quantity).Select(item => (item.Sku, item.Quantity)));
    }

    [Fact]
    public async Task A_quantity_that_could_not_be_saved_does_not_lead_to_the_checkout()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Pad, 1));
        var cart = await shopper.OpenAsync("/cart");
        Orders.CartsAway = true;

        var page = await shopper.SubmitAsync(cart, "id=\"cart\"", ("shown." + Pad, "1"), ("quantity." + Pad, "3"), ("then", "checkout"));

        Assert.Contains("nothing was changed", page.Words);
    }

    [Fact]
    public async Task What_is_sold_out_or_costs_something_else_by_now_is_told_and_the_total_leaves_it_out()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1), (SoldOutGame, 1));
        await shopper.OpenAsync("/cart");
        app.Store.Stock.Prices[Game] = 1_999;

        var cart = await shopper.OpenAsync("/cart");

        Assert.Contains("Sold out", cart.Words);
        Assert.Contains("The price has risen since you last looked: it was $14.99", cart.Words);
        Assert.Contains("Total $19.99", cart.Words);
    }

    [Theory]
    [InlineData(7_499, 6_599, "−12%")] // 12.001 %
    [InlineData(7_499, 6_562, "−12%")] // 12.495 %
    [InlineData(7_499, 6_525, "−12%")] // 12.988 %
    [InlineData(7_499, 7_498, null)] // 0.013 %
    [InlineData(7_499, 7_499, null)]
    public void A_deal_has_the_number_of_its_product_page_which_is_rounded_down(long before, long now, string? deal) => Assert.Equal(deal, LineWords.Deal(
        new VariantLine(Pad, Guid.NewGuid(), "pad", "Pad", "Pad", "accessory", null, null, false, new Money(now, "USD"), new Money(before, "USD"), true, false, "")));

    [Fact]
    public async Task Redis_being_away_says_later_and_the_rest_of_the_store_goes_on()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1));
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
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 2));
        app.Store.Down.Add("products");

        var cart = await shopper.OpenAsync("/cart");

        Assert.Contains("names and prices are missing", cart.Words);
        Assert.Contains(Game, cart.Words);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
