using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class AccountPagesTests : IAsyncLifetime
{
    private readonly WebApp app = new();

    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Fact]
    public async Task An_address_is_added_changed_and_deleted()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        (string, string)[] address = [("Form.Name", "Mara Keane"), ("Form.Line1", "14 Harbour Row"), ("Form.City", "Dublin 4"), ("Form.Country", "IE")];

        var page = await shopper.SubmitAsync(await shopper.OpenAsync("/account/addresses/new"), "Form.Line1", address);
        Assert.Contains("14 Harbour Row", page.Words);
        var id = Assert.Single(Account.Addresses).Key;
        page = await shopper.SubmitAsync(await shopper.OpenAsync($"/account/addresses/{id}"), "Form.Line1", [.. address.Where(field => field.Item1 != "Form.Line1"), ("Form.Line1", "15 Harbour Row")]);
        Assert.Contains("15 Harbour Row", page.Words);
        await shopper.SubmitAsync(page, "/delete");

        Assert.Empty(Account.Addresses);
        Assert.Equal(HttpStatusCode.NotFound, (await shopper.OpenAsync($"/account/addresses/{id}")).Status);
    }

    [Fact]
    public async Task Wishes_are_kept_and_notifications_are_read()
    {
        var product = StubCatalogue.All.First(product => product.Name == "Tekken 3");
        Account.Notifications = [new(Guid.NewGuid(), "orderPaid", "Order 7KQ2-M4XP is paid", "Thank you.", "/orders", DateTimeOffset.UtcNow, false)];
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.SubmitAsync(await shopper.OpenAsync("/product/tekken-3"), "/wishlist/");
        Assert.Contains(product.Id, Account.Wishes.Keys);
        page = await shopper.SubmitAsync(await shopper.OpenAsync("/wishlist"), "/remove");
        Assert.Contains("Removed from your wishlist.", page.Words);
        page = await shopper.SubmitAsync(await shopper.OpenAsync("/notifications"), "/notifications/read");

        Assert.DoesNotContain("Mark all as read", page.Words);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
