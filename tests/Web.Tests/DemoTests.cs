namespace PlayStationStore.Web.Tests;

/// <summary>Demos and pre-orders on the pages.</summary>
public sealed class DemoTests : IAsyncLifetime
{
    private const string Game = "GOD-OF-WAR-PS4";
    private const string Demo = "GOD-OF-WAR-DEMO";

    private readonly WebApp app = new();

    private StubOrders Orders => app.Store.Orders;
    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Fact]
    public async Task A_demo_is_ordered_by_one_button_for_nothing()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        var page = await shopper.OpenAsync("/product/god-of-war");
        Assert.DoesNotContain("PS4 · Demo", page.Words);

        await shopper.SubmitAsync(page, "action=\"/demos\"");
        await shopper.SubmitAsync(page, "action=\"/demos\"");

        var order = Assert.Single(Orders.All);
        Assert.Equal($"/orders/{order.Id}", shopper.Address);
        Assert.Contains(Demo, System.Text.Json.JsonSerializer.Serialize(order.ToView()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_the_game_needs_no_demo_and_who_has_the_demo_can_buy_the_game()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.Library.Add(new(Guid.NewGuid(), Demo, "God of War", "demo", "PS4", "Demo", Guid.NewGuid(), DateTimeOffset.UtcNow));
        var page = await shopper.OpenAsync("/product/god-of-war");
        Orders.Own(Game);
        var owned = await shopper.OpenAsync("/product/god-of-war");

        Assert.Contains("Its demo is in your library", page.Words);
        Assert.Contains("Add to cart", page.All("button"));
        Assert.DoesNotContain("Download demo", owned.Words);
        Assert.DoesNotContain("demo is in your library", owned.Words);
    }

    [Theory]
    [InlineData("awaitingPayment", "waiting", "Pre-ordered, charged on the day: it comes out on 1 Jan 2031")]
    [InlineData("paid", "captured", "Pre-ordered and paid: it comes out on 1 Jan 2031")]
    [InlineData("completed", "captured", "It is yours. Have fun")]
    public async Task An_order_of_what_is_not_out_says_when_it_comes_out(string status, string payment, string headline)
    {
        var order = Orders.Placed(Account, (Game, 1, 2_999)).Move(status);
        (order.PaymentStatus, order.ReleaseAt) = (payment, new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var shopper = await Shopper.SignedInAsync(app);

        Assert.Contains(headline, (await shopper.OpenAsync($"/orders/{order.Id}")).Words);
    }

    [Fact]
    public void The_days_to_go_are_counted_in_words()
    {
        var now = new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal("in 12 days", CatalogWords.Countdown(now.AddDays(12.5), now));
        Assert.Equal("in 47 hours", CatalogWords.Countdown(now.AddHours(47.5), now));
        Assert.Equal("in 1 hour", CatalogWords.Countdown(now.AddHours(1.5), now));
        Assert.Equal("in less than an hour", CatalogWords.Countdown(now.AddMinutes(3), now));
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
