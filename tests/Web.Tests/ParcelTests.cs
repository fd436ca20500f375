namespace PlayStationStore.Web.Tests;

public sealed class ParcelTests : IAsyncLifetime
{
    private const string Pad = "DUALSENSE-WIRELESS-CONTROLLER";
    private const string Console = "PLAYSTATION-5-CONSOLE";

    private const string Card = "PLAYSTATION-STORE-GIFT-CARD";

    private readonly WebApp app = new();

    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Fact]
    public async Task Staff_send_a_part_and_the_rest_and_the_shopper_sees_each_parcel()
    {
        var order = Waiting();
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await staff.SubmitAsync(
            await staff.OpenAsync($"/admin/orders/{order.Id}"), "/ship", ("carrier", "UPS"), ("trackingNumber", "1Z"), ("sku", Pad), ("quantity", "2"));
        Assert.Contains("The parcel is on its way", page.Words);
        Assert.Contains("Cancel the rest and pay it back", page.Words);
        Assert.DoesNotContain("Cancel and pay back", page.Words);
        var seen = await shopper.OpenAsync($"/orders/{order.Id}");
        Assert.Contains("A part of your order is on its way", seen.Words);
        Assert.Contains("2 × DualSense Wireless Controller UPS, tracking number 1Z On its way since", seen.Words);
        Assert.Contains("Follows in another parcel, at no further cost.", seen.Words);
        Assert.Contains("https://www.ups.com/track?tracknum=1Z", seen.Addresses);
        Assert.DoesNotContain("Cancel this order", seen.Words);
        Assert.Contains("Partly sent", (await shopper.OpenAsync("/orders")).Words);

        page = await staff.SubmitAsync(page, "Parcel 1 has arrived");
        Assert.NotNull(order.Shipments[0].DeliveredAt);
        page = await staff.SubmitAsync(page, "/ship", ("trackingNumber", "2Z"), ("sku", Console), ("quantity", "1"), ("sku", Pad), ("quantity", "0"));
        await staff.SubmitAsync(page, "All has arrived");

        Assert.Equal("delivered", order.Status);
        seen = await shopper.OpenAsync($"/orders/{order.Id}");
        Assert.Contains("Parcel 2 sent, tracking number 2Z", seen.Words);
        Assert.Contains("Parcel 1 delivered", seen.Words);
    }

    [Theory]
    [InlineData("two", "A quantity is a whole number")]
    [InlineData("0", "No line had a quantity")]
    public async Task A_part_that_is_none_sends_nothing(string quantity, string told)
    {
        var order = Waiting();
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        var page = await staff.SubmitAsync(await staff.OpenAsync($"/admin/orders/{order.Id}"), "/ship", ("sku", Pad), ("quantity", quantity));

        Assert.Contains(told, page.Words);
        Assert.Empty(order.Shipments);
    }

    [Fact]
    public async Task Staff_cancel_what_was_not_sent()
    {
        var order = Waiting();
        order.Ship(null, null, [(Pad, 1)]);
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");

        var page = await staff.SubmitAsync(await staff.OpenAsync($"/admin/orders/{order.Id}"), "/cancel-rest", ("reason", "Damaged"));

        Assert.Contains("What was not sent is cancelled", page.Words);
        Assert.Equal("shipped", order.Status);
    }

    [Fact]
    public async Task Where_nothing_was_sent_the_codes_of_an_order_stay_and_its_page_says_what_was_cancelled()
    {
        var order = app.Store.Orders.Placed(Account, (Pad, 1, 5_999), (Card, 1, 1_000)).Move("awaitingPayment").Move("paid").Move("awaitingShipment");
        using var staff = await Shopper.SignedInAsync(app, "staff@example.com");
        using var shopper = await Shopper.SignedInAsync(app);

        await staff.SubmitAsync(await staff.OpenAsync($"/admin/orders/{order.Id}"), "/cancel-rest", ("reason", "Damaged"));
        var page = await shopper.OpenAsync($"/orders/{order.Id}");

        Assert.Equal("completed", order.Status);
        Assert.Contains("What was not sent is cancelled", page.All("h2"));
        Assert.Contains("Not sent", page.All("h2"));
        Assert.Contains("Your code", page.All("h2"));
        Assert.Contains("Rest cancelled", page.Words);
        Assert.DoesNotContain("On its way", page.Words);
        Assert.DoesNotContain("Goes to", page.Words);
        Assert.DoesNotContain("what was sent to you", page.Words);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private StubOrder Waiting() => app.Store.Orders.Placed(Account, (Pad, 2, 5_999), (Console, 1, 49_999)).Move("awaitingPayment").Move("paid").Move("awaitingShipment");
}
