using System.Text.RegularExpressions;

namespace PlayStationStore.Web.Tests;

public sealed class ShippingStepTests : IAsyncLifetime
{
    private const string Pad = "DUALSENSE-WIRELESS-CONTROLLER";
    private const string Game = "FINAL-FANTASY-VII-PS1";

    private readonly WebApp app = new();

    private StubOrders Orders => app.Store.Orders;
    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Fact]
    public async Task The_ways_of_sending_are_offered_with_cost_and_days_and_the_one_that_is_chosen_is_in_the_total()
    {
        using var shopper = await ShopperWith((Pad, 1));

        var page = await shopper.OpenAsync("/checkout");
        Assert.Contains("Standard1 to 5 working days Free", page.Words);
        Assert.Contains("Express1 to 5 working days $14.99", page.Words);
        Assert.Contains("Pay $59.99", page.Words);
        page = await shopper.SubmitAsync(page, "id=\"pay\"", ("Order.Step", "shipping"), ("Order.Shipping", "express"), Address(page));

        Assert.Contains("&shipping=express", shopper.Address);
        Assert.Contains("Delivery, express $14.99", page.Words);
        await shopper.SubmitAsync(page, "id=\"pay\"", ("Order.Step", "pay"), ("Order.Payment", "tok_approve"), ("Order.Shipping", "express"), Address(page));
        Assert.Equal(("express", 14_99L), (Orders.All[0].ShippingMethod, Orders.All[0].Shipping));
        Assert.StartsWith("/orders/", shopper.Address);
    }

    [Fact]
    public async Task A_way_that_was_chosen_and_not_looked_at_is_told_by_paying_and_paid_by_the_next_press()
    {
        using var shopper = await ShopperWith((Pad, 1));
        var checkout = await shopper.OpenAsync("/checkout");
        (string, string)[] pay = [("Order.Step", "pay"), ("Order.Payment", "tok_approve"), ("Order.Shipping", "express"), Address(checkout)];

        var page = await shopper.SubmitAsync(checkout, "id=\"pay\"", pay);
        Assert.Empty(Orders.All);
        Assert.Contains("Sending it this way costs $14.99, which makes $74.98. Nothing was ordered yet", page.Words);
        Assert.Matches("value=\"express\"[^>]* checked", page.Html);
        await shopper.SubmitAsync(page, "id=\"pay\"", pay);

        Assert.Equal(14_99, Assert.Single(Orders.All).Shipping);
    }

    [Fact]
    public async Task Another_country_that_costs_more_is_told_before_it_is_paid()
    {
        using var shopper = await ShopperWith((Pad, 1));
        app.Store.Stock.Prices[Pad] = 2_999;
        var german = StubAddress.Dublin() with { Country = "DE", IsDefault = false };
        Account.Add(german);
        var checkout = await shopper.OpenAsync("/checkout");
        Assert.Contains("Pay $34.98", checkout.Words);
        Assert.Contains("free from $50.00", checkout.Words);

        var page = await shopper.SubmitAsync(
            checkout, "id=\"pay\"", ("Order.Step", "pay"), ("Order.Payment", "tok_approve"), ("Order.Shipping", "standard"), ("Order.Address", german.Id.ToString()));

        Assert.Empty(Orders.All);
        Assert.Contains("Sending it this way costs $6.99, which makes $36.98.", page.Words);
    }

    [Fact]
    public async Task Where_nothing_is_sent_to_the_page_says_so_and_cannot_be_paid()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Pad, 1));
        Account.Add(StubAddress.Dublin() with { Country = "KP" });

        var page = await shopper.OpenAsync("/checkout");

        Assert.Contains("The store does not send parcels to North Korea.", page.Words);
        Assert.Matches("value=\"pay\"[^>]* disabled", page.Html);
    }

    [Fact]
    public async Task Downloads_have_no_shipping()
    {
        using var shopper = await ShopperWith((Game, 1));

        var page = await shopper.OpenAsync("/checkout");

        Assert.DoesNotContain("Order.Shipping", page.Html);
        Assert.DoesNotContain("Delivery", page.Words);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<Shopper> ShopperWith(params (string Sku, int Quantity)[] items)
    {
        var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, items);
        Account.Add(StubAddress.Dublin());
        return shopper;
    }

    private static (string, string) Address(Page page) =>
        ("Order.Address", Regex.Match(page.Html, "name=\"Order.Address\"[^>]*value=\"([^\"]*)\"[^>]* checked").Groups[1].Value);
}
