using System.Net;

namespace PlayStationStore.Web.Tests;

public sealed class WebhooksPageTests : IAsyncLifetime
{
    private readonly WebApp app = new();

    [Fact]
    public async Task Webhooks_are_for_administrators()
    {
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        Assert.Equal(HttpStatusCode.Forbidden, (await staff.OpenAsync("/admin/webhooks")).Status);
    }

    [Fact]
    public async Task An_administrator_registers_an_address_and_sees_its_secret_once()
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var page = await administrator.OpenAsync("/admin/webhooks");
        Assert.Contains("No address is told of orders yet.", page.Words);

        page = await administrator.SubmitAsync(page, "/register", ("url", "http://example.com"), ("kinds", "order.paid"));
        Assert.Contains("That is no address that can be told", page.Words);
        page = await administrator.SubmitAsync(page, "/register", ("url", "https://example.com/hook"), ("kinds", "order.paid"));

        Assert.Contains("The address is registered", page.Words);
        Assert.Contains("whsec_first", page.Words);
        Assert.Equal("https://example.com/hook", app.Store.Webhooks.Url);
        var address = (await administrator.OpenAsync("/admin/webhooks")).Addresses.First(one => one.StartsWith("/admin/webhooks/", StringComparison.Ordinal));
        Assert.DoesNotContain("whsec_first", (await administrator.OpenAsync(address)).Words);
    }

    [Fact]
    public async Task An_administrator_sees_what_was_sent_and_sends_again_tests_rotates_and_removes()
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");
        var page = await administrator.SubmitAsync(
            await administrator.OpenAsync("/admin/webhooks"), "/register", ("url", "https://example.com/hook"), ("kinds", "order.paid"));
        Assert.Contains("Given up", page.Words);
        Assert.Contains("503 not <b>now</b>", page.Words);

        Assert.Contains("on its way again", (await administrator.SubmitAsync(page, "/resend")).Words);
        Assert.Contains("A test is on its way.", (await administrator.SubmitAsync(page, "/test")).Words);
        Assert.Contains("whsec_second", (await administrator.SubmitAsync(page, "/rotate")).Words);
        Assert.Contains("No address is told of orders yet.", (await administrator.SubmitAsync(page, "/remove")).Words);

        Assert.Equal(["resend", "test"], app.Store.Webhooks.Asked);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
