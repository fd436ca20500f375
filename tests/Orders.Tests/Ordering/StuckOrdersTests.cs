using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class StuckOrdersTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    [Fact]
    public async Task Products_is_asked_again_about_an_order_that_it_has_not_answered_and_given_up_after_a_day()
    {
        using var shopper = application.ClientOf(TestUser.Shopper());
        var answered = await application.Buy(shopper, OrdersApplication.Request(OrdersApplication.Line()));
        var order = await OrdersApplication.Place(shopper, OrdersApplication.Request(OrdersApplication.Line()));

        await application.Pass(TimeSpan.FromMinutes(7), () => Task.FromResult(Asked(order) == 2), "Products is asked again");
        application.Clock.Advance(TimeSpan.FromHours(24));
        await application.Pass(TimeSpan.FromMinutes(3), async () => (await application.Find(order.Id)).Status == OrderStatus.Rejected, "the order is given up");

        Assert.Equal(OrderReasons.NoAnswer, (await application.Find(order.Id)).StatusReason);
        await application.Published<OrderRejected>(one => one.OrderId == order.Id);
        Assert.Equal(1, Asked(answered));
        Assert.Equal(OrderStatus.Completed, (await application.Find(answered.Id)).Status);
    }

    private int Asked(OrderDocument order) => application.Broker.Published.Select<OrderSubmitted>().Count(one => one.Context.Message.OrderId == order.Id);
}
