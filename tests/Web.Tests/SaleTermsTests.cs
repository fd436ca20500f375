namespace PlayStationStore.Web.Tests;

/// <summary>No page promises what the store does not do.</summary>
public sealed class SaleTermsTests : IAsyncLifetime
{
    private readonly WebApp app = new();

    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Theory]
    [InlineData("/")]
    [InlineData("/help")]
    [InlineData("/product/grand-theft-auto-v")]
    [InlineData("/product/playstation-5-console")]
    [InlineData("/product/playstation-store-gift-card")]
    [InlineData("/product/playstation-plus-extra")]
    [InlineData("/browse?kind=subscription")]
    [InlineData("/cart")]
    [InlineData("/checkout")]
    public async Task A_page_promises_no_refund_of_what_is_delivered_no_return_and_no_member_price(string address)
    {
        app.Store.Orders.FillCart(Account, ("TEKKEN-3-PS1", 1), ("DUALSENSE-WIRELESS-CONTROLLER", 1));
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync(address);

        Assert.DoesNotMatch("(?i)refund|14 days|30 days|send it back|member price|members pay", page.Of("body"));
    }

    [Fact]
    public async Task What_is_sent_can_be_cancelled_until_then_and_what_is_downloaded_is_final()
    {
        Assert.Contains("Cancel free of charge until it is sent", (await app.ReadAsync("/product/playstation-5-console")).Of("main"));
        Assert.Contains("Final once paid", (await app.ReadAsync("/product/tekken-3")).Of("main"));
        Assert.DoesNotContain("Cancel", (await app.ReadAsync("/product/tekken-3")).Of("main"));
    }

    [Fact]
    public async Task The_checkout_tells_a_parcel_from_a_download()
    {
        using var shopper = await Shopper.SignedInAsync(app);

        app.Store.Orders.FillCart(Account, ("TEKKEN-3-PS1", 1));
        Assert.Contains("cannot be given back yet", (await shopper.OpenAsync("/checkout")).Words);
        app.Store.Orders.FillCart(Account, ("DUALSENSE-WIRELESS-CONTROLLER", 1));

        Assert.Contains("You can cancel the whole order until it is sent", (await shopper.OpenAsync("/checkout")).Words);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
