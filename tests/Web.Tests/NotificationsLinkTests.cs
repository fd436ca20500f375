using System.Net;

namespace PlayStationStore.Web.Tests;

/// <summary>The bell of the header, and the way into the back office beside it.</summary>
public sealed class NotificationsLinkTests : IAsyncLifetime
{
    private readonly WebApp app = new();

    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Fact]
    public async Task The_bell_says_what_is_unread_and_a_page_asks_for_it_once()
    {
        Account.Notifications = [Notification(), Notification()];
        using var shopper = await Shopper.SignedInAsync(app);
        app.Store.ForgetRequests();

        var page = await shopper.OpenAsync("/help");

        Assert.Contains("Notifications, 2 unread", page.Of("header"));
        lock (app.Store.Requests)
        {
            Assert.Single(app.Store.Requests, request => request.StartsWith("/api/users/me/notifications", StringComparison.Ordinal));
        }

        await shopper.SubmitAsync(await shopper.OpenAsync("/notifications"), "/notifications/read");
        Assert.DoesNotContain("unread", (await shopper.OpenAsync("/help")).Of("header"));
    }

    [Fact]
    public async Task Who_is_not_signed_in_has_no_notifications_to_ask_for()
    {
        app.Store.ForgetRequests();

        Assert.Contains("Notifications", (await app.ReadAsync("/help")).Of("header"));

        lock (app.Store.Requests)
        {
            Assert.DoesNotContain(app.Store.Requests, request => request.StartsWith("/api/users", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_bell_that_gets_no_answer_holds_no_page_up(bool frozen)
    {
        Account.Notifications = [Notification()];
        using var shopper = await Shopper.SignedInAsync(app);
        (frozen ? app.Store.Frozen : app.Store.Down).Add("users");

        var page = await shopper.OpenAsync("/help");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Notifications", page.Of("header"));
        Assert.DoesNotContain("unread", page.Of("header"));
    }

    [Theory]
    [InlineData("shopper@example.com", false)]
    [InlineData("staff@example.com", true)]
    [InlineData("admin@example.com", true)]
    public async Task The_back_office_is_in_the_header_of_those_who_work_there(string email, bool works)
    {
        using var shopper = await Shopper.SignedInAsync(app, email);

        Assert.Equal(works, (await shopper.OpenAsync("/help")).Addresses.Contains("/admin/orders"));
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static StubNotification Notification() =>
        new(Guid.CreateVersion7(), "order", "Your order is on its way", "It left today.", "/orders", DateTimeOffset.UtcNow, false);
}
