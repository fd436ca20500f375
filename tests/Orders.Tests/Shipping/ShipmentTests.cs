using System.Net;
using System.Net.Http.Json;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class ShipmentTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private readonly HttpClient shopper = application.ClientOf(TestUser.Shopper());
    private readonly HttpClient staff = application.ClientOf(TestUser.Staff());

    [Fact]
    public async Task An_order_is_sent_in_parts_and_is_on_its_way_and_delivered_with_the_last_of_them()
    {
        var order = await Waiting();

        await Ship(order, new ShipOrder("1Z 9", "UPS", [new("PAD", 2)]));
        var part = await application.Find(order.Id);
        Assert.Equal((OrderStatus.AwaitingShipment, false), (part.Status, part.Cancellable));
        Assert.Equal("https://www.ups.com/track?tracknum=1Z%209", Assert.Single(part.Shipments).TrackingUrl);
        await staff.PostAsJson($"/api/admin/orders/{order.Id}/shipments/{part.Shipments[0].Id}/deliver", new { });
        Assert.Equal(OrderStatus.AwaitingShipment, (await application.Find(order.Id)).Status);
        await Ship(order, new ShipOrder("2Z"));

        var sent = await application.Find(order.Id);
        Assert.Equal((OrderStatus.Shipped, "2Z"), (sent.Status, sent.TrackingNumber));
        Assert.Equal([("PAD", 1), ("CONSOLE", 1)], sent.Shipments[1].Lines.Select(line => (line.Sku, line.Quantity)));
        await staff.PostAsJson($"/api/admin/orders/{order.Id}/shipments/{sent.Shipments[1].Id}/deliver", new { });
        var delivered = await OrdersApplication.Get<OrderDocument>(shopper, $"/api/orders/{order.Id}");
        Assert.Equal(OrderStatus.Delivered, delivered.Status);
        Assert.All(delivered.Shipments, parcel => Assert.NotNull(parcel.DeliveredAt));
        Assert.False((await application.Published<OrderShipped>(parcel => parcel.ShipmentId == sent.Shipments[0].Id)).Whole);
        Assert.True((await application.Published<OrderShipped>(parcel => parcel.ShipmentId == sent.Shipments[1].Id)).Whole);
        Assert.Equal(2, (await application.Published<OrderCompleted>(one => one.OrderId == order.Id)).Lines.Count - 1);
    }

    [Fact]
    public async Task All_that_is_on_its_way_can_be_delivered_at_once()
    {
        var order = await Waiting();
        await Ship(order, new ShipOrder(Lines: [new("PAD", 1)]));
        await staff.PostAsJson($"/api/admin/orders/{order.Id}/deliver", new { });
        using var nothing = await staff.PostAsJsonAsync($"/api/admin/orders/{order.Id}/deliver", new { });
        await Ship(order, new ShipOrder(Lines: [new("PAD", 2)]));
        await Ship(order, new ShipOrder(Lines: [new("CONSOLE", 1)]));

        await staff.PostAsJson($"/api/admin/orders/{order.Id}/deliver", new { });

        Assert.Equal(HttpStatusCode.Conflict, nothing.StatusCode);
        Assert.Equal(OrderStatus.Delivered, (await application.Find(order.Id)).Status);
    }

    [Fact]
    public async Task What_is_sent_cannot_be_cancelled_and_what_was_not_can_by_staff()
    {
        var unsent = await application.BuyConsole(shopper, OrdersApplication.Line("PAD", 1, 30_00));
        var order = await Waiting();
        using var early = await staff.PostAsJsonAsync($"/api/admin/orders/{unsent.Id}/cancel-rest", new CancelOrder(null));
        await Ship(order, new ShipOrder(Lines: [new("CONSOLE", 1)]));

        using var whole = await shopper.PostAsync($"/api/orders/{order.Id}/cancel", null);
        using var byStaff = await staff.PostAsJsonAsync($"/api/admin/orders/{order.Id}/cancel", new CancelOrder(null));
        Assert.All([early, whole, byStaff], response => Assert.Equal(HttpStatusCode.Conflict, response.StatusCode));
        await staff.PostAsJson($"/api/admin/orders/{order.Id}/cancel-rest", new CancelOrder("The controllers were damaged."));

        await OrdersApplication.Eventually(async () => (await application.Find(order.Id)).Payment.Refunded.Amount == 90_00, "90.00 went back");
        var sent = await application.Find(order.Id);
        Assert.Equal(OrderStatus.Shipped, sent.Status);
        Assert.Equal((RefundReason.NotSent, "The controllers were damaged."), (sent.Refunds[0].Reason, sent.Refunds[0].Note));
        var told = await application.Published<OrderRefunded>(one => one.OrderId == order.Id);
        // What stays sold is told beside it; were both to change the stock, three pieces would come back twice.
        Assert.Equal((3, true), (told.Lines.Single().Quantity, told.StockTold));
        Assert.Equal([("CONSOLE", 1)], (await application.Published<OrderStands>(one => one.OrderId == order.Id)).Lines.Select(line => (line.Sku, line.Quantity)).Where(line => line.Sku == "CONSOLE"));
        await application.BooksAreRight();
        await staff.PostAsJson($"/api/admin/orders/{order.Id}/deliver", new { });
        Assert.Equal(["CONSOLE", "GIFT-10"], (await application.Published<OrderCompleted>(one => one.OrderId == order.Id)).Lines.Select(line => line.Sku));
        await staff.PostAsJson($"/api/admin/orders/{order.Id}/refund", new GrantRefund(RefundReason.Returned));
        Assert.Equal(OrderStatus.Refunded, (await application.Find(order.Id)).Status);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Where_nothing_can_be_sent_staff_take_back_the_parcels_and_codes_stay_good()
    {
        var order = await Waiting();

        await staff.PostAsJson($"/api/admin/orders/{order.Id}/cancel-rest", new CancelOrder(null));

        await OrdersApplication.Eventually(
            async () => (await application.Find(order.Id)).Payment.Refunded.Amount == order.Total.Amount - 10_00, "all but the code is paid back");
        Assert.Equal(OrderStatus.Completed, (await application.Find(order.Id)).Status);
        Assert.Single(await OrdersApplication.Get<List<BoughtGiftCard>>(shopper, $"/api/orders/{order.Id}/gift-cards"));
    }

    [Fact]
    public async Task With_the_rest_cancelled_an_order_whose_parcels_have_arrived_is_delivered()
    {
        var order = await Waiting();
        await Ship(order, new ShipOrder(Lines: [new("CONSOLE", 1)]));
        await staff.PostAsJson($"/api/admin/orders/{order.Id}/deliver", new { });

        await staff.PostAsJson($"/api/admin/orders/{order.Id}/cancel-rest", new CancelOrder(null));

        Assert.Equal(OrderStatus.Delivered, (await application.Find(order.Id)).Status);
        await application.Published<OrderCompleted>(one => one.OrderId == order.Id);
    }

    [Theory]
    [InlineData("PAD", 4, 0, 422, "lines[0].quantity")]
    [InlineData("PAD", 0, 0, 400, "lines[0].quantity")]
    [InlineData("PAD", 1_000_000_000, 0, 400, "lines[0].quantity")]
    [InlineData("NONE", 1, 0, 422, "lines[0].sku")]
    [InlineData("🎮", 1, 0, 400, "lines[0].sku")]
    [InlineData("GIFT-10", 1, 0, 422, "lines[0].sku")]
    [InlineData("PAD", 1, 1, 409, null)]
    [InlineData("PAD", 1, -1, 400, "shipmentsSeen")]
    public async Task A_parcel_that_cannot_be_is_refused_and_nothing_is_sent(string sku, int quantity, int seen, int status, string? field)
    {
        var order = await Waiting();

        using var response = await staff.PostAsJsonAsync(
            $"/api/admin/orders/{order.Id}/ship", new ShipOrder(Lines: [new(sku, quantity)], ShipmentsSeen: seen), OrdersApplication.Json, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
        await BadInputTests.IsRefused(response, field);
        Assert.Empty((await application.Find(order.Id)).Shipments);
    }

    [Fact]
    public async Task A_line_that_is_named_twice_or_not_at_all_is_refused()
    {
        var order = await Waiting();

        foreach (var (body, field) in new[]
        {
            ("""{ "lines": [{ "sku": "PAD", "quantity": 1 }, { "sku": "PAD", "quantity": 1 }] }""", "lines[1].sku"),
            ("""{ "lines": [null] }""", "lines[0].sku"),
            ("""{ "lines": [] }""", "lines"),
            ("""{ "carrier": 5 }""", "carrier"),
        })
        {
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var response = await staff.PostAsync($"/api/admin/orders/{order.Id}/ship", content, TestContext.Current.CancellationToken);
            await BadInputTests.IsRefused(response, field);
        }

        Assert.Empty((await application.Find(order.Id)).Shipments);
    }

    [Fact]
    public async Task A_parcel_arrives_once_and_only_staff_say_so()
    {
        var order = await Waiting();
        await Ship(order, new ShipOrder(Lines: [new("PAD", 1)]));
        var parcel = (await application.Find(order.Id)).Shipments[0];

        foreach (var path in new[] { $"shipments/{parcel.Id}/deliver", "cancel-rest", "ship" })
        {
            using var forbidden = await shopper.PostAsJsonAsync($"/api/admin/orders/{order.Id}/{path}", new { }, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        }

        using var unknown = await staff.PostAsync($"/api/admin/orders/{order.Id}/shipments/{Guid.NewGuid()}/deliver", null, TestContext.Current.CancellationToken);
        await staff.PostAsJson($"/api/admin/orders/{order.Id}/shipments/{parcel.Id}/deliver", new { });
        using var again = await staff.PostAsync($"/api/admin/orders/{order.Id}/shipments/{parcel.Id}/deliver", null, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Conflict), (unknown.StatusCode, again.StatusCode));
    }

    private Task Ship(OrderDocument order, ShipOrder parcel) => staff.PostAsJson($"/api/admin/orders/{order.Id}/ship", parcel);

    private Task<OrderDocument> Waiting() => application.BuyConsole(
        shopper, OrdersApplication.Line("PAD", 3, 30_00), OrdersApplication.Line("CONSOLE", 1, 499_99), OrdersApplication.Line("GIFT-10", 1, 10_00));
}
