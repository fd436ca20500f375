namespace PlayStationStore.Web.Tests;

public sealed class CheckoutStepsTests : IAsyncLifetime
{
    private const string Game = "FINAL-FANTASY-VII-PS1";
    private const string Pad = "DUALSENSE-WIRELESS-CONTROLLER";

    private readonly WebApp app = new();

    private StubOrders Orders => app.Store.Orders;
    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Fact]
    public async Task A_new_address_at_the_checkout_is_chosen_at_once_and_its_faults_stand_at_its_fields()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Pad, 1));
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
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1));
        var checkout = await shopper.OpenAsync("/checkout");

        var refused = await shopper.SubmitAsync(checkout, "id=\"pay\"", ("Order.Step", "coupon"), ("Order.Coupon", "NONE"));
        Assert.Contains("There is no such coupon.", refused.Words);
        var taken = await shopper.SubmitAsync(checkout, "id=\"pay\"", ("Order.Step", "coupon"), ("Order.Coupon", "welcome10"));

        Assert.Contains("Coupon WELCOME10", taken.Words);
        Assert.Contains("Pay $13.50", taken.Words);
    }

    [Fact]
    public async Task A_code_that_was_typed_and_not_applied_is_applied_by_paying_and_the_new_total_is_paid_by_the_next_press()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1));
        var checkout = await shopper.OpenAsync("/checkout");
        (string, string)[] pay = [("Order.Step", "pay"), ("Order.Payment", "tok_late")];

        var page = await shopper.SubmitAsync(checkout, "id=\"pay\"", [.. pay, ("Order.Coupon", " welcome10 ")]);
        Assert.Empty(Orders.All);
        Assert.Contains("Coupon WELCOME10 now lowers your total to $13.50. Nothing was ordered yet", page.Words);
        Assert.Contains("Pay $13.50", page.All("button"));
        Assert.Matches("id=\"coupon\"[^>]* value=\"WELCOME10\"", page.Html);
        Assert.Matches("value=\"tok_late\"[^>]* checked", page.Html);
        await shopper.SubmitAsync(page, "id=\"pay\"", [.. pay, ("Order.Coupon", "WELCOME10")]);

        Assert.Equal("WELCOME10", Assert.Single(Orders.All).CouponCode);
        Assert.StartsWith("/orders/", shopper.Address);
    }

    [Theory]
    [InlineData("/checkout", "Pay $14.99")]
    [InlineData("/checkout?coupon=WELCOME10", "Pay $13.50")]
    public async Task A_code_that_is_none_is_told_at_its_field_when_paying_and_nothing_is_ordered(string address, string total)
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1));
        var checkout = await shopper.OpenAsync(address);

        var page = await shopper.SubmitAsync(checkout, "id=\"pay\"", ("Order.Step", "pay"), ("Order.Payment", "tok_approve"), ("Order.Coupon", "NONE"));

        Assert.Empty(Orders.All);
        Assert.Contains("Nothing was ordered: the coupon code was not taken.", page.Words);
        Assert.Matches("<p class=\"field-error\" id=\"coupon-error\"[^>]*>There is no such coupon.</p>", page.Html);
        Assert.Matches("id=\"coupon\"[^>]* value=\"NONE\"[^>]* aria-invalid=\"true\"", page.Html);
        Assert.Contains(total, page.All("button"));
    }

    [Fact]
    public async Task A_code_that_cannot_be_checked_is_told_when_paying_and_nothing_is_ordered()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1));
        var checkout = await shopper.OpenAsync("/checkout");
        app.Store.Down.Add("products");

        var page = await shopper.SubmitAsync(checkout, "id=\"pay\"", ("Order.Step", "pay"), ("Order.Payment", "tok_approve"), ("Order.Coupon", "WELCOME10"));

        Assert.Empty(Orders.All);
        Assert.Contains("Coupons cannot be checked at the moment.", page.Words);
    }

    [Fact]
    public async Task A_wallet_that_does_not_hold_enough_cannot_be_chosen()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1));
        Orders.Balance = 500;

        var checkout = await shopper.OpenAsync("/checkout");

        Assert.Contains("$5.00 available, which is not enough", checkout.Words);
        Assert.Matches("value=\"wallet\"[^>]* disabled", checkout.Html);
    }

    [Fact]
    public async Task Test_cards_are_offered_in_development_only()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1));
        Assert.Contains("Test mode, no money moves", (await shopper.OpenAsync("/checkout")).Words);

        await using var live = new WebApp { TestCards = false };
        await live.InitializeAsync();
        using var buyer = new Shopper(live);
        await buyer.SignInAsync();
        live.Store.Orders.CartOf(live.Store.Users.Accounts["shopper@example.com"])[Game] = new(Game, 1, DateTimeOffset.UtcNow);
        Assert.DoesNotContain("tok_", (await buyer.OpenAsync("/checkout")).Html);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
