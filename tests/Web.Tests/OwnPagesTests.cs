using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class OwnPagesTests : IAsyncLifetime
{
    private const string Game = "TEKKEN-3-PS1";
    private const string Pad = "DUALSENSE-WIRELESS-CONTROLLER";

    private readonly WebApp app = new();

    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Theory]
    [InlineData("/orders")]
    [InlineData("/orders/0193f0a0-0000-7000-8000-000000000000")]
    [InlineData("/orders/0193f0a0-0000-7000-8000-000000000000/refund")]
    [InlineData("/library")]
    [InlineData("/wallet")]
    [InlineData("/wishlist")]
    [InlineData("/notifications")]
    [InlineData("/account")]
    [InlineData("/account/addresses")]
    [InlineData("/account/close")]
    [InlineData("/checkout")]
    [InlineData("/admin/orders")]
    [InlineData("/admin/products")]
    public async Task A_page_of_ones_own_asks_who_one_is(string address)
    {
        using var shopper = new Shopper(app);

        await shopper.OpenAsync(address);

        Assert.Equal("/sign-in?returnUrl=" + Uri.EscapeDataString(address), shopper.Address);
    }

    [Fact]
    public async Task Orders_being_away_is_told_on_each_of_its_pages()
    {
        var order = app.Store.Orders.Placed(Account, (Game, 1, 999));
        using var shopper = await Shopper.SignedInAsync(app);
        app.Store.Down.Add("orders");

        foreach (var address in (string[])["/orders", $"/orders/{order.Id}", $"/orders/{order.Id}/refund", "/library", "/wallet", "/cart", "/checkout"])
        {
            var page = await shopper.OpenAsync(address);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains("at the moment", page.Words);
        }

        Assert.Equal(HttpStatusCode.OK, (await shopper.OpenAsync("/account")).Status);
    }

    [Fact]
    public async Task Users_being_away_is_told_on_each_of_its_pages()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        app.Store.Down.Add("users");

        foreach (var address in (string[])["/account", "/account/addresses", "/wishlist", "/notifications"])
        {
            var page = await shopper.OpenAsync(address);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains("at the moment", page.Words);
        }

        Assert.Equal("Wallet", (await shopper.OpenAsync("/wallet")).Of("h1"));
    }

    [Fact]
    public async Task Pages_carry_no_inline_script_or_style()
    {
        var order = app.Store.Orders.Placed(Account, (Pad, 1, 5_999)).Move("awaitingPayment");
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        using var shopper = await Shopper.SignedInAsync(app);

        foreach (var address in (string[])["/cart", "/checkout", "/orders", $"/orders/{order.Id}", $"/orders/{order.Id}/refund", "/library", "/wallet", "/account", "/account/addresses/new", "/account/close", "/notifications", "/wishlist"])
        {
            AssertStrict(await shopper.OpenAsync(address));
        }

        AssertStrict(await administrator.OpenAsync($"/admin/orders/{order.Id}"));
        AssertStrict(await administrator.OpenAsync("/admin/products"));

        static void AssertStrict(Page page)
        {
            Assert.DoesNotMatch("<[^>]+ style=", page.Html);
            Assert.DoesNotMatch("<[^>]+ on[a-z]+=", page.Html);
            Assert.DoesNotMatch("<style", page.Html);
            Assert.DoesNotMatch("<script(?![^>]* src=)", page.Html);
        }
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
