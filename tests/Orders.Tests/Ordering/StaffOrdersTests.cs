using System.Net;
using System.Net.Http.Json;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class StaffOrdersTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private readonly TestUser user = TestUser.Shopper();
    private readonly HttpClient staff = application.ClientOf(TestUser.Staff());

    private HttpClient Shopper => application.ClientOf(user);

    [Fact]
    public async Task Staff_send_a_parcel_and_see_it_arrive()
    {
        var order = await application.BuyConsole(Shopper, OrdersApplication.Line("CONSOLE"));
        Assert.Equal("Denver", order.ShippingAddress!.City);

        await staff.PostAsJson($"/api/admin/orders/{order.Id}/ship", new ShipOrder(" 1Z999 "));
        Assert.Equal("1Z999", (await application.Published<OrderShipped>(one => one.OrderId == order.Id)).TrackingNumber);
        await staff.PostAsJson($"/api/admin/orders/{order.Id}/deliver", new { });

        var delivered = await OrdersApplication.Get<OrderDocument>(Shopper, $"/api/orders/{order.Id}");
        Assert.Equal((OrderStatus.Delivered, "1Z999"), (delivered.Status, delivered.TrackingNumber));
        Assert.Equal(order.Total, (await application.Published<OrderCompleted>(one => one.OrderId == order.Id)).Total);
    }

    [Fact]
    public async Task A_step_out_of_turn_is_refused_and_changes_nothing()
    {
        var order = await application.BuyConsole(Shopper, OrdersApplication.Line("CONSOLE"));

        using var early = await staff.PostAsJsonAsync($"/api/admin/orders/{order.Id}/deliver", new { });
        await staff.PostAsJson($"/api/admin/orders/{order.Id}/ship", new ShipOrder("1Z"));
        using var again = await staff.PostAsJsonAsync($"/api/admin/orders/{order.Id}/ship", new ShipOrder("2Z"));
        using var late = await staff.PostAsJsonAsync($"/api/admin/orders/{order.Id}/cancel", new CancelOrder(null));

        Assert.All([early, again, late], response => Assert.Equal(HttpStatusCode.Conflict, response.StatusCode));
        Assert.Equal((OrderStatus.Shipped, "1Z"), ((await application.Find(order.Id)).Status, (await application.Find(order.Id)).TrackingNumber));
    }

    [Fact]
    public async Task Staff_take_an_order_back_with_a_word_to_the_shopper()
    {
        var order = await application.BuyConsole(Shopper, OrdersApplication.Line("CONSOLE"));

        await staff.PostAsJson($"/api/admin/orders/{order.Id}/cancel", new CancelOrder("The parcel was damaged. 📦"));

        var cancelled = await application.Pays(order, PaymentStatus.Refunded);
        Assert.Equal(OrderReasons.CancelledByStaff, cancelled.StatusReason);
        Assert.Equal("The parcel was damaged. 📦", cancelled.History[^1].Note);
    }

    [Fact]
    public async Task Staff_find_orders_by_number_shopper_and_status()
    {
        var order = await OrdersApplication.Place(Shopper, OrdersApplication.Request(OrdersApplication.Line()));

        foreach (var query in new[] { $"search={order.Number}", $"search={order.Number[..8].ToLowerInvariant()}", $"search={order.Id}", $"search={user.Id}&status=submitted" })
        {
            Assert.Equal(order.Id, Assert.Single((await OrdersApplication.Get<Page<OrderDocument>>(staff, $"/api/admin/orders?{query}")).Items).Id);
        }

        Assert.Empty((await OrdersApplication.Get<Page<OrderDocument>>(staff, $"/api/admin/orders?search={order.Number}&status=shipped")).Items);
        Assert.Equal(order.Id, (await OrdersApplication.Get<OrderDocument>(staff, $"/api/admin/orders/{order.Id}")).Id);
    }

    [Fact]
    public async Task Orders_of_one_instant_are_listed_page_by_page_each_once()
    {
        for (var count = 0; count < 13; count++)
        {
            await OrdersApplication.Place(Shopper, OrdersApplication.Request(OrdersApplication.Line()));
        }

        foreach (var (client, path) in new[] { (Shopper, "/api/orders?pageSize=3"), (staff, $"/api/admin/orders?search={user.Id}&pageSize=3") })
        {
            var seen = new List<OrderDocument>();
            string? cursor = null;
            do
            {
                var page = await OrdersApplication.Get<Page<OrderDocument>>(client, path + (cursor is null ? "" : $"&cursor={cursor}"));
                seen.AddRange(page.Items);
                cursor = page.NextCursor;
            }
            while (cursor is not null);

            Assert.Equal(13, seen.Count);
            Assert.Equal(13, seen.Select(order => order.Id).Distinct().Count());
        }
    }
}
