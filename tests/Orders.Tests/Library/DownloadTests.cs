using System.Net;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class DownloadTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private HttpClient Shopper { get; } = application.ClientOf(TestUser.Shopper());

    [Fact]
    public async Task What_is_owned_is_read_by_an_address_that_needs_no_token_and_expires()
    {
        await using var own = new OrdersApplication();
        using var shopper = own.ClientOf(TestUser.Shopper());
        var line = OrdersApplication.Line();
        await own.Buy(shopper, OrdersApplication.Request(line));

        using var begun = await shopper.PostAsync($"/api/library/{line.Sku}/download", null, TestContext.Current.CancellationToken);
        var address = await OrdersApplication.Read<DownloadAddress>(begun);
        using var read = await own.Anonymous().GetAsync(address.Url, TestContext.Current.CancellationToken);
        own.Clock.Advance(address.ExpiresAt - own.Clock.GetUtcNow());
        using var late = await own.Anonymous().GetAsync(address.Url, TestContext.Current.CancellationToken);

        Assert.Equal(line.Sku, (await OrdersApplication.Read<Licence>(read)).Sku);
        Assert.Equal("no-store, private", read.Headers.CacheControl?.ToString());
        Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        Assert.NotNull(Assert.Single((await OrdersApplication.Get<Page<LibraryEntry>>(shopper, "/api/library")).Items).DownloadedAt);
    }

    [Fact]
    public async Task Nobody_begins_a_download_of_what_they_do_not_own()
    {
        var line = OrdersApplication.Line();
        await application.Buy(Shopper, OrdersApplication.Request(line));
        using var other = application.ClientOf(TestUser.Shopper());

        using var foreign = await other.PostAsync($"/api/library/{line.Sku}/download", null, TestContext.Current.CancellationToken);
        using var anonymous = await application.Anonymous().PostAsync($"/api/library/{line.Sku}/download", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("%F0%9F%8E%AE")]
    public async Task An_address_that_was_made_up_leads_nowhere(string ticket)
    {
        using var answer = await application.Anonymous().GetAsync($"/api/downloads/{ticket}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
