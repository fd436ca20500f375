using System.Net;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class OwnedOnceTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private HttpClient Shopper { get; } = application.ClientOf(TestUser.Shopper());

    [Fact]
    public async Task What_is_in_the_library_is_not_sold_again()
    {
        var line = OrdersApplication.Line();
        await application.Buy(Shopper, OrdersApplication.Request(line));

        using var again = await OrdersApplication.Send(Shopper, OrdersApplication.Request(OrdersApplication.Line(), line));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Contains("lines[1].sku", await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_orders_for_one_game_at_the_same_moment_one_is_charged_and_the_other_is_told()
    {
        var line = OrdersApplication.Line();
        var orders = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OrdersApplication.Place(Shopper, OrdersApplication.Request(line))));

        await Task.WhenAll(orders.Select(order => application.Reserve(order)));
        await OrdersApplication.Eventually(
            async () => (await Task.WhenAll(orders.Select(order => application.Find(order.Id))))
                .All(order => order.Status is OrderStatus.Completed or OrderStatus.Rejected), "all orders end");
        var ended = await Task.WhenAll(orders.Select(order => application.Find(order.Id)));

        Assert.Single(ended, order => order.Status is OrderStatus.Completed);
        Assert.All(ended.Where(order => order.Status is OrderStatus.Rejected), order => Assert.Equal(OrderReasons.AlreadyOwned, order.StatusReason));
        Assert.Equal(1, (await Task.WhenAll(orders.Select(order => application.Charges(order.Id)))).Sum());
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_game_whose_order_came_to_nothing_can_be_bought()
    {
        var line = OrdersApplication.Line();
        var declined = await OrdersApplication.Place(Shopper, OrdersApplication.Request(TestCard.Decline, line));
        await application.Reserve(declined);
        await application.Becomes(declined, OrderStatus.Rejected);

        var order = await application.Buy(Shopper, OrdersApplication.Request(line));

        Assert.Equal(OrderStatus.Completed, order.Status);
    }

    [Fact]
    public async Task Another_shopper_may_buy_the_same()
    {
        var line = OrdersApplication.Line();
        using var other = application.ClientOf(TestUser.Shopper());

        await application.Buy(Shopper, OrdersApplication.Request(line));
        await application.Buy(other, OrdersApplication.Request(line));

        await application.BooksAreRight();
    }

    [Fact]
    public async Task Two_of_one_download_are_not_charged()
    {
        var order = await OrdersApplication.Place(Shopper, OrdersApplication.Request(OrdersApplication.Line(quantity: 2)));

        await application.Reserve(order);

        Assert.Equal(OrderReasons.OnlyOne, (await application.Becomes(order, OrderStatus.Rejected)).StatusReason);
        Assert.Equal(0, await application.Charges(order.Id));
    }
}
