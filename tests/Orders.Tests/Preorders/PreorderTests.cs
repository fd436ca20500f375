using System.Net;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

/// <summary>The clock moves on from test to test, so each takes its dates from it.</summary>
public sealed class PreorderTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private readonly TestUser user = TestUser.Shopper();

    private HttpClient Shopper => application.ClientOf(user);

    private DateTimeOffset Soon => application.Clock.GetUtcNow().AddMinutes(2);

    [Fact]
    public async Task A_card_is_charged_and_the_game_delivered_when_it_comes_out()
    {
        var shelf = await Upcoming();
        var order = await Shelf.Place(Shopper, shelf.Line("NEXT", 70_00));
        await shelf.Reserve(order);

        var waiting = await application.Becomes(order, OrderStatus.AwaitingPayment);
        Assert.Equal((PaymentStatus.Waiting, true), (waiting.Payment.Status, waiting.Cancellable));
        Assert.NotNull(waiting.ReleaseAt);
        Assert.Equal(0, await application.Charges(order.Id));
        Assert.Equal(OrderBlocks.AlreadyOwned, (await shelf.Quote(Shopper, "NEXT")).Block);

        await ComesOut();
        await application.Becomes(order, OrderStatus.Completed);

        Assert.Equal(1, await application.Charges(order.Id));
        Assert.Equal(["NEXT"], await shelf.Library(Shopper));
        Assert.True((await application.Published<OrderCompleted>(completed => completed.OrderId == order.Id)).PaidAtOnce);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_wallet_is_charged_at_once_and_the_game_delivered_when_it_comes_out()
    {
        var shelf = await Upcoming();
        await application.GiveMoney(user, 100_00);
        var order = await OrdersApplication.Place(Shopper, OrdersApplication.WalletRequest(shelf.Line("NEXT", 70_00)));
        await shelf.Reserve(order);

        var paid = await application.Becomes(order, OrderStatus.Paid);
        Assert.Equal((PaymentStatus.Captured, true), (paid.Payment.Status, paid.Cancellable));
        Assert.False((await application.Published<OrderPaid>(one => one.OrderId == order.Id)).Held);
        Assert.Empty(await shelf.Library(Shopper));
        await application.BooksAreRight();

        await ComesOut();
        await application.Becomes(order, OrderStatus.Completed);

        Assert.Equal(["NEXT"], await shelf.Library(Shopper));
        Assert.False((await application.Published<OrderCompleted>(completed => completed.OrderId == order.Id)).PaidAtOnce);
        await application.BooksAreRight();
    }

    [Theory]
    [InlineData(PaymentMethod.Card)]
    [InlineData(PaymentMethod.Wallet)]
    public async Task Until_it_comes_out_it_is_cancelled_and_everything_goes_back(PaymentMethod method)
    {
        var shelf = await Upcoming();
        var order = await Preordered(shelf, method);

        using var cancelled = await Shopper.PostAsync($"/api/orders/{order.Id}/cancel", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        await application.Pays(order, method is PaymentMethod.Card ? PaymentStatus.Void : PaymentStatus.Refunded);
        await ComesOut();
        Assert.Equal(OrderStatus.Cancelled, (await application.Find(order.Id)).Status);
        Assert.Equal(0, await application.Charges(order.Id));
        Assert.Equal(100_00, (await OrdersApplication.Get<WalletDocument>(Shopper, "/api/wallet")).Balance.Amount);
        Assert.Null((await shelf.Quote(Shopper, "NEXT")).Block);
        await application.BooksAreRight();
    }

    [Theory]
    [InlineData(PaymentMethod.Card)]
    [InlineData(PaymentMethod.Wallet)]
    public async Task It_is_cancelled_when_its_shopper_closes_the_account(PaymentMethod method)
    {
        var shelf = await Upcoming();
        var order = await Preordered(shelf, method);

        await application.Deliver<UserDeletedConsumer, UserDeleted>(new(user.Id, application.Clock.GetUtcNow()));

        await application.Pays(order, method is PaymentMethod.Card ? PaymentStatus.Void : PaymentStatus.Refunded);
        await ComesOut();
        Assert.Equal(OrderStatus.Cancelled, (await application.Find(order.Id)).Status);
        Assert.Equal(0, await application.Charges(order.Id));
        await application.BooksAreRight();
    }

    [Theory]
    [InlineData(PaymentMethod.Card)]
    [InlineData(PaymentMethod.Wallet)]
    public async Task It_ends_where_the_account_was_closed_before_it_was_confirmed(PaymentMethod method)
    {
        var shelf = await Upcoming();
        var order = await Placed(shelf, method);
        await application.Deliver<UserDeletedConsumer, UserDeleted>(new(user.Id, application.Clock.GetUtcNow()));

        await shelf.Reserve(order);

        Assert.Equal(OrderReasons.CancelledByShopper, (await application.Becomes(order, OrderStatus.Rejected)).StatusReason);
        Assert.Equal(PaymentStatus.Void, (await application.Find(order.Id)).Payment.Status);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_parcel_waits_for_its_day_too()
    {
        var shelf = await Upcoming();
        shelf.Add("BOX", "game", 70_00, digital: false, releaseAt: Soon);
        var address = OrdersApplication.AnAddress();
        application.Outbound.OnGet($"http://users/api/users/me/addresses/{address.Id}", address);
        var order = await OrdersApplication.Place(Shopper, OrdersApplication.Request(shelf.Line("BOX", 70_00)) with { ShippingAddressId = address.Id });
        await shelf.Reserve(order);
        await application.Becomes(order, OrderStatus.AwaitingPayment);

        await ComesOut();

        await application.Becomes(order, OrderStatus.AwaitingShipment);
        Assert.Equal(1, await application.Charges(order.Id));
    }

    [Fact]
    public async Task A_pre_order_follows_the_date_of_its_game()
    {
        var shelf = await Upcoming();
        var order = await Shelf.Place(Shopper, shelf.Line("NEXT", 70_00));
        await shelf.Reserve(order);
        await application.Becomes(order, OrderStatus.AwaitingPayment);
        var later = Soon.AddDays(10);

        shelf.ComesOut("NEXT", later);
        await shelf.Tell();
        Assert.Equal(later, (await application.Find(order.Id)).ReleaseAt);
        shelf.ComesOut("NEXT", null);
        await shelf.Tell();

        await application.Pass(TimeSpan.FromMinutes(2), async () => (await application.Find(order.Id)).Status is OrderStatus.Completed, "it is out and delivered");
    }

    [Fact]
    public async Task A_pre_order_is_ordered_by_itself()
    {
        var shelf = await Upcoming();
        shelf.Add("OUT", "game", 20_00, product: "OUT");
        await shelf.Tell();

        Assert.Equal([null, OrderBlocks.PreorderAlone], (await shelf.Quotes(Shopper, "OUT", "NEXT")).Lines.Select(line => line.Block));
        using var answer = await OrdersApplication.Send(Shopper, OrdersApplication.Request(shelf.Line("OUT", 20_00), shelf.Line("NEXT", 70_00)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);

        var unknown = new Shelf(application);
        unknown.Add("OUT", "game", 20_00, product: "OUT");
        unknown.Add("NEXT", "game", 70_00, releaseAt: Soon);
        Assert.Equal(OrderReasons.PreorderAlone, await unknown.Rejected(Shopper, unknown.Line("OUT", 20_00), unknown.Line("NEXT", 70_00)));
    }

    [Fact]
    public async Task The_days_to_give_it_back_count_from_when_it_is_out()
    {
        var shelf = await Upcoming();
        await application.GiveMoney(user, 100_00);
        var order = await OrdersApplication.Place(Shopper, OrdersApplication.WalletRequest(shelf.Line("NEXT", 70_00)));
        await shelf.Reserve(order);
        var paid = await application.Becomes(order, OrderStatus.Paid);
        await ComesOut();
        await application.Becomes(order, OrderStatus.Completed);

        var offer = await OrdersApplication.Get<RefundOffer>(Shopper, $"/api/orders/{order.Id}/refund");

        Assert.Equal(paid.ReleaseAt + RefundRules.Window, offer.Until);
        Assert.Null(Assert.Single(offer.Lines).Block);
    }

    [Fact]
    public async Task A_demo_is_had_once_for_nothing_and_is_not_the_game()
    {
        var shelf = await new Shelf(application).WithGame();
        shelf.Add("DEMO", "demo", 0);
        await shelf.Tell();

        var order = await shelf.Buy(Shopper, shelf.Line("DEMO", 0));
        using var again = await OrdersApplication.Send(Shopper, OrdersApplication.Request(shelf.Line("DEMO", 0)));

        Assert.Equal((0, "demo"), (order.Total.Amount, order.Lines[0].Kind));
        Assert.Equal(0, await application.Charges(order.Id));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Equal(OrderBlocks.GameNeeded, (await shelf.Quote(Shopper, "ADDON")).Block);
        Assert.Equal(40_00, (await shelf.Quote(Shopper, "STD")).UnitPrice!.Amount);
        await shelf.Buy(Shopper, shelf.Line("STD", 40_00));
        await application.BooksAreRight();
    }

    /// <summary>An order by a shopper whose wallet could pay it, of which Products has not heard.</summary>
    private async Task<OrderDocument> Placed(Shelf shelf, PaymentMethod method)
    {
        await application.GiveMoney(user, 100_00);
        var line = shelf.Line("NEXT", 70_00);
        return await OrdersApplication.Place(Shopper, method is PaymentMethod.Card ? OrdersApplication.Request(line) : OrdersApplication.WalletRequest(line));
    }

    /// <summary>An order that waits for its day: a card is not charged yet, and a wallet has paid.</summary>
    private async Task<OrderDocument> Preordered(Shelf shelf, PaymentMethod method)
    {
        var order = await Placed(shelf, method);
        await shelf.Reserve(order);
        return await application.Becomes(order, method is PaymentMethod.Card ? OrderStatus.AwaitingPayment : OrderStatus.Paid);
    }

    private async Task<Shelf> Upcoming()
    {
        var shelf = new Shelf(application);
        shelf.Add("NEXT", "game", 70_00, releaseAt: Soon);
        await shelf.Tell();
        return shelf;
    }

    // In steps, so that the sweep that waits for the day finds it.
    private async Task ComesOut()
    {
        var end = application.Clock.GetUtcNow().AddMinutes(3);
        await application.Pass(TimeSpan.FromMinutes(3), () => Task.FromResult(application.Clock.GetUtcNow() >= end), "the day has come");
    }
}
