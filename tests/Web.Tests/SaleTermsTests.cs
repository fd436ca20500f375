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
    public async Task A_page_promises_no_longer_that_a_sale_is_final(string address)
    {
        app.Store.Orders.FillCart(Account, ("TEKKEN-3-PS1", 1), ("DUALSENSE-WIRELESS-CONTROLLER", 1));
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync(address);

        Assert.DoesNotMatch("(?i)final once|not possible yet|given back yet", page.Of("body"));
    }

    [Theory]
    [InlineData("/product/tekken-3", "Give it back within 14 days, while its download has not begun")]
    [InlineData("/product/playstation-store-gift-card", "Give it back within 14 days, until its code is redeemed")]
    [InlineData("/product/playstation-plus-extra", "Give it back within 14 days, less the days used")]
    [InlineData("/product/playstation-5-console", "Cancel free of charge until it is sent")]
    [InlineData("/product/playstation-5-console", "After that, send it back: the money goes back when it has arrived.")]
    [InlineData("/help", "a download while it has not begun, a gift card until its code is redeemed")]
    [InlineData("/help", "What was sent to you can be sent back for 30 days after its delivery")]
    public async Task A_page_says_how_what_it_sells_is_given_back(string address, string sentence) =>
        Assert.Contains(sentence, (await app.ReadAsync(address)).Of("main"));

    [Fact]
    public async Task A_download_is_not_said_to_be_cancelled() =>
        Assert.DoesNotContain("Cancel", (await app.ReadAsync("/product/tekken-3")).Of("main"));

    [Fact]
    public async Task The_checkout_tells_a_parcel_from_a_download()
    {
        using var shopper = await Shopper.SignedInAsync(app);

        app.Store.Orders.FillCart(Account, ("TEKKEN-3-PS1", 1));
        Assert.Contains("A download can be given back within 14 days while it has not begun", (await shopper.OpenAsync("/checkout")).Words);
        app.Store.Orders.FillCart(Account, ("DUALSENSE-WIRELESS-CONTROLLER", 1));

        Assert.Contains("You can cancel the whole order until it is sent", (await shopper.OpenAsync("/checkout")).Words);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
