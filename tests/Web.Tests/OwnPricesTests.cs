namespace PlayStationStore.Web.Tests;

/// <summary>What a shopper owns lowers prices, and says why before anybody pays.</summary>
public sealed class OwnPricesTests : IAsyncLifetime
{
    private const string Game = "GOD-OF-WAR-PS4";
    private const string Deluxe = "GOD-OF-WAR-DELUXE";
    private const string Other = "TEKKEN-3-PS1";
    private const string Because = "You own the Standard Edition";

    private readonly WebApp app = new();

    private StubOrders Orders => app.Store.Orders;
    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Fact]
    public async Task The_product_page_tells_the_price_of_the_upgrade_and_what_comes_with_it()
    {
        Upgrade();
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync("/product/god-of-war?sku=" + Deluxe);
        var anybody = await app.ReadAsync("/product/god-of-war?sku=" + Deluxe);

        Assert.Contains($"{Because}: upgrade for $15.00", page.Words);
        Assert.Contains("$15.00 instead of $44.99", page.Words);
        Assert.Contains("Your upgrade", page.Words);
        Assert.Contains("What comes into your library with it God of War", page.Words);
        Assert.DoesNotContain(Because, anybody.Words);
        Assert.Contains("$44.99", anybody.Words);
    }

    [Fact]
    public async Task The_upgrade_is_paid_at_the_price_that_the_cart_and_the_checkout_show()
    {
        Upgrade();
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Deluxe, 1), (Other, 1));

        var cart = await shopper.OpenAsync("/cart");
        var checkout = await shopper.OpenAsync("/checkout");
        await shopper.SubmitAsync(checkout, "id=\"pay\"", ("Order.Step", "pay"), ("Order.Payment", "tok_approve"));

        Assert.Contains($"{Because}: $29.99 off $44.99", cart.Words);
        Assert.Contains("Total $24.99", cart.Words);
        Assert.Contains($"{Because}: $29.99 off $44.99", checkout.Words);
        Assert.Contains("Pay $24.99", checkout.Words);
        Assert.Contains("2499", System.Text.Json.JsonSerializer.Serialize(Assert.Single(Orders.All).ToView()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_price_that_changed_by_what_was_bought_since_is_told_and_nothing_is_ordered()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Deluxe, 1));
        var checkout = await shopper.OpenAsync("/checkout");
        Upgrade();

        var page = await shopper.SubmitAsync(checkout, "id=\"pay\"", ("Order.Step", "pay"), ("Order.Payment", "tok_approve"));

        Assert.Contains("The price of God of War changed from $44.99 to $15.00", page.Words);
        Assert.Empty(Orders.All);
    }

    [Theory]
    [InlineData("gameNeeded", "Needs its game")]
    [InlineData("twice", "Part of something else in your cart")]
    [InlineData("partIsBeingPaid", "in an order of yours that is being paid")]
    [InlineData("alreadyOwned", "In your library already")]
    [InlineData("a-word-of-tomorrow", "Cannot be bought now")]
    public async Task What_cannot_be_had_stays_in_the_cart_and_says_why(string block, string sentence)
    {
        Orders.Quotes[Deluxe] = (0, null, [], block);
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Deluxe, 1), (Other, 1));

        var cart = await shopper.OpenAsync("/cart");
        var checkout = await shopper.OpenAsync("/checkout");

        Assert.Contains(sentence, cart.Words);
        Assert.Contains("Total $9.99", cart.Words);
        Assert.Contains("is not in this order", checkout.Words.Replace("It is not", "is not", StringComparison.Ordinal));
        Assert.DoesNotContain($"value=\"{Deluxe}\"", checkout.Html);
    }

    [Fact]
    public async Task Without_an_answer_everybodys_price_is_shown()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        app.Store.Down.Add("orders");

        Assert.Contains("$44.99", (await shopper.OpenAsync("/product/god-of-war?sku=" + Deluxe)).Words);
    }

    [Fact]
    public async Task An_order_tells_what_was_taken_off()
    {
        var order = Orders.Placed(Account, (Deluxe, 1, 1_500)).Move("awaitingPayment").Move("paid").Move("completed");
        order.Credit = 2_999;
        using var shopper = await Shopper.SignedInAsync(app);

        Assert.Contains("You owned a part of it: $29.99 less", (await shopper.OpenAsync($"/orders/{order.Id}")).Words);
    }

    [Fact]
    public async Task What_goes_back_together_is_named_before_and_what_stays_says_for_what()
    {
        var order = Orders.Placed(Account, (Game, 1, 2_999), (Other, 1, 999)).Move("awaitingPayment").Move("paid").Move("completed");
        order.Along[Game] = [Other];
        using var shopper = await Shopper.SignedInAsync(app);

        var choice = await shopper.OpenAsync($"/orders/{order.Id}/refund");
        var sure = await shopper.OpenAsync($"/orders/{order.Id}/refund?ask=yes&line={Game}");
        order.NeededBy[Game] = [Deluxe];
        order.Blocks[Game] = "needed";
        var kept = await shopper.OpenAsync($"/orders/{order.Id}/refund");

        Assert.Contains("Goes back together with Tekken 3, which needs it.", choice.Words);
        Assert.Contains("Tekken 3 · $9.99", sure.Words);
        Assert.Contains("$39.98 goes back to your card", sure.Words);
        Assert.Contains("God of War · Deluxe Edition builds on it. Give that back first.", kept.Words);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Upgrade()
    {
        Orders.Own(Game);
        Orders.Quotes[Deluxe] = (2_999, "upgrade", [Game], null);
    }
}
