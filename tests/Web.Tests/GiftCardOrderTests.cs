namespace PlayStationStore.Web.Tests;

/// <summary>Gift cards that an order has bought.</summary>
public sealed class GiftCardOrderTests : IAsyncLifetime
{
    private const string Card = "PLAYSTATION-STORE-GIFT-CARD";
    private const string Pad = "DUALSENSE-WIRELESS-CONTROLLER";

    private readonly WebApp app = new();

    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Fact]
    public async Task The_codes_are_on_the_page_of_the_order_once_it_is_paid()
    {
        app.Store.Orders.GiftCards.AddRange([("ABCDEFGH2345", Card, null), ("QRSTUVWX6789", Card, DateTimeOffset.UtcNow)]);
        var order = app.Store.Orders.Placed(Account, (Card, 2, 1_000)).Move("awaitingPayment");
        using var shopper = await Shopper.SignedInAsync(app);

        Assert.DoesNotContain("ABCD-EFGH-2345", (await shopper.OpenAsync($"/orders/{order.Id}")).Words);
        order.Move("paid").Move("completed");
        var page = await shopper.OpenAsync($"/orders/{order.Id}");

        Assert.Contains("Your code is ready", page.All("h2"));
        Assert.Contains("ABCD-EFGH-2345 $10.00 Not used yet", page.Words);
        Assert.Contains("QRST-UVWX-6789 $10.00 Redeemed", page.Words);
        Assert.DoesNotContain("In your library", page.Of("main"));
    }

    [Fact]
    public async Task An_order_whose_code_is_redeemed_is_not_offered_to_be_cancelled()
    {
        app.Store.Orders.GiftCards.Add(("QRSTUVWX6789", Card, DateTimeOffset.UtcNow));
        var order = WithParcel();
        using var shopper = await Shopper.SignedInAsync(app);

        foreach (var address in (string[])[$"/orders/{order.Id}", $"/orders/{order.Id}?ask=cancel"])
        {
            var page = await shopper.OpenAsync(address);
            Assert.DoesNotContain("Cancel this order", page.Words);
            Assert.DoesNotContain("can be cancelled", page.Words);
            Assert.DoesNotContain("/cancel\"", page.Html);
        }
    }

    [Fact]
    public async Task A_code_that_was_redeemed_meanwhile_keeps_its_order_from_being_cancelled()
    {
        app.Store.Orders.GiftCards.Add(("QRSTUVWX6789", Card, null));
        var order = WithParcel();
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync($"/orders/{order.Id}?ask=cancel");
        Assert.Contains("The codes of its gift cards no longer work.", page.Words);
        Assert.DoesNotContain("What came to your library", page.Words);
        app.Store.Orders.GiftCards[0] = ("QRSTUVWX6789", Card, DateTimeOffset.UtcNow);
        page = await shopper.SubmitAsync(page, "/cancel");

        Assert.Contains("A gift card of this order has been redeemed", page.Words);
        Assert.DoesNotContain("Cancel this order", page.Words);
        Assert.DoesNotContain("can be cancelled", page.Words);
        Assert.Equal("awaitingShipment", order.Status);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private StubOrder WithParcel() =>
        app.Store.Orders.Placed(Account, (Card, 1, 1_000), (Pad, 1, 5_999)).Move("awaitingPayment").Move("paid").Move("awaitingShipment");
}
