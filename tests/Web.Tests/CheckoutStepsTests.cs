namespace PlayStationStore.Web.Tests;

public sealed class CheckoutStepsTests : IAsyncLifetime
{
    private const string Game = "FINAL-FANTASY-VII-PS1";
    private const string GiftCard = "PLAYSTATION-STORE-GIFT-CARD";
    private const string SoldOutGame = "FALLOUT-4-PS4";
    private const string Pad = "DUALSENSE-WIRELESS-CONTROLLER";

    private static readonly (string Name, string Value)[] NewAddress =
        [("Form.Name", "Mara Keane"), ("Form.Line1", "1 High Street"), ("Form.City", "Springfield"), ("Form.Country", "US")];

    private readonly WebApp app = new();

    private StubOrders Orders => app.Store.Orders;
    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Fact]
    public async Task A_new_address_at_the_checkout_is_chosen_at_once_and_its_faults_stand_at_its_fields()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Pad, 1));

        var page = await shopper.SubmitAsync(await shopper.OpenAsync("/checkout"), "Form.Line1", NewAddress);
        Assert.Contains("Addresses in this country need a postal code.", page.Words);
        page = await shopper.SubmitAsync(page, "Form.Line1", [.. NewAddress, ("Form.PostalCode", "62701")]);

        Assert.StartsWith("/checkout?address=", shopper.Address);
        Assert.Contains("Mara Keane, 1 High Street, Springfield", page.Words);
    }

    [Fact]
    public async Task While_an_address_is_typed_no_other_button_is_there_that_would_throw_it_away()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Pad, 1));

        var page = await shopper.OpenAsync("/checkout");
        Assert.Contains("You choose how to pay once it is known where to send it.", page.Words);
        Assert.Contains("You can pay once it is known where to send it.", page.Words);
        Assert.Matches("value=\"pay\"[^>]* disabled", page.Html);
        Assert.DoesNotContain("name=\"Order.Payment\"", page.Html);
        Assert.DoesNotContain("name=\"Order.Coupon\"", page.Html);
        page = await shopper.SubmitAsync(page, "Form.Line1", [.. NewAddress, ("Form.PostalCode", "62701")]);

        Assert.DoesNotContain("once it is known where to send it", page.Words);
        Assert.DoesNotMatch("value=\"pay\"[^>]* disabled", page.Html);
        Assert.Contains("name=\"Order.Payment\"", page.Html);
        Assert.Contains("name=\"Order.Coupon\"", page.Html);
    }

    [Fact]
    public async Task Adding_an_address_keeps_the_way_to_pay_and_the_coupon()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Pad, 1));
        Account.Add(StubAddress.Dublin());
        var checkout = await shopper.OpenAsync("/checkout");
        Assert.DoesNotContain("Form.Line1", checkout.Html);

        var page = await shopper.SubmitAsync(checkout, "id=\"pay\"", ("Order.Step", "address"), ("Order.Payment", "tok_late"), ("Order.Coupon", "WELCOME10"));
        Assert.Contains("You can pay once it is known where to send it.", page.Words);
        Assert.Contains("/checkout?payment=test-2&coupon=WELCOME10", page.Addresses);
        page = await shopper.SubmitAsync(page, "Form.Line1", NewAddress);
        Assert.Contains("Addresses in this country need a postal code.", page.Words);
        Assert.Contains("value=\"1 High Street\"", page.Html);
        page = await shopper.SubmitAsync(page, "Form.Line1", [.. NewAddress, ("Form.PostalCode", "62701")]);

        Assert.Contains("Mara Keane, 1 High Street, Springfield", page.Words);
        Assert.Matches("value=\"tok_late\"[^>]* checked", page.Html);
        Assert.Contains("Coupon WELCOME10", page.Words);
    }

    [Fact]
    public async Task An_address_that_cannot_be_saved_is_still_in_its_fields()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Pad, 1));
        var checkout = await shopper.OpenAsync("/checkout");
        app.Store.Down.Add("users");

        var page = await shopper.SubmitAsync(checkout, "Form.Line1", NewAddress);

        Assert.Contains("Addresses cannot be saved at the moment.", page.Words);
        Assert.Contains("value=\"1 High Street\"", page.Html);
        Assert.Matches("value=\"pay\"[^>]* disabled", page.Html);
    }

    [Fact]
    public async Task Paying_for_a_parcel_without_saying_where_it_goes_orders_nothing()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Pad, 1));

        var page = await shopper.SubmitAsync(await shopper.OpenAsync("/checkout"), "id=\"pay\"", ("Order.Step", "pay"), ("Order.Payment", "tok_approve"));

        Assert.Contains("Nothing was ordered: say first where it shall be sent.", page.Words);
        Assert.Empty(Orders.All);
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
    public async Task Several_coupons_are_applied_and_removed_one_by_one()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1));
        var page = await shopper.OpenAsync("/checkout");

        page = await shopper.SubmitAsync(page, "id=\"pay\"", ("Order.Step", "coupon"), ("Order.Coupon", "welcome10"));
        page = await shopper.SubmitAsync(page, "id=\"pay\"", ("Order.Step", "coupon"), ("Order.Coupon", "TWODOLLARS"));
        Assert.EndsWith("coupon=WELCOME10&coupon=TWODOLLARS", shopper.Address);
        Assert.Contains("Coupon WELCOME10 Remove coupon WELCOME10 −$1.49 Coupon TWODOLLARS Remove coupon TWODOLLARS −$2.00", page.Words);
        Assert.Contains("Pay $11.50", page.Words);

        var alone = await shopper.SubmitAsync(page, "id=\"pay\"", ("Order.Step", "coupon"), ("Order.Coupon", "ALONE"));
        Assert.Contains("ALONE cannot be used together with other coupons.", alone.Words);
        Assert.Contains("Pay $11.50", alone.Words);

        var one = await shopper.OpenAsync(page.Addresses.Single(address => address.Contains("coupon=TWODOLLARS", StringComparison.Ordinal) && !address.Contains("WELCOME10", StringComparison.Ordinal)));
        Assert.Contains("Pay $12.99", one.Words);
        await shopper.SubmitAsync(page, "id=\"pay\"", ("Order.Step", "pay"), ("Order.Payment", "tok_approve"), ("Order.Coupon", ""));

        Assert.Equal(["WELCOME10", "TWODOLLARS"], Assert.Single(Orders.All).CouponCodes);
        Assert.Contains("Coupon WELCOME10 −$1.00 Coupon TWODOLLARS −$1.00", (await shopper.OpenAsync(shopper.Address)).Words);
    }

    [Fact]
    public async Task Of_the_coupons_of_an_address_those_that_hold_are_kept_and_the_other_is_named()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1));

        var page = await shopper.OpenAsync("/checkout?coupon=WELCOME10&coupon=NONE&coupon=welcome10");

        Assert.Contains("NONE: There is no such coupon.", page.Words);
        Assert.Matches("id=\"coupon\"[^>]* value=\"NONE\"", page.Html);
        Assert.Contains("Pay $13.50", page.Words);
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
        Assert.DoesNotMatch("id=\"coupon\"[^>]* value=\"WELCOME10\"", page.Html);
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
    public async Task A_coupon_says_that_it_leaves_gift_cards_out_where_the_order_holds_one()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1));
        Assert.DoesNotContain("Gift cards are left out of it", (await shopper.OpenAsync("/checkout?coupon=WELCOME10")).Words);
        Orders.FillCart(Account, (GiftCard, 1));

        Assert.DoesNotContain("Gift cards are left out of it", (await shopper.OpenAsync("/checkout")).Words);
        var checkout = await shopper.OpenAsync("/checkout?coupon=WELCOME10");

        Assert.Matches("Coupon WELCOME10 Remove coupon WELCOME10 Gift cards are left out of it −\\$1.49", checkout.Words);
        Assert.Contains("Pay $23.50", checkout.Words);
    }

    [Fact]
    public async Task What_cannot_be_bought_is_named_and_is_not_in_the_order()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1), (SoldOutGame, 1), ("NOT-A-THING", 1));

        var checkout = await shopper.OpenAsync("/checkout");

        Assert.Contains("Fallout 4 is sold out. It is not in this order and stays in your cart.", checkout.Words);
        Assert.Contains("NOT-A-THING is no longer in the catalogue. It is not in this order.", checkout.Words);
        Assert.Contains("Pay $14.99", checkout.Words);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "1 other thing of your cart is in this order too. Change your cart")]
    [InlineData(2, "2 other things of your cart are in this order too. Change your cart")]
    public async Task Buying_a_thing_now_says_what_else_of_the_cart_is_in_the_order(int others, string said)
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, [.. Enumerable.Repeat((GiftCard, others), others > 0 ? 1 : 0)]);

        var checkout = await shopper.SubmitAsync(await shopper.OpenAsync("/product/final-fantasy-vii"), "/cart/items", ("then", "checkout"));

        Assert.Equal("/checkout?now=" + Game, shopper.Address);
        Assert.Contains(said, checkout.Words);
        Assert.Equal(others > 0, checkout.Words.Contains("in this order too", StringComparison.Ordinal));
        Assert.DoesNotContain("in this order too", (await shopper.OpenAsync("/checkout")).Words);
        await shopper.SubmitAsync(checkout, "id=\"pay\"", ("Order.Step", "coupon"), ("Order.Coupon", "WELCOME10"));
        Assert.EndsWith("&now=" + Game, shopper.Address);
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
    public async Task Test_cards_are_offered_only_where_the_test_provider_charges()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1));
        Assert.Contains("Test mode, no money moves", (await shopper.OpenAsync("/checkout")).Words);

        Orders.Cards.Provider = "stripe";
        var live = await shopper.OpenAsync("/checkout");
        Assert.DoesNotContain("tok_", live.Html);
        Assert.Contains("href=\"/account/cards/new?returnUrl=%2Fcheckout", live.Html);

        Orders.Cards.Provider = null;
        Assert.DoesNotContain("/account/cards/new", (await shopper.OpenAsync("/checkout")).Html);
    }

    [Fact]
    public async Task A_saved_card_is_chosen_first_and_pays_beside_the_wallet()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1));
        Orders.Balance = 5_00;
        var card = Orders.Cards.Save(Account, "Visa ending 4242", "2031-08");

        var checkout = await shopper.OpenAsync("/checkout");
        Assert.Matches($"value=\"saved:{card}\"[^>]* checked", checkout.Html);
        Assert.Contains("Pay $5.00 of it from the wallet", checkout.Words);
        await shopper.SubmitAsync(checkout, "pay", ("Order.Step", "pay"), ("Order.Payment", $"saved:{card}"), ("Order.FromWallet", "500"));

        Assert.StartsWith("/orders/", shopper.Address);
        var payment = Assert.Single(Orders.All).Payment;
        Assert.Equal((card, 500), (payment.GetProperty("savedCardId").GetGuid(), payment.GetProperty("walletAmount").GetInt64()));
    }

    [Fact]
    public async Task An_expired_card_is_shown_and_cannot_be_chosen()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1));
        var card = Orders.Cards.Save(Account, "Visa ending 4242", "2020-08", expired: true);

        var checkout = await shopper.OpenAsync("/checkout");
        Assert.Matches($"value=\"saved:{card}\"[^>]* disabled", checkout.Html);
        Assert.Matches("value=\"tok_approve\"[^>]* checked", checkout.Html);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
