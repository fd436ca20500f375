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
    public async Task Notifications_are_read()
    {
        Account.Notifications = [new(Guid.NewGuid(), "orderPaid", "Order 7KQ2-M4XP is paid", "Thank you.", "/orders", DateTimeOffset.UtcNow, false)];
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync("/notifications");
        Assert.Contains("Order 7KQ2-M4XP is paid", page.Words);
        page = await shopper.SubmitAsync(page, "/notifications/read");

        Assert.DoesNotContain("Mark all as read", page.Words);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
