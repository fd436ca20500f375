using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class FormTokenTests : IAsyncLifetime
{
    private const string Game = "FINAL-FANTASY-VII-PS1";

    private readonly WebApp app = new();

    private StubOrders Orders => app.Store.Orders;
    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Theory]
    [InlineData("/cart/items")]
    [InlineData("/cart/quantities")]
    [InlineData("/cart/items/FINAL-FANTASY-VII-PS1/remove")]
    [InlineData("/checkout")]
    [InlineData("/sign-out")]
    [InlineData("/account")]
    [InlineData("/account/close")]
    [InlineData("/wallet")]
    [InlineData("/wishlist/00000001-0000-0000-0000-000000000000")]
    [InlineData("/notifications/read")]
    [InlineData("/account/addresses/new")]
    public async Task A_form_without_its_token_is_refused_and_changes_nothing(string address)
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.FillCart(Account, (Game, 1));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, UriKind.Relative))
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("sku", Game), KeyValuePair.Create("quantity", "5"), KeyValuePair.Create("quantity." + Game, "5")]),
        };

        using var answer = await shopper.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(1, Orders.CartOf(Account)[Game].Quantity);
        Assert.True(shopper.SignedIn);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
