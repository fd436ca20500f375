using System.Net;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class CancellationTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private readonly HttpClient shopper = application.ClientOf(TestUser.Shopper());

    [Fact]
    public async Task An_order_that_is_not_charged_yet_is_cancelled_without_a_charge()
    {
        var order = await OrdersApplication.Place(shopper, OrdersApplication.Request(OrdersApplication.Line()));

        using var response = await shopper.PostAsync($"/api/orders/{order.Id}/cancel", null);

        var cancelled = await OrdersApplication.Read<OrderDocument>(response);
        Assert.Equal((OrderStatus.Cancelled, OrderReasons.CancelledByShopper, PaymentStatus.Void), (cancelled.Status, cancelled.StatusReason, cancelled.Payment.Status));
        Assert.False(cancelled.Cancellable);
        await application.Published<OrderCancelled>(one => one.OrderId == order.Id);
        Assert.Equal(0, await application.Charges(order.Id));
    }

    [Fact]
    public async Task A_paid_order_is_taken_back_whole_once_however_often_it_is_cancelled()
    {
        var address = OrdersApplication.AnAddress();
        application.Outbound.OnGet($"http://users/api/users/me/addresses/{address.Id}", address);
        var order = await OrdersApplication.Place(
            shopper, OrdersApplication.Request(OrdersApplication.Line("GAME"), OrdersApplication.Line("CONSOLE")) with { ShippingAddressId = address.Id });
        var stock = application.Reserved(order);
        await application.Deliver<StockReservedConsumer, StockReserved>(
            stock with { Lines = [.. stock.Lines.Select(line => line with { Digital = line.Sku == "GAME" })] });
        await application.Becomes(order, OrderStatus.AwaitingShipment);
        Assert.Equal(1, await application.InDatabase(database => database.LibraryItems.CountAsync(item => item.OrderId == order.Id)));

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => shopper.PostAsync($"/api/orders/{order.Id}/cancel", null)));
        var ended = await application.Pays(order, PaymentStatus.Refunded);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal((OrderStatus.Cancelled, order.Total), (ended.Status, ended.Payment.Refunded));
        Assert.Single(ended.History, step => step.Status == OrderStatus.Cancelled);
        Assert.Equal(0, await application.InDatabase(database => database.LibraryItems.CountAsync(item => item.OrderId == order.Id)));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task What_is_delivered_or_sent_cannot_be_cancelled()
    {
        var digital = await application.Buy(shopper, OrdersApplication.Request(OrdersApplication.Line()));
        var sent = await application.BuyConsole(shopper, OrdersApplication.Line("CONSOLE"));
        await application.ClientOf(TestUser.Staff()).PostAsJson($"/api/admin/orders/{sent.Id}/ship", new ShipOrder(null));

        foreach (var order in new[] { digital, sent })
        {
            using var response = await shopper.PostAsync($"/api/orders/{order.Id}/cancel", null);

            Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
            Assert.Equal(PaymentStatus.Captured, (await application.Find(order.Id)).Payment.Status);
        }
    }

    [Fact]
    public async Task Cancelling_while_it_is_paid_ends_in_a_sale_or_a_refund_and_never_in_between()
    {
        for (var round = 0; round < 10; round++)
        {
            var order = await OrdersApplication.Place(shopper, OrdersApplication.Request(OrdersApplication.Line()));

            var paying = application.Reserve(order);
            using var response = await shopper.PostAsync($"/api/orders/{order.Id}/cancel", null);
            await paying;

            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict, response.StatusCode.ToString());
            await OrdersApplication.Eventually(
                async () => await application.Find(order.Id) is
                    { Status: OrderStatus.Completed, Payment.Status: PaymentStatus.Captured } or
                    { Status: OrderStatus.Cancelled, Payment.Status: PaymentStatus.Void or PaymentStatus.Refunded },
                "the order and its payment agree");
            Assert.Equal(response.StatusCode is HttpStatusCode.OK, (await application.Find(order.Id)).Status is OrderStatus.Cancelled);
        }

        await application.BooksAreRight();
    }
}
