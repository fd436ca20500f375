using System.Text.RegularExpressions;

namespace PlayStationStore.Web.Tests;

/// <summary>Cancelling an order, and what its page says of the money.</summary>
public sealed partial class OrderCancelTests : IAsyncLifetime
{
    private const string Game = "TEKKEN-3-PS1";
    private const string Pad = "DUALSENSE-WIRELESS-CONTROLLER";

    private readonly WebApp app = new();

    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Fact]
    public async Task Cancelling_asks_first_and_says_what_will_happen()
    {
        var order = Packed();
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync($"/orders/{order.Id}");
        Assert.DoesNotContain("/cancel\"", page.Html);
        var question = page.Addresses.Single(address => address.StartsWith($"/orders/{order.Id}?ask=cancel", StringComparison.Ordinal));
        page = await shopper.OpenAsync(question.Split('#')[0]);

        Assert.Contains("Cancel this order?", page.All("h2"));
        Assert.Contains("$69.98 goes back to your card.", page.Words);
        Assert.Contains("What came to your library with it leaves it again.", page.Words);
        Assert.Contains($"/orders/{order.Id}", page.Addresses);
        Assert.DoesNotContain("http-equiv=\"refresh\"", page.Html);
        Assert.Equal("awaitingShipment", order.Status);
    }

    [Fact]
    public async Task A_confirmed_order_is_cancelled_and_one_that_was_sent_meanwhile_is_told_to_be_too_late()
    {
        var (order, late) = (Packed(), Packed());
        using var shopper = await Shopper.SignedInAsync(app);
        var before = await shopper.OpenAsync($"/orders/{late.Id}?ask=cancel");
        late.Move("shipped");

        var page = await shopper.SubmitAsync(await shopper.OpenAsync($"/orders/{order.Id}?ask=cancel"), "/cancel");
        Assert.Contains("The order is cancelled.", page.Words);
        page = await shopper.SubmitAsync(before, "/cancel");

        Assert.Contains("It is too late to cancel", page.Words);
        Assert.Equal(["cancelled", "shipped"], [order.Status, late.Status]);
    }

    [Fact]
    public async Task An_order_that_can_no_longer_be_cancelled_is_not_asked_about()
    {
        var order = Packed().Move("shipped");
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync($"/orders/{order.Id}?ask=cancel");

        Assert.DoesNotContain("Cancel this order", page.Words);
    }

    [Theory]
    [InlineData(0, 69_98, "$69.98 is in your wallet, since your card did not take it back.", "Into the wallet, since the card did not take it back −$69.98")]
    [InlineData(20_00, 0, "$49.98 went back to your card. $20.00 went back to your wallet.", "Went back to the card −$49.98 Went back to the wallet −$20.00")]
    [InlineData(
        20_00, 49_98, "$20.00 went back to your wallet. $49.98 is in your wallet, since your card did not take it back.",
        "Went back to the wallet −$20.00 Into the wallet, since the card did not take it back −$49.98")]
    public async Task A_cancelled_order_tells_card_and_wallet_apart(long fromWallet, long instead, string sentence, string sums)
    {
        var order = Packed().Move("cancelled", "cancelledByShopper");
        (order.PaymentStatus, order.FromWallet, order.GivenToWallet) = ("refunded", fromWallet, instead);
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync($"/orders/{order.Id}");

        Assert.Contains($"You cancelled it. {sentence}", page.Words);
        Assert.Contains(sums, page.Words);
    }

    [Theory]
    [InlineData("refunding", "card", "Going back to you", "Your money is on its way back.")]
    [InlineData("refunded", "card", "Refunded", "$69.98 went back to your card.")]
    [InlineData("refunded", "wallet", "Refunded", "$69.98 went back to your wallet.")]
    [InlineData("void", "card", "Not charged", "Nothing was charged.")]
    public async Task A_cancelled_order_says_where_the_money_is(string payment, string method, string heading, string sentence)
    {
        var order = Packed(method).Move("cancelled", "cancelledByShopper", new DateTimeOffset(2026, 3, 14, 9, 26, 0, TimeSpan.Zero));
        order.PaymentStatus = payment;
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync($"/orders/{order.Id}");

        Assert.Contains(heading, page.All("h2"));
        Assert.DoesNotContain("Paid", page.All("h2"));
        Assert.Contains($"You cancelled it. {sentence}", page.Words);
        Assert.Equal(payment != "void", When().IsMatch(page.Words));
        Assert.Equal(payment == "refunded", page.Words.Contains($"Went back to the {method} −$69.98", StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_a_provider_has_not_said_whether_it_charged_no_page_says_that_it_did()
    {
        var order = app.Store.Orders.Placed(Account, (Pad, 1, 5_999)).Move("awaitingPayment").Move("cancelled", "cancelledByShopper");
        order.PaymentStatus = "refunding";
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync($"/orders/{order.Id}");

        Assert.Contains("Should your card have been charged already, the money is on its way back.", page.Words);
        Assert.Contains("Being settled", page.All("h2"));
    }

    [Fact]
    public async Task A_page_whose_money_is_on_its_way_looks_again_and_stands_still_once_it_is_back()
    {
        var order = Packed().Move("cancelled", "cancelledByShopper");
        order.PaymentStatus = "refunding";
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync($"/orders/{order.Id}");
        Assert.Contains("data-settling", page.Html);
        Assert.Contains("http-equiv=\"refresh\"", page.Html);
        order.PaymentStatus = "refunded";
        page = await shopper.OpenAsync($"/orders/{order.Id}");

        Assert.DoesNotContain("data-settling", page.Html);
        Assert.DoesNotContain("http-equiv=\"refresh\"", page.Html);
        Assert.Contains("Cancelled, refunded", (await shopper.OpenAsync("/orders")).Words);
    }

    [Theory]
    [InlineData("soldOut", "Something in it had sold out.")]
    [InlineData("withdrawn", "Something in it is no longer sold.")]
    [InlineData("priceChanged", "A price had changed since you saw it.")]
    [InlineData("declined", "The card was declined.")]
    [InlineData("noAnswer", "It could not be checked in time.")]
    [InlineData("onlyOne", "Something in it is bought once, and the order had more of it.")]
    [InlineData("alreadyOwned", "Something in it is in your library already.")]
    [InlineData("a-word-of-tomorrow", "It could not be completed.")]
    public async Task An_order_that_was_not_completed_says_why_and_that_nothing_was_charged(string reason, string sentence)
    {
        var order = app.Store.Orders.Placed(Account, (Game, 1, 999)).Move("rejected", reason);
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync($"/orders/{order.Id}");

        Assert.Contains($"{sentence} Nothing was charged.", page.Words);
        Assert.Contains("Not charged", page.All("h2"));
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [GeneratedRegex("(Refunded after the order ended on|On its way back since) 14 Mar 2026, 09:26 UTC")]
    private static partial Regex When();

    private StubOrder Packed(string method = "card")
    {
        var order = app.Store.Orders.Placed(Account, (Game, 1, 999), (Pad, 1, 5_999));
        order.Method = method;
        return order.Move("awaitingPayment").Move("paid").Move("awaitingShipment");
    }
}
