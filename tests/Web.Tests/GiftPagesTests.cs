using System.Text.RegularExpressions;

namespace PlayStationStore.Web.Tests;

public sealed class GiftPagesTests : IAsyncLifetime
{
    private const string Game = "FINAL-FANTASY-VII-PS1";
    private const string Pad = "DUALSENSE-WIRELESS-CONTROLLER";

    private readonly WebApp app = new();

    private StubOrders Orders => app.Store.Orders;
    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Fact]
    public async Task What_the_shopper_owns_is_given_to_a_friend_at_its_full_price_with_address_and_message()
    {
        Orders.Own(Game);
        using var shopper = await Shopper.SignedInAsync(app);
        var product = await shopper.OpenAsync("/product/final-fantasy-vii");

        var checkout = await shopper.SubmitAsync(product, "value=\"gift\"", ("then", "gift"));
        Assert.Equal($"/checkout?gift={Game}&now={Game}", shopper.Address);
        Assert.Contains("Your friend's email", checkout.Words);
        var page = await shopper.SubmitAsync(
            checkout, "id=\"pay\"", Pay(("Order.Lines[0].GiftEmail", "friend@example.com"), ("Order.Lines[0].GiftMessage", "Have fun")));

        var order = Assert.Single(Orders.All);
        Assert.Equal($"/orders/{order.Id}", shopper.Address);
        Assert.Equal((Game, "friend@example.com", "Have fun"), Assert.Single(order.Gifts));
        Assert.Contains("Gifts", page.All("h2"));
    }

    [Fact]
    public async Task A_gift_without_an_address_is_not_ordered_and_what_was_typed_stays()
    {
        Orders.FillCart(Account, (Game, 1), (Pad, 1));
        Account.Add(StubAddress.Dublin());
        using var shopper = await Shopper.SignedInAsync(app);
        var checkout = await shopper.OpenAsync($"/checkout?gift={Game}&gift={Pad}");
        Assert.Single(Regex.Matches(checkout.Html, "GiftEmail"));

        var page = await shopper.SubmitAsync(checkout, "id=\"pay\"", Pay(("Order.Lines[0].GiftEmail", "nobody"), ("Order.Lines[0].GiftMessage", "Have fun")));

        Assert.Empty(Orders.All);
        Assert.Contains("Say whom it is for", page.Words);
        Assert.Contains("Have fun</textarea>", page.Html);
    }

    [Fact]
    public async Task What_was_typed_for_a_friend_outlives_a_new_address_and_is_in_no_address_of_a_page()
    {
        Orders.FillCart(Account, (Game, 1), (Pad, 1));
        Account.Add(StubAddress.Dublin());
        using var shopper = await Shopper.SignedInAsync(app);
        var message = string.Concat(Enumerable.Repeat("🎂", 150));

        var page = await shopper.SubmitAsync(
            await shopper.OpenAsync($"/checkout?gift={Game}"), "id=\"pay\"",
            ("Order.Step", "address"), ("Order.Lines[0].GiftEmail", "friend@example.com"), ("Order.Lines[0].GiftMessage", message));
        Assert.DoesNotContain("friend", shopper.Address);
        // What would be typed here now would be lost with the other form.
        Assert.DoesNotContain("GiftEmail", page.Html);
        Assert.Contains("You say whom it is for once it is known where to send the rest.", page.Words);
        page = await shopper.SubmitAsync(
            page, "Form.Line1", ("Form.Name", "Mara Keane"), ("Form.Line1", "1 High Street"), ("Form.City", "Springfield"), ("Form.PostalCode", "62701"), ("Form.Country", "US"));

        Assert.Contains("Mara Keane, 1 High Street, Springfield", page.Words);
        Assert.DoesNotContain("friend", shopper.Address);
        Assert.Contains("value=\"friend@example.com\"", page.Html);
        Assert.Contains(message, System.Net.WebUtility.HtmlDecode(page.Html));
        await shopper.SubmitAsync(page, "id=\"pay\"", Pay(("Order.Address", Account.Addresses.Values.Single(address => address.City == "Springfield").Id.ToString()), ("Order.Lines[0].GiftEmail", "friend@example.com")));
        Assert.Equal("friend@example.com", Assert.Single(Assert.Single(Orders.All).Gifts).Email);
        Assert.DoesNotContain(shopper.Cookies.Keys, name => name.StartsWith("store.gifts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_typed_for_a_friend_is_shown_to_nobody_else_at_the_same_browser()
    {
        Orders.FillCart(Account, (Game, 1), (Pad, 1));
        Account.Add(StubAddress.Dublin());
        var other = app.Store.Users.Accounts["staff@example.com"];
        Orders.FillCart(other, (Game, 1), (Pad, 1));
        other.Add(StubAddress.Dublin());
        using var shopper = await Shopper.SignedInAsync(app);
        await shopper.SubmitAsync(
            await shopper.OpenAsync($"/checkout?gift={Game}"), "id=\"pay\"", ("Order.Step", "shipping"), ("Order.Lines[0].GiftEmail", "friend@example.com"));
        Assert.Contains("value=\"friend@example.com\"", (await shopper.OpenAsync($"/checkout?gift={Game}")).Html);

        await shopper.SubmitAsync(await shopper.OpenAsync("/account"), "action=\"/sign-out\"");
        await shopper.SignInAsync("staff@example.com");
        var page = await shopper.OpenAsync($"/checkout?gift={Game}");

        Assert.Contains("GiftEmail", page.Html);
        Assert.DoesNotContain("friend@example.com", page.Html);
    }

    [Fact]
    public async Task A_coupon_is_applied_to_a_gift_and_its_address_stays()
    {
        Orders.FillCart(Account, (Game, 1));
        using var shopper = await Shopper.SignedInAsync(app);
        var checkout = await shopper.OpenAsync($"/checkout?gift={Game}");

        var page = await shopper.SubmitAsync(
            checkout, "id=\"pay\"", ("Order.Step", "coupon"), ("Order.Coupon", "WELCOME10"), ("Order.Payment", "tok_approve"), ("Order.Lines[0].GiftEmail", "friend@example.com"));
        Assert.Contains("Coupon WELCOME10", page.Words);
        Assert.Contains("value=\"friend@example.com\"", page.Html);
        await shopper.SubmitAsync(page, "id=\"pay\"", Pay(("Order.Lines[0].GiftEmail", "friend@example.com")));

        Assert.Equal("WELCOME10", Assert.Single(Orders.All).CouponCode);
    }

    [Fact]
    public async Task The_page_of_the_order_tells_where_the_gift_is_and_mails_it_again()
    {
        var order = Orders.Placed(Account, (Game, 1, 1_499)).Move("awaitingPayment").Move("paid").Move("completed");
        order.Gifts.Add((Game, "friend@example.com", null));
        Orders.Gifts.All.Add(new(Guid.NewGuid(), order.Id, Game, "Final Fantasy VII", "friend@example.com", "Have fun", "waiting", 1, DateTimeOffset.UtcNow, null));
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync($"/orders/{order.Id}");
        Assert.Contains("Your gift is on its way", page.All("h2"));
        Assert.Contains("Waiting to be redeemed", page.Words);
        Assert.DoesNotContain("In your library", page.Of("main"));
        page = await shopper.SubmitAsync(page, "/mail\"", ("email", "other@example.com"));
        Assert.Contains("The mail with your gift is on its way again.", page.Words);
        Orders.Gifts.Refusal = "mailedJustNow";
        page = await shopper.SubmitAsync(page, "/mail\"", ("email", "other@example.com"));

        Assert.Contains("It was mailed a moment ago.", page.Words);
        Assert.Equal("other@example.com", Orders.Gifts.Mailed[0]);
    }

    [Fact]
    public async Task Either_kind_of_code_is_redeemed_by_one_form()
    {
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.SubmitAsync(await shopper.OpenAsync("/redeem"), "redeem", ("Code", "abcd-efgh-jkmn-pqrt"));
        Assert.Contains("This code has been redeemed already.", page.Words);
        page = await shopper.SubmitAsync(page, "redeem", ("Code", "ABCD-EFGH-JKMN-PQRS"));
        Assert.Equal("/library?told=gift", shopper.Address);
        Assert.Contains("Your gift is here.", page.Words);
        await shopper.SubmitAsync(await shopper.OpenAsync("/redeem"), "redeem", ("Code", "DEVCARD00050"));

        Assert.Equal("/wallet?currency=USD&told=redeemed", shopper.Address);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static (string Name, string Value)[] Pay(params (string Name, string Value)[] typed) => [("Order.Step", "pay"), ("Order.Payment", "tok_approve"), .. typed];
}
