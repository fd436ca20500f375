using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

/// <summary>Messages between Orders and Products that were lost are made good by asking and telling again.</summary>
public sealed class AgreementTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private readonly HttpClient shopper = application.ClientOf(TestUser.Shopper());

    [Fact]
    public async Task Products_is_told_how_each_order_stands_that_it_asks_for()
    {
        var asked = await OrdersApplication.Place(shopper, OrdersApplication.Request(OrdersApplication.Line()));
        var sold = await application.BuyConsole(shopper, new PlacedLine("CONSOLE", 2, 499_99));
        var unknown = Guid.CreateVersion7();

        await application.Deliver<OrdersQuestionedConsumer, OrdersQuestioned>(new([asked.Id, sold.Id, unknown]));

        Assert.Equal("asked", (await application.Published<OrderStands>(one => one.OrderId == asked.Id)).Stock);
        Assert.Equal("released", (await application.Published<OrderStands>(one => one.OrderId == unknown)).Stock);
        var stands = await application.Published<OrderStands>(one => one.OrderId == sold.Id);
        Assert.Equal("sold", stands.Stock);
        Assert.Equal([new OrderPieces("CONSOLE", 2)], stands.Lines);
    }

    [Fact]
    public async Task The_end_of_a_sale_is_told_until_Products_agrees()
    {
        var order = await application.BuyConsole(shopper, new PlacedLine("CONSOLE", 1, 499_99));
        await shopper.PostAsJson($"/api/orders/{order.Id}/cancel", new { });
        var told = await application.Published<OrderStands>(one => one.OrderId == order.Id);

        await application.Pass(TimeSpan.FromMinutes(5), () => Task.FromResult(Told(order.Id) >= 3), "it is told again, and again");
        await application.Deliver<StockAgreesConsumer, StockAgrees>(new(order.Id, told.Version - 1));
        var early = await Awaited(order.Id);
        await application.Deliver<StockAgreesConsumer, StockAgrees>(new(order.Id, told.Version));

        Assert.Equal("released", told.Stock);
        Assert.True(early);
        Assert.False(await Awaited(order.Id));
        Assert.Single(application.Broker.Published.Select<OrderCancelled>(), one => one.Context.Message.OrderId == order.Id);
    }

    [Fact]
    public async Task A_paid_order_whose_reservation_ran_out_asks_for_its_goods()
    {
        var order = await application.BuyConsole(shopper, new PlacedLine("CONSOLE", 1, 499_99));

        await application.Deliver<StockReleasedConsumer, StockReleased>(new(order.Id, "expired"));

        Assert.Equal("sold", (await application.Published<OrderStands>(one => one.OrderId == order.Id)).Stock);
    }

    private int Told(Guid order) => application.Broker.Published.Select<OrderStands>().Count(one => one.Context.Message.OrderId == order);

    private Task<bool> Awaited(Guid order) => application.InDatabase(database => database.AwaitedAgreements.AnyAsync(awaited => awaited.OrderId == order));
}
