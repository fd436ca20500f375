using System.Net;

namespace PlayStationStore.Web.Tests;

/// <summary>Giving back what was delivered.</summary>
public sealed class RefundPageTests : IAsyncLifetime
{
    private const string Game = "TEKKEN-3-PS1";
    private const string Pad = "DUALSENSE-WIRELESS-CONTROLLER";
    private const string Card = "PLAYSTATION-STORE-GIFT-CARD";

    private readonly WebApp app = new();

    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Theory]
    [InlineData("completed", true)]
    [InlineData("delivered", true)]
    [InlineData("partiallyRefunded", true)]
    [InlineData("refunded", false)]
    [InlineData("shipped", false)]
    [InlineData("awaitingShipment", false)]
    [InlineData("cancelled", false)]
    public async Task The_page_of_a_delivered_order_leads_to_giving_back(string status, bool leads)
    {
        var order = app.Store.Orders.Placed(Account, (Game, 1, 999)).Move("awaitingPayment").Move("paid").Move(status);
        using var shopper = await Shopper.SignedInAsync(app);

        Assert.Equal(leads, (await shopper.OpenAsync($"/orders/{order.Id}")).Addresses.Contains($"/orders/{order.Id}/refund"));
    }

    [Theory]
    [InlineData("parcel", "Ask for a return on the order's page: the store gives the money back when it has arrived.")]
    [InlineData("tooLate", "The 14 days in which it could be given back are over.")]
    [InlineData("redeemed", "Its code has been redeemed.")]
    [InlineData("downloaded", "Its download has begun")]
    [InlineData("a-word-of-tomorrow", "It cannot be given back.")]
    public async Task What_cannot_go_back_says_why_and_what_can_has_a_box(string block, string sentence)
    {
        var order = Delivered();
        order.Blocks[Pad] = block;
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync($"/orders/{order.Id}/refund");

        Assert.Contains(sentence, page.Words);
        Assert.Contains("Tekken 3 $9.99", page.Words);
        Assert.Contains($"value=\"{Game}\"", page.Html);
        Assert.DoesNotContain($"value=\"{Pad}\"", page.Html);
    }

    [Fact]
    public async Task What_is_chosen_is_asked_about_goes_back_once_and_the_order_says_so()
    {
        var order = Delivered();
        order.Blocks[Pad] = "parcel";
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync($"/orders/{order.Id}/refund?ask=yes&line={Game}&line={Card}");
        Assert.Contains("Give this back?", page.All("h2"));
        Assert.Contains("2 × ", page.Words);
        Assert.Contains("$29.99 goes back to your card.", page.Words);
        Assert.Empty(order.Refunds);
        page = await shopper.SubmitAsync(page, "/give-back");

        Assert.Equal($"/orders/{order.Id}?told=givenBack", shopper.Address);
        var refund = Assert.Single(order.Refunds);
        Assert.Equal([(Game, 1), (Card, 2)], refund.Lines);
        Assert.Contains("What went back", page.All("h2"));
        Assert.Contains("Paid", page.All("h2"));
        Assert.Contains("On its way to your card since", page.Words);
        Assert.Contains("data-settling", page.Html);
        Assert.DoesNotContain("In your library", page.Of("main"));
        Assert.DoesNotContain("Whoever types a code first", page.Words);
        refund.GivenBackAt = new DateTimeOffset(2026, 3, 14, 9, 26, 0, TimeSpan.Zero);
        page = await shopper.OpenAsync($"/orders/{order.Id}");

        Assert.Contains("Given back to your card 14 Mar 2026, 09:26 UTC $29.99", page.Words);
        Assert.DoesNotContain("data-settling", page.Html);
        Assert.DoesNotContain("http-equiv=\"refresh\"", page.Html);
        Assert.DoesNotContain($"value=\"{Game}\"", (await shopper.OpenAsync($"/orders/{order.Id}/refund")).Html);
    }

    [Fact]
    public async Task An_order_that_went_back_whole_does_not_say_that_it_failed()
    {
        var order = app.Store.Orders.Placed(Account, (Game, 1, 999)).Move("awaitingPayment").Move("paid").Move("completed");
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.SubmitAsync(await shopper.OpenAsync($"/orders/{order.Id}/refund?ask=yes&line={Game}"), "/give-back");

        Assert.Equal("refunded", order.Status);
        Assert.Contains("All of this order is given back", page.All("h2"));
        Assert.DoesNotContain("could not be completed", page.Words);
        Assert.Contains("Going back to you", page.All("h2"));
    }

    [Theory]
    [InlineData(0, "Given back to your card", "Went back to the card −$9.99", "Refunded ")]
    [InlineData(999, "Put into your wallet", "Into the wallet, since the card did not take it back −$9.99", "Refunded to the wallet ")]
    [InlineData(400, "$4.00 of it put into your wallet", "Went back to the card −$5.99 Into the wallet, since the card did not take it back −$4.00", "Refunded, $4.00 of it to the wallet instead of the card,")]
    public async Task What_the_card_did_not_take_is_told_to_be_in_the_wallet(long instead, string given, string sums, string receipt)
    {
        var order = Delivered().Refund("changedMind", null, [(Game, 1)]);
        (order.Refunds[0].GivenBackAt, order.Refunds[0].GivenToWallet) = (DateTimeOffset.UtcNow, instead);
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync($"/orders/{order.Id}");

        Assert.Contains(given, page.Words);
        Assert.Equal(instead > 0, page.Words.Contains("since your card did not take it back", StringComparison.Ordinal));
        Assert.Contains(sums, page.Words);
        Assert.Contains(receipt, (await shopper.OpenAsync($"/orders/{order.Id}/receipt")).Words);
    }

    [Theory]
    [InlineData(Game, false, "It leaves your library.")]
    [InlineData(Game, true, "The code that was mailed to your friend no longer works.")]
    [InlineData(Card, false, "Codes of gift cards no longer work.")]
    [InlineData("WALLET-FUNDS", false, "It leaves your wallet.")]
    public async Task The_question_says_what_giving_back_ends_for_each_kind_of_thing(string sku, bool given, string sentence)
    {
        var order = app.Store.Orders.Placed(Account, (sku, 1, 999)).Move("awaitingPayment").Move("paid").Move("completed");
        if (given)
        {
            order.Gifts.Add((sku, "friend@example.com", null));
        }

        using var shopper = await Shopper.SignedInAsync(app);
        var page = await shopper.OpenAsync($"/orders/{order.Id}/refund?ask=yes&line={sku}");

        string[] all = ["It leaves your library.", "The code that was mailed to your friend no longer works.", "Codes of gift cards no longer work.", "It leaves your wallet."];
        Assert.Equal([sentence], all.Where(page.Of("main").Contains));
    }

    [Fact]
    public async Task Nothing_chosen_is_told()
    {
        var order = Delivered();
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync($"/orders/{order.Id}/refund?ask=yes&line=NOT-THERE");

        Assert.Contains("Choose what you want to give back.", page.Words);
    }

    [Theory]
    [InlineData("downloaded", "Its download has begun")]
    [InlineData("redeemed", "Its code has been redeemed.")]
    public async Task What_was_begun_meanwhile_stays_and_says_why(string block, string sentence)
    {
        var order = Delivered();
        using var shopper = await Shopper.SignedInAsync(app);
        var page = await shopper.OpenAsync($"/orders/{order.Id}/refund?ask=yes&line={Game}");
        order.Blocks[Game] = block;

        page = await shopper.SubmitAsync(page, "/give-back");

        Assert.Equal($"/orders/{order.Id}/refund?told={block}", shopper.Address);
        Assert.Contains(sentence, page.Of("main"));
        Assert.Empty(order.Refunds);
    }

    [Fact]
    public async Task What_went_back_in_another_tab_does_not_go_back_again()
    {
        var order = Delivered();
        using var shopper = await Shopper.SignedInAsync(app);
        var page = await shopper.OpenAsync($"/orders/{order.Id}/refund?ask=yes&line={Game}");
        await shopper.SubmitAsync(page, "/give-back");

        page = await shopper.SubmitAsync(page, "/give-back");

        Assert.Contains("It was given back already.", page.Words);
        Assert.Single(order.Refunds);
    }

    [Fact]
    public async Task Another_shoppers_order_is_not_there()
    {
        var order = new StubOrder(Guid.NewGuid(), null, (Game, 1, 999));
        app.Store.Orders.All.Add(order);
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync($"/orders/{order.Id}/refund");

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.DoesNotContain("Tekken", page.Words);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private StubOrder Delivered() =>
        app.Store.Orders.Placed(Account, (Game, 1, 999), (Pad, 1, 5_999), (Card, 2, 1_000))
            .Move("awaitingPayment").Move("paid").Move("awaitingShipment").Move("shipped").Move("delivered");
}
