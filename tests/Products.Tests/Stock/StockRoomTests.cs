using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;

namespace PlayStationStore.Products.Tests;

/// <summary>What orders do to stock. Every message arrives twice.</summary>
public sealed class StockRoomTests(ProductsApplication app)
{
    private static readonly TimeSpan Expiry = Reservation.Lifetime + TimeSpan.FromSeconds(11);

    [Fact]
    public async Task Of_five_hundred_shoppers_for_fifty_pieces_fifty_hold_one_and_the_rest_are_told()
    {
        var console = await app.MakePhysical("Raced for", stock: 50);
        var orders = Enumerable.Range(0, 500).Select(_ => Order((console.Sku, 1))).ToList();

        await Task.WhenAll(orders.Select(order => app.Broker.Bus.Publish(order)));

        await ProductsApplication.Eventually(() => Task.FromResult(Answered(orders) == 500), "all orders are answered");
        Assert.Equal(50, orders.Count(order => Reserved(order) is not null));
        Assert.Equal((50, 50), await StockOf(console));
    }

    [Fact]
    public async Task An_order_is_held_sold_and_completed()
    {
        var console = await app.MakePhysical("Sold twice over", stock: 5, price: 49_999);
        var game = await app.MakeDigital("Sold beside it", price: 1_999, platform: "PS4");
        var order = Order((console.Sku, 2), (game.Sku, 1));

        await app.Deliver<OrderSubmittedConsumer, OrderSubmitted>(order);
        var reserved = await app.Published<StockReserved>(answer => answer.OrderId == order.OrderId);
        Assert.Equal((5, 2), await StockOf(console));

        await app.Deliver<OrderPaidConsumer, OrderPaid>(Paid(order));
        Assert.Equal((3, 0), await StockOf(console));

        await app.Deliver<OrderCompletedConsumer, OrderCompleted>(new(
            order.OrderId, "", order.UserId, [new(console.Id, console.Sku, 2), new(game.Id, game.Sku, 1)], new(0, "USD"), app.Clock.GetUtcNow()));
        Assert.Equal(2, await app.InDatabase(database => database.Products.Where(product => product.Id == console.Id).Select(product => product.StoreSales).SingleAsync()));

        Assert.Equal(app.Clock.GetUtcNow() + Reservation.Lifetime, reserved.ExpiresAt);
        Assert.Equal(
            [new ReservedLine(console.Sku, console.Id, "Sold twice over", "game", null, null, 2, 49_999, false),
                new ReservedLine(game.Sku, game.Id, "Sold beside it", "game", "PS4", null, 1, 1_999, true)],
            reserved.Lines);
        Assert.Single(app.Broker.Published.Select<StockReserved>(), answer => answer.Context.Message.OrderId == order.OrderId);
    }

    [Fact]
    public async Task What_is_sold_at_the_same_moment_is_counted_whole()
    {
        var (often, seldom) = (await app.MakeDigital("Sold by the dozen"), await app.MakeDigital("Sold now and then"));
        var orders = Enumerable.Range(1, 60).Select(number => new OrderCompleted(
            Guid.CreateVersion7(), "", Guid.CreateVersion7(),
            number % 10 == 0 ? [new(often.Id, often.Sku, 1), new(seldom.Id, seldom.Sku, 3)] : [new(often.Id, often.Sku, 1)], new(1, "USD"), app.Clock.GetUtcNow()));

        await Task.WhenAll(orders.Select(order => app.Broker.Bus.Publish(order)));

        await ProductsApplication.Eventually(async () => (await SalesOf(often), await SalesOf(seldom)) == (60, 18), "every piece is counted");
        Task<long> SalesOf(ProductsApplication.Made product) =>
            app.InDatabase(database => database.Products.Where(one => one.Id == product.Id).Select(one => one.StoreSales).SingleAsync());
    }

    [Fact]
    public async Task All_lines_are_held_or_none()
    {
        var there = await app.MakePhysical("There", stock: 5);
        var gone = await app.MakePhysical("Gone", stock: 1);
        var order = Order((there.Sku, 1), (gone.Sku, 2));

        await app.Deliver<OrderSubmittedConsumer, OrderSubmitted>(order);

        var rejected = await app.Published<StockRejected>(answer => answer.OrderId == order.OrderId);
        Assert.Equal([new RejectedLine(gone.Sku, "soldOut")], rejected.Lines);
        Assert.Equal((5, 0), await StockOf(there));
        Assert.Equal((1, 0), await StockOf(gone));
        Assert.Single(app.Broker.Published.Select<StockRejected>(), answer => answer.Context.Message.OrderId == order.OrderId);
    }

    [Fact]
    public async Task Lines_of_one_sku_are_held_together()
    {
        var console = await app.MakePhysical("Twice in a cart", stock: 3);
        var fits = Order((console.Sku, 1), (console.Sku, 2));
        var exceeds = Order((console.Sku, 2), (console.Sku, 2));

        await app.Deliver<OrderSubmittedConsumer, OrderSubmitted>(exceeds);
        await app.Published<StockRejected>(answer => answer.OrderId == exceeds.OrderId);
        await app.Deliver<OrderSubmittedConsumer, OrderSubmitted>(fits);
        await app.Published<StockReserved>(answer => answer.OrderId == fits.OrderId);

        Assert.Equal((3, 3), await StockOf(console));
    }

    [Fact]
    public async Task Each_line_that_cannot_be_sold_says_why()
    {
        var withdrawn = await app.MakeDigital("Withdrawn before the order");
        var game = await app.MakeDigital("In dollars only");
        var console = await app.MakePhysical("Asked for in odd numbers", stock: 9);
        await app.Change(async database => (await database.Products.SingleAsync(product => product.Id == withdrawn.Id)).Withdraw(app.Clock.GetUtcNow()));
        var order = Order(("NO-SUCH-SKU", 1), (withdrawn.Sku, 1), (console.Sku, 0), (console.Sku, -1));
        var euros = Order((game.Sku, 1)) with { Currency = "EUR" };
        var many = Order((console.Sku, 1_000_000_000), (console.Sku, int.MaxValue));

        await app.Deliver<OrderSubmittedConsumer, OrderSubmitted>(order);
        await app.Deliver<OrderSubmittedConsumer, OrderSubmitted>(euros);
        await app.Deliver<OrderSubmittedConsumer, OrderSubmitted>(many);

        Assert.Equal(
            [new("NO-SUCH-SKU", "unknown"), new(withdrawn.Sku, "withdrawn"), new(console.Sku, "unknown")],
            (await app.Published<StockRejected>(answer => answer.OrderId == order.OrderId)).Lines);
        Assert.Equal([new(game.Sku, "currency")], (await app.Published<StockRejected>(answer => answer.OrderId == euros.OrderId)).Lines);
        Assert.Equal([new(console.Sku, "soldOut")], (await app.Published<StockRejected>(answer => answer.OrderId == many.OrderId)).Lines);
        Assert.Equal((9, 0), await StockOf(console));
    }

    [Fact]
    public async Task What_is_held_is_released_when_the_order_ends()
    {
        var console = await app.MakePhysical("Released", stock: 4);
        var (failed, rejected, cancelled) = (await Held(console, 1), await Held(console, 1), await Held(console, 1));
        Assert.Equal((4, 3), await StockOf(console));

        await app.Deliver<PaymentFailedConsumer, PaymentFailed>(new(failed.OrderId, "", failed.UserId, "declined"));
        await app.Deliver<OrderRejectedConsumer, OrderRejected>(new(rejected.OrderId, "", rejected.UserId, "priceChanged"));
        await app.Deliver<OrderCancelledConsumer, OrderCancelled>(Cancelled(cancelled));

        Assert.Equal((4, 0), await StockOf(console));
        Assert.Equal("paymentFailed", (await Released(failed)).Reason);
        Assert.Equal("rejected", (await Released(rejected)).Reason);
        Assert.Equal("cancelled", (await Released(cancelled)).Reason);
    }

    [Fact]
    public async Task A_sale_is_undone_once_by_a_cancellation_or_a_refund()
    {
        var console = await app.MakePhysical("Brought back", stock: 6);
        var (cancelled, refunded) = (await Held(console, 2), await Held(console, 3));
        await app.Deliver<OrderPaidConsumer, OrderPaid>(Paid(cancelled));
        await app.Deliver<OrderPaidConsumer, OrderPaid>(Paid(refunded));
        Assert.Equal((1, 0), await StockOf(console));

        await app.Deliver<OrderCancelledConsumer, OrderCancelled>(Cancelled(cancelled));
        await app.Deliver<OrderRefundedConsumer, OrderRefunded>(Refund(refunded, whole: false, (console, 1)));
        Assert.Equal((4, 0), await StockOf(console));
        await app.Deliver<OrderRefundedConsumer, OrderRefunded>(Refund(refunded, whole: false, (console, 9)));
        await app.Deliver<OrderRefundedConsumer, OrderRefunded>(Refund(refunded, whole: true, (console, 3)));

        Assert.Equal((6, 0), await StockOf(console));
    }

    [Fact]
    public async Task What_comes_back_is_in_stock_once_without_what_is_broken_and_with_who_took_it_in()
    {
        var console = await app.MakePhysical("Sent back", stock: 5);
        var order = await Held(console, 3);
        await app.Deliver<OrderPaidConsumer, OrderPaid>(Paid(order));
        var (staff, stands) = (Guid.NewGuid(), new OrderStands(order.OrderId, "sold", [new(console.Sku, 2)], 9));

        // Two of three came back, one of them broken; the order's own word may arrive before.
        await app.Deliver<OrderStandsConsumer, OrderStands>(stands);
        await app.Deliver<ReturnReceivedConsumer, ReturnReceived>(
            new(Guid.NewGuid(), "R7KQ2M4X", order.OrderId, [new(console.Id, console.Sku, 2, 1)], staff, order.SubmittedAt, stands));

        Assert.Equal((3, 0), await StockOf(console));
        var kept = await app.InDatabase(database => database.Set<StockAdjustment>().AsNoTracking().SingleAsync(one => one.Sku == console.Sku && one.AdjustedBy == staff));
        Assert.Equal((3, "1 came back by return R7KQ2M4X"), (kept.OnHand, kept.Reason));
    }

    [Fact]
    public async Task An_order_that_was_cancelled_before_it_arrived_holds_nothing()
    {
        var console = await app.MakePhysical("Overtaken", stock: 2);
        var order = Order((console.Sku, 1));

        await app.Deliver<OrderCancelledConsumer, OrderCancelled>(Cancelled(order));
        await app.Deliver<OrderSubmittedConsumer, OrderSubmitted>(order);
        await app.Deliver<OrderPaidConsumer, OrderPaid>(Paid(order));

        Assert.Equal((2, 0), await StockOf(console));
        Assert.Null(Reserved(order));
    }

    [Fact]
    public async Task A_payment_whose_news_comes_after_the_cancellation_takes_nothing()
    {
        var console = await app.MakePhysical("Paid too late", stock: 2);
        var order = await Held(console, 1);

        await app.Deliver<OrderCancelledConsumer, OrderCancelled>(Cancelled(order));
        await app.Deliver<OrderPaidConsumer, OrderPaid>(Paid(order));

        Assert.Equal((2, 0), await StockOf(console));
    }

    [Fact]
    public async Task What_is_not_paid_in_time_is_released_and_may_still_be_paid_while_it_is_there()
    {
        await using var store = new ProductsApplication();
        var console = await store.MakePhysical("Expired", stock: 1);
        var order = Order((console.Sku, 1));
        await store.Deliver<OrderSubmittedConsumer, OrderSubmitted>(order);

        store.Clock.Advance(Expiry);
        Assert.Equal("expired", (await store.Published<StockReleased>(released => released.OrderId == order.OrderId)).Reason);
        Assert.Equal((1, 0), await StockOf(store, console));

        await store.Deliver<OrderPaidConsumer, OrderPaid>(Paid(order));
        Assert.Equal((0, 0), await StockOf(store, console));
    }

    [Fact]
    public async Task What_expired_and_went_to_somebody_else_is_not_sold_again()
    {
        await using var store = new ProductsApplication();
        var console = await store.MakePhysical("Expired and gone", stock: 1);
        var (late, quick) = (Order((console.Sku, 1)), Order((console.Sku, 1)));
        await store.Deliver<OrderSubmittedConsumer, OrderSubmitted>(late);
        store.Clock.Advance(Expiry);
        await store.Published<StockReleased>(released => released.OrderId == late.OrderId);
        await store.Deliver<OrderSubmittedConsumer, OrderSubmitted>(quick);
        await store.Published<StockReserved>(reserved => reserved.OrderId == quick.OrderId);

        await store.Deliver<OrderPaidConsumer, OrderPaid>(Paid(late));

        Assert.Equal((1, 1), await StockOf(store, console));
        var told = await store.Published<StockRejected>(rejected => rejected.OrderId == late.OrderId);
        Assert.Equal([new RejectedLine(console.Sku, "soldOut")], told.Lines);
    }

    [Fact]
    public async Task An_order_that_ended_after_its_hold_expired_takes_nothing_that_comes_in_later()
    {
        await using var store = new ProductsApplication();
        var console = await store.MakePhysical("Expired and ended", stock: 1);
        var order = Order((console.Sku, 1));
        await store.Deliver<OrderSubmittedConsumer, OrderSubmitted>(order);
        store.Clock.Advance(Expiry);
        await store.Published<StockReleased>(released => released.OrderId == order.OrderId);

        await store.Deliver<OrderStandsConsumer, OrderStands>(new(order.OrderId, "released", [], 5));
        await store.Deliver<OrderRefundedConsumer, OrderRefunded>(Refund(order, whole: false));
        await store.Deliver<OrderPaidConsumer, OrderPaid>(Paid(order));

        Assert.Equal((1, 0), await StockOf(store, console));
    }

    [Fact]
    public async Task An_order_that_is_asked_for_again_gets_its_answer_again_and_is_held_once()
    {
        var console = await app.MakePhysical("Answered twice", stock: 5);
        var order = await Held(console, 2);

        await app.Deliver<OrderSubmittedConsumer, OrderSubmitted>(order);

        await ProductsApplication.Eventually(
            () => Task.FromResult(app.Broker.Published.Select<StockReserved>().Count(one => one.Context.Message.OrderId == order.OrderId) == 2), "the answer is told again");
        Assert.Equal((5, 2), await StockOf(console));
    }

    [Theory]
    [InlineData("held", false, 5, 3)]
    [InlineData("asked", false, 5, 3)]
    [InlineData("sold", false, 2, 0)]
    [InlineData("sold", true, 2, 0)]
    [InlineData("released", false, 5, 0)]
    [InlineData("released", true, 5, 0)]
    public async Task The_stock_becomes_what_Orders_says_of_an_order(string stock, bool paid, int onHand, int reserved)
    {
        var console = await app.MakePhysical("Told as it stands", stock: 5);
        var order = await Held(console, 3);
        if (paid)
        {
            await app.Deliver<OrderPaidConsumer, OrderPaid>(Paid(order));
        }

        await app.Deliver<OrderStandsConsumer, OrderStands>(new(order.OrderId, stock, [new(console.Sku, 3)], 7));

        Assert.Equal((onHand, reserved), await StockOf(console));
        if (stock is "sold" or "released")
        {
            Assert.Equal(7, (await app.Published<StockAgrees>(agreed => agreed.OrderId == order.OrderId)).Version);
        }
    }

    [Fact]
    public async Task What_was_given_back_comes_back_once_though_the_news_of_the_payment_was_lost()
    {
        var console = await app.MakePhysical("Given back unheard", stock: 5);
        var (refunded, told) = (await Held(console, 2), await Held(console, 2));

        await app.Deliver<OrderRefundedConsumer, OrderRefunded>(Refund(refunded, whole: false, (console, 1)));
        await app.Deliver<OrderPaidConsumer, OrderPaid>(Paid(refunded));
        await app.Deliver<OrderStandsConsumer, OrderStands>(new(refunded.OrderId, "sold", [new(console.Sku, 1)], 8));
        await app.Deliver<OrderStandsConsumer, OrderStands>(new(told.OrderId, "sold", [new(console.Sku, 1)], 8));
        await app.Deliver<OrderStandsConsumer, OrderStands>(new(told.OrderId, "sold", [new(console.Sku, 2)], 7));

        Assert.Equal((3, 0), await StockOf(console));
    }

    [Fact]
    public async Task Orders_is_asked_for_what_stays_held()
    {
        await using var store = new ProductsApplication();
        var console = await store.MakePhysical("Held for long", stock: 1);
        var order = Order((console.Sku, 1));
        await store.Deliver<OrderSubmittedConsumer, OrderSubmitted>(order);

        store.Clock.Advance(TimeSpan.FromSeconds(91));

        Assert.Equal([order.OrderId], (await store.Published<OrdersQuestioned>(_ => true)).OrderIds);
        Assert.Equal((1, 1), await StockOf(store, console));
    }

    [Fact]
    public async Task What_is_sold_out_is_shown_as_such_and_as_available_again()
    {
        var console = await app.MakePhysical("Flipping qkx", stock: 1);
        await app.Found("Flipping qkx");
        var order = await Held(console, 1);
        await app.Listed("search=flipping qkx", list => list.GetProperty("items").EnumerateArray().Any(item => !item.GetProperty("inStock").GetBoolean()));

        await app.Deliver<OrderCancelledConsumer, OrderCancelled>(Cancelled(order));

        await app.Listed("search=flipping qkx", list => list.GetProperty("items").EnumerateArray().Any(item => item.GetProperty("inStock").GetBoolean()));
    }

    [Fact]
    public async Task Digital_goods_are_never_sold_out()
    {
        var game = await app.MakeDigital("Endless");
        var orders = Enumerable.Range(0, 5).Select(_ => Order((game.Sku, 99))).ToList();

        await Task.WhenAll(orders.Select(order => app.Deliver<OrderSubmittedConsumer, OrderSubmitted>(order)));

        await ProductsApplication.Eventually(() => Task.FromResult(orders.TrueForAll(order => Reserved(order) is not null)), "all are reserved");
    }

    [Fact]
    public async Task An_order_of_digital_goods_holds_nothing_and_is_answered_as_often_as_it_asks()
    {
        var game = await app.MakeDigital("Held by nobody");
        var order = Order((game.Sku, 1));

        await app.Deliver<OrderSubmittedConsumer, OrderSubmitted>(order);
        await app.Deliver<OrderSubmittedConsumer, OrderSubmitted>(order);
        await app.Deliver<OrderRefundedConsumer, OrderRefunded>(Refund(order, whole: false, (game, 1)));

        await ProductsApplication.Eventually(
            () => Task.FromResult(app.Broker.Published.Select<StockReserved>().Count(answer => answer.Context.Message.OrderId == order.OrderId) == 2), "it is answered twice");
        Assert.False(await app.InDatabase(database => database.Reservations.AnyAsync(one => one.OrderId == order.OrderId)));

        await app.Deliver<OrderCancelledConsumer, OrderCancelled>(Cancelled(order));
        await app.Deliver<OrderSubmittedConsumer, OrderSubmitted>(order);
        Assert.Equal(2, app.Broker.Published.Select<StockReserved>().Count(answer => answer.Context.Message.OrderId == order.OrderId));
    }

    [Fact]
    public void The_database_itself_refuses_to_sell_what_is_not_there() => Assert.Contains(
        new SqliteProductsDbContext(new DbContextOptionsBuilder<SqliteProductsDbContext>().UseSqlite().Options).Database.GenerateCreateScript().Split('\n'),
        line => line.Contains("CHECK (Reserved >= 0 AND OnHand >= Reserved)", StringComparison.Ordinal));

    private async Task<OrderSubmitted> Held(ProductsApplication.Made product, int quantity)
    {
        var order = Order((product.Sku, quantity));
        await app.Deliver<OrderSubmittedConsumer, OrderSubmitted>(order);
        await app.Published<StockReserved>(reserved => reserved.OrderId == order.OrderId);
        return order;
    }

    private static OrderSubmitted Order(params (string Sku, int Quantity)[] lines) => new(
        Guid.CreateVersion7(), "", Guid.CreateVersion7(), "USD", [.. lines.Select(line => new OrderedLine(line.Sku, line.Quantity, 1))],
        new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    private static OrderPaid Paid(OrderSubmitted order) => new(order.OrderId, "", order.UserId, new(1, "USD"), order.SubmittedAt);

    private static OrderCancelled Cancelled(OrderSubmitted order) => new(order.OrderId, "", order.UserId, order.SubmittedAt);

    private static OrderRefunded Refund(OrderSubmitted order, bool whole, params (ProductsApplication.Made Product, int Quantity)[] lines) => new(
        order.OrderId, "", order.UserId, new(1, "USD"), [.. lines.Select(line => new SoldLine(line.Product.Id, line.Product.Sku, line.Quantity))], whole, order.SubmittedAt);

    private Task<StockReleased> Released(OrderSubmitted order) => app.Published<StockReleased>(released => released.OrderId == order.OrderId);

    private StockReserved? Reserved(OrderSubmitted order) => app.Broker.Published.Select<StockReserved>()
        .Select(reserved => reserved.Context.Message).FirstOrDefault(reserved => reserved.OrderId == order.OrderId);

    private int Answered(List<OrderSubmitted> orders)
    {
        var ids = orders.Select(order => order.OrderId).ToHashSet();
        return app.Broker.Published.Select<StockReserved>().Count(answer => ids.Contains(answer.Context.Message.OrderId))
            + app.Broker.Published.Select<StockRejected>().Count(answer => ids.Contains(answer.Context.Message.OrderId));
    }

    private Task<(int OnHand, int Reserved)> StockOf(ProductsApplication.Made product) => StockOf(app, product);

    private static async Task<(int OnHand, int Reserved)> StockOf(ProductsApplication store, ProductsApplication.Made product)
    {
        var stock = await store.InDatabase(database => database.Stock.AsNoTracking().SingleAsync(stock => stock.Sku == product.Sku));
        return (stock.OnHand, stock.Reserved);
    }
}
