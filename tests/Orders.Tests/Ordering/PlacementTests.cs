using System.Net;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class PlacementTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    [Fact]
    public async Task An_order_is_accepted_at_once_and_tells_what_it_costs()
    {
        var user = TestUser.Shopper();
        using var shopper = application.ClientOf(user);

        using var response = await OrdersApplication.Send(shopper, OrdersApplication.Request(OrdersApplication.Line("A", 2, 19_99), OrdersApplication.Line("B", 1, 5_01)));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var order = await OrdersApplication.Read<OrderDocument>(response);
        Assert.Equal($"/api/orders/{order.Id}", response.Headers.Location?.ToString());
        Assert.Equal(OrderStatus.Submitted, order.Status);
        Assert.Equal(new Money(44_99, "USD"), order.Total);
        Assert.Equal(order.Total, order.Subtotal);
        Assert.Equal([39_98, 5_01], order.Lines.Select(line => line.LineTotal.Amount));
        Assert.True(order.Cancellable);
        var submitted = await application.Published<OrderSubmitted>(submitted => submitted.OrderId == order.Id);
        Assert.Equal(user.Id, submitted.UserId);
        Assert.Equal([new OrderedLine("A", 2, 19_99), new OrderedLine("B", 1, 5_01)], submitted.Lines);
        Assert.Equivalent(order, await OrdersApplication.Get<OrderDocument>(shopper, $"/api/orders/{order.Id}"));
    }

    [Fact]
    public async Task A_digital_order_is_charged_once_and_enters_the_library()
    {
        var user = TestUser.Shopper();
        using var shopper = application.ClientOf(user);

        var order = await application.Buy(shopper, OrdersApplication.Request(OrdersApplication.Line("A"), OrdersApplication.Line("B", 1, 1_00)));

        Assert.Equal(PaymentStatus.Captured, order.Payment.Status);
        Assert.Equal(
            [OrderStatus.Submitted, OrderStatus.AwaitingPayment, OrderStatus.Paid, OrderStatus.Completed], order.History.Select(step => step.Status));
        Assert.Equal("Name of A", order.Lines[0].Name);
        Assert.Equal(1, await application.Charges(order.Id));
        var library = await OrdersApplication.Get<Page<LibraryEntry>>(shopper, "/api/library");
        Assert.Equal(["A", "B"], library.Items.Select(item => item.Sku).Order());
        var completed = await application.Published<OrderCompleted>(completed => completed.OrderId == order.Id);
        Assert.Equal((2, order.Total, true), (completed.Lines.Count, completed.Total, completed.PaidAtOnce));
        Assert.DoesNotContain(application.Broker.Published.Select<OrderPaid>(), paid => paid.Context.Message.OrderId == order.Id);
        await application.BooksAreRight();
    }
}
