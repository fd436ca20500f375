using System.Net;
using System.Text.RegularExpressions;

namespace PlayStationStore.Web.Tests;

/// <summary>What a shopper owns is not sold to them again.</summary>
public sealed class OwnedTests : IAsyncLifetime
{
    private const string Game = "TEKKEN-3-PS1";
    private const string OnPs4 = "GRAND-THEFT-AUTO-V-PS4";
    private const string Pad = "DUALSENSE-WIRELESS-CONTROLLER";
    private const string GiftCard = "PLAYSTATION-STORE-GIFT-CARD";

    private readonly WebApp app = new();

    private StubOrders Orders => app.Store.Orders;
    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Fact]
    public async Task A_variant_that_is_owned_leads_to_the_library_and_the_others_can_be_bought()
    {
        Orders.Own(OnPs4);
        using var shopper = await Shopper.SignedInAsync(app);

        var owned = await shopper.OpenAsync("/product/grand-theft-auto-v?sku=" + OnPs4);
        var other = await shopper.OpenAsync("/product/grand-theft-auto-v?sku=GRAND-THEFT-AUTO-V-PS3");

        Assert.Contains("In your library", owned.All("a"));
        Assert.DoesNotContain("Add to cart", owned.Words);
        Assert.DoesNotContain("Add to wishlist", owned.Words);
        Assert.Contains("Add to cart", other.All("button"));
        Assert.Contains("In your library", other.Words);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/browse?kind=game")]
    [InlineData("/browse?search=grand+theft")]
    public async Task Cards_say_what_is_in_the_library_to_whom_it_belongs(string address)
    {
        Orders.Own(OnPs4);
        using var shopper = await Shopper.SignedInAsync(app);
        app.Store.ForgetRequests();

        Assert.Contains("Grand Theft Auto V PS4, PS3 · Action In your library", (await shopper.OpenAsync(address)).Words);
        Assert.DoesNotContain("In your library", (await app.ReadAsync(address)).Of("main"));
        lock (app.Store.Requests)
        {
            Assert.Single(app.Store.Requests, request => request.StartsWith("/api/library", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_library_of_several_pages_is_read_to_its_end()
    {
        foreach (var _ in Enumerable.Range(0, 110))
        {
            Orders.Own(Game);
        }

        Orders.Own(OnPs4);
        using var shopper = await Shopper.SignedInAsync(app);

        Assert.Contains("Grand Theft Auto V PS4, PS3 · Action In your library", (await shopper.OpenAsync("/browse?search=grand+theft")).Words);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_an_answer_from_orders_pages_are_shown_as_to_anybody(bool frozen)
    {
        Orders.Own(OnPs4);
        using var shopper = await Shopper.SignedInAsync(app);
        (frozen ? app.Store.Frozen : app.Store.Down).Add("orders");

        foreach (var address in (string[])["/", "/browse?kind=game", "/product/grand-theft-auto-v"])
        {
            var page = await shopper.OpenAsync(address);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains("Grand Theft Auto V", page.Words);
            Assert.DoesNotContain("href=\"/library\"", Regex.Match(page.Html, "<main.*</main>", RegexOptions.Singleline).Value);
            Assert.DoesNotContain("card-owned", page.Html);
        }
    }

    [Fact]
    public async Task A_line_of_the_cart_that_is_owned_is_marked_and_left_out_of_the_total()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1), (Pad, 1));
        Orders.Own(Game);

        var cart = await shopper.OpenAsync("/cart");
        Assert.Contains("In your library already", cart.Words);
        Assert.Contains("Total $59.99", cart.Words);
        Assert.Contains("What you own already is left out", cart.Words);
        var checkout = await shopper.OpenAsync("/checkout");
        Assert.Contains("Tekken 3 is in your library already. It is not in this order", checkout.Words);
        Assert.DoesNotContain(Game, checkout.Html);
        cart = await shopper.SubmitAsync(cart, Game + "/remove");

        Assert.DoesNotContain("Tekken", cart.Words);
    }

    [Fact]
    public async Task A_cart_of_nothing_but_owned_things_leads_to_the_library()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1));
        Orders.Own(Game);

        var cart = await shopper.OpenAsync("/cart");
        Assert.Contains("You own all of this already", cart.Words);
        Assert.DoesNotContain("Go to checkout", cart.Words);

        Assert.Contains("You own all that is in your cart already.", (await shopper.OpenAsync("/checkout")).Words);
    }

    [Fact]
    public async Task What_was_bought_in_another_tab_is_not_ordered_again()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1));
        var checkout = await shopper.OpenAsync("/checkout");
        Orders.Own(Game);

        var page = await shopper.SubmitAsync(checkout, "id=\"pay\"", ("Order.Step", "pay"), ("Order.Payment", "tok_approve"));

        Assert.Contains("Tekken 3 is in your library by now.", page.Words);
        Assert.Empty(Orders.All);
    }

    [Fact]
    public async Task What_is_owned_is_not_put_into_the_cart_by_a_page_that_was_left_open()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        var product = await shopper.OpenAsync("/product/tekken-3");
        Orders.Own(Game);

        var cart = await shopper.SubmitAsync(product, "/cart/items");

        Assert.Contains("It is in your library already", cart.Words);
        Assert.Empty(Orders.CartOf(Account));
    }

    [Fact]
    public async Task A_game_is_in_the_cart_once_however_often_it_is_added()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        var product = await shopper.OpenAsync("/product/tekken-3");

        await shopper.SubmitAsync(product, "/cart/items");
        var cart = await shopper.SubmitAsync(product, "/cart/items");

        Assert.Contains("It is in your cart already", cart.Words);
        Assert.Equal(1, Orders.CartOf(Account)[Game].Quantity);
        Assert.DoesNotContain("name=\"quantity.", cart.Html);
    }

    [Fact]
    public async Task Gift_cards_and_goods_are_bought_in_any_number()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.Own(GiftCard);

        foreach (var address in (string[])["/product/playstation-store-gift-card", "/product/dualsense-wireless-controller"])
        {
            var product = await shopper.OpenAsync(address);
            await shopper.SubmitAsync(product, "/cart/items");
            await shopper.SubmitAsync(product, "/cart/items");
        }

        Assert.Equal([2, 2], [Orders.CartOf(Account)[GiftCard].Quantity, Orders.CartOf(Account)[Pad].Quantity]);
        var cart = await shopper.OpenAsync("/cart");
        Assert.Equal(2, cart.Html.Split("name=\"quantity.").Length - 1);
    }

    [Fact]
    public async Task A_cart_that_holds_a_game_twice_sells_it_once()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 3));

        Assert.Contains("Total $9.99", (await shopper.OpenAsync("/cart")).Words);
        Assert.Contains("Pay $9.99", (await shopper.OpenAsync("/checkout")).Words);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
