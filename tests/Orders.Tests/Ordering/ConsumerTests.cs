using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

/// <summary>Every message is delivered twice by the application under test; here they also come again under new ids, and in wrong orders.</summary>
public sealed class ConsumerTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private readonly HttpClient shopper = application.ClientOf(TestUser.Shopper());

    [Fact]
    public async Task Stock_that_is_reserved_again_under_a_new_message_charges_nothing_again()
    {
        var order = await application.Buy(shopper, OrdersApplication.Request(OrdersApplication.Line()));

        await application.Reserve(order);
        await application.Deliver<StockRejectedConsumer, StockRejected>(new(order.Id, [new(order.Lines[0].Sku, "soldOut")]));
        await application.Deliver<StockReleasedConsumer, StockReleased>(new(order.Id, "expired"));

        Assert.Equal(OrderStatus.Completed, (await application.Find(order.Id)).Status);
        Assert.Equal(1, await application.Charges(order.Id));
        Assert.Single((await OrdersApplication.Get<Page<LibraryEntry>>(shopper, "/api/library")).Items, item => item.OrderId == order.Id);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Fifty_copies_at_once_charge_once()
    {
        var order = await OrdersApplication.Place(shopper, OrdersApplication.Request(OrdersApplication.Line()));
        var reserved = application.Reserved(order);

        await Task.WhenAll(Enumerable.Range(0, 25).Select(_ => application.Deliver<StockReservedConsumer, StockReserved>(reserved)));
        await application.Becomes(order, OrderStatus.Completed);

        Assert.Equal(1, await application.Charges(order.Id));
        Assert.Equal(1, await application.InDatabase(database => database.LibraryItems.CountAsync(item => item.OrderId == order.Id)));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_price_that_has_changed_is_not_charged()
    {
        var order = await OrdersApplication.Place(shopper, OrdersApplication.Request(OrdersApplication.Line()));

        await application.Deliver<StockReservedConsumer, StockReserved>(application.Reserved(order, dearer: 1));

        var rejected = await application.Becomes(order, OrderStatus.Rejected);
        Assert.Equal(OrderReasons.PriceChanged, rejected.StatusReason);
        Assert.Equal(PaymentStatus.Void, rejected.Payment.Status);
        Assert.Equal(OrderReasons.PriceChanged, (await application.Published<OrderRejected>(one => one.OrderId == order.Id)).Reason);
        Assert.False(await application.InDatabase(database => database.TestCardCharges.AnyAsync(charge => charge.Key == order.Id)));
    }

    [Fact]
    public async Task A_parcel_without_an_address_is_not_charged()
    {
        var order = await OrdersApplication.Place(shopper, OrdersApplication.Request(OrdersApplication.Line("CONSOLE")));

        await application.Reserve(order, digital: false);

        Assert.Equal(OrderReasons.AddressRequired, (await application.Becomes(order, OrderStatus.Rejected)).StatusReason);
        Assert.Equal(0, await application.Charges(order.Id));
    }

    [Theory]
    [InlineData("soldOut")]
    [InlineData("withdrawn")]
    [InlineData("unknown")]
    [InlineData("currency")]
    public async Task What_cannot_be_sold_ends_the_order_with_the_reason(string reason)
    {
        var order = await OrdersApplication.Place(shopper, OrdersApplication.Request(OrdersApplication.Line()));

        await application.Deliver<StockRejectedConsumer, StockRejected>(new(order.Id, [new(order.Lines[0].Sku, reason)]));
        await application.Reserve(order);

        Assert.Equal(reason, (await application.Becomes(order, OrderStatus.Rejected)).StatusReason);
        Assert.Equal(0, await application.Charges(order.Id));
        Assert.Equal(reason, (await application.Published<OrderRejected>(one => one.OrderId == order.Id)).Reason);
    }

    [Fact]
    public async Task Stock_that_is_reserved_after_the_order_was_cancelled_is_given_back_and_not_charged()
    {
        var order = await OrdersApplication.Place(shopper, OrdersApplication.Request(OrdersApplication.Line()));
        using var cancelled = await shopper.PostAsync($"/api/orders/{order.Id}/cancel", null);
        await application.Published<OrderCancelled>(one => one.OrderId == order.Id);

        await application.Reserve(order);

        Assert.Equal("released", (await application.Published<OrderStands>(one => one.OrderId == order.Id)).Stock);
        Assert.Single(application.Broker.Published.Select<OrderCancelled>(), one => one.Context.Message.OrderId == order.Id);
        Assert.Equal(OrderStatus.Cancelled, (await application.Find(order.Id)).Status);
        Assert.Equal(0, await application.Charges(order.Id));
    }

    [Fact]
    public async Task A_reservation_that_ran_out_before_the_payment_ends_the_order_and_a_late_approval_is_let_go()
    {
        var order = await OrdersApplication.Place(shopper, OrdersApplication.Request(TestCard.LateAnswer, OrdersApplication.Line()));
        await application.Reserve(order);
        await OrdersApplication.Eventually(
            async () => await application.InDatabase(database => database.TestCardCharges.AnyAsync(charge => charge.Key == order.Id)), "the card is asked");

        await application.Deliver<StockReleasedConsumer, StockReleased>(new(order.Id, "expired"));
        await application.Pass(TimeSpan.FromMinutes(2),
            async () => (await application.Find(order.Id)).Payment.Status == PaymentStatus.Void, "the late approval is let go");

        var ended = await application.Find(order.Id);
        Assert.Equal((OrderStatus.Rejected, OrderReasons.PaymentTimeout), (ended.Status, ended.StatusReason));
        Assert.Equal(0, await application.Charges(order.Id));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Stock_that_is_gone_after_all_takes_a_paid_order_back()
    {
        var order = await application.BuyConsole(shopper, OrdersApplication.Line("CONSOLE"));

        await application.Deliver<StockRejectedConsumer, StockRejected>(new(order.Id, [new("CONSOLE", "soldOut")]));

        Assert.Equal("soldOut", (await application.Becomes(order, OrderStatus.Cancelled)).StatusReason);
        await application.Pays(order, PaymentStatus.Refunded);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Stock_that_is_gone_after_all_takes_nothing_back_that_was_delivered()
    {
        var order = await application.BuyConsole(shopper, OrdersApplication.Line("CONSOLE"), OrdersApplication.Line("GIFT-10", 1, 10_00));
        var code = Assert.Single(await OrdersApplication.Get<List<BoughtGiftCard>>(shopper, $"/api/orders/{order.Id}/gift-cards")).Code;
        await shopper.PostAsJson("/api/wallet/redeem", new RedeemCode(code));

        await application.Deliver<StockRejectedConsumer, StockRejected>(new(order.Id, [new("CONSOLE", "soldOut")]));

        var ended = await application.Becomes(order, OrderStatus.Completed);
        var refund = Assert.Single(ended.Refunds);
        Assert.Equal((RefundReason.NotSent, order.Total.Amount - 10_00), (refund.Reason, refund.Amount.Amount));
        await OrdersApplication.Eventually(
            async () => (await application.Find(order.Id)).Payment.Refunded == refund.Amount, "all but the code is given back");
        var told = await application.Published<OrderCompleted>(one => one.OrderId == order.Id);
        Assert.Equal((true, "GIFT-10"), (told.RestCancelled, Assert.Single(told.Lines).Sku));
        await application.Published<OrderStands>(one => one.OrderId == order.Id && one is { Stock: "released", Lines: [] });
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Messages_about_orders_that_nobody_knows_do_nothing()
    {
        var unknown = Guid.CreateVersion7();

        await application.Deliver<StockReservedConsumer, StockReserved>(new(unknown, "USD", [], application.Clock.GetUtcNow()));
        await application.Deliver<StockRejectedConsumer, StockRejected>(new(unknown, [new("A", "soldOut")]));
        await application.Deliver<StockReleasedConsumer, StockReleased>(new(unknown, "expired"));

        Assert.False(await application.InDatabase(database => database.Orders.AnyAsync(order => order.Id == unknown)));
    }

    [Fact]
    public async Task A_deleted_account_leaves_no_address_behind()
    {
        var user = TestUser.Shopper();
        using var leaving = application.ClientOf(user);
        var done = await application.BuyConsole(leaving, OrdersApplication.Line("CONSOLE"));
        using var staff = application.ClientOf(TestUser.Staff());
        await staff.PostAsJson($"/api/admin/orders/{done.Id}/ship", new ShipOrder("1Z"));
        await staff.PostAsJson($"/api/admin/orders/{done.Id}/deliver", new { });
        var open = await application.BuyConsole(leaving, OrdersApplication.Line("HEADSET"));

        await application.Deliver<UserDeletedConsumer, UserDeleted>(new(user.Id, application.Clock.GetUtcNow()));

        Assert.Null((await application.Find(done.Id)).ShippingAddress);
        Assert.NotNull((await application.Find(open.Id)).ShippingAddress);
        await staff.PostAsJson($"/api/admin/orders/{open.Id}/ship", new ShipOrder(null));
        await staff.PostAsJson($"/api/admin/orders/{open.Id}/deliver", new { });
        Assert.Null((await application.Find(open.Id)).ShippingAddress);
        Assert.False(await application.InDatabase(database => database.IdempotentRequests.AnyAsync(request => request.UserId == user.Id)));
        await application.BooksAreRight();
    }
}
