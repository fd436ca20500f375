using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class EditionTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private HttpClient Shopper { get; } = application.ClientOf(TestUser.Shopper());

    [Fact]
    public async Task An_edition_puts_what_it_contains_into_the_library_once_each()
    {
        var shelf = await new Shelf(application).WithGame();

        var order = await shelf.Buy(Shopper, shelf.Line("DLX", 60_00));
        await application.Deliver<StockReservedConsumer, Contracts.StockReserved>(shelf.Reserved(order));

        Assert.Equal(["DLX", "STD"], await shelf.Library(Shopper));
        var item = (await OrdersApplication.Get<Page<LibraryEntry>>(Shopper, "/api/library")).Items.Single(item => item.Sku == shelf.Sku("STD"));
        Assert.Equal((shelf.Sku("DLX"), order.Id), (item.PartOf, item.OrderId));
        Assert.Equal(shelf.Sku("STD"), Assert.Single(order.Lines[0].Contents!).Sku);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Who_owns_the_standard_edition_pays_the_difference()
    {
        var shelf = await new Shelf(application).WithGame();
        await shelf.Buy(Shopper, shelf.Line("STD", 40_00));

        var quote = await shelf.Quote(Shopper, "DLX");
        var order = await shelf.Buy(Shopper, shelf.Line("DLX", quote.UnitPrice!.Amount));

        Assert.Equal((60_00, 40_00, 20_00, QuoteReasons.Upgrade), (quote.Price!.Amount, quote.Credit!.Amount, quote.UnitPrice.Amount, quote.Reason));
        Assert.Equal(shelf.Sku("STD"), Assert.Single(quote.Owned).Sku);
        Assert.Equal((20_00, 40_00, 20_00), (order.Lines[0].UnitPrice.Amount, order.Lines[0].Credit!.Amount, order.Total.Amount));
        Assert.Equal(["DLX", "STD"], await shelf.Library(Shopper));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task The_credit_is_the_present_price_and_not_what_was_paid()
    {
        var shelf = await new Shelf(application).WithGame();
        shelf.Price("STD", 10_00);
        await shelf.Buy(Shopper, shelf.Line("STD", 10_00));
        shelf.Price("STD", 30_00);
        await shelf.Tell();

        var quote = await shelf.Quote(Shopper, "DLX");

        Assert.Equal(30_00, quote.UnitPrice!.Amount);
        await shelf.Buy(Shopper, shelf.Line("DLX", 30_00));
    }

    [Fact]
    public async Task An_upgrade_may_cost_nothing_and_no_provider_is_asked()
    {
        var shelf = await new Shelf(application).WithGame();
        shelf.Add("PS5", "game", 40_00, upgradesFrom: ["STD"]);
        await shelf.Tell();
        await shelf.Buy(Shopper, shelf.Line("STD", 40_00));

        var order = await shelf.Buy(Shopper, shelf.Line("PS5", 0));

        Assert.Equal(0, order.Total.Amount);
        Assert.Equal(0, await application.Charges(order.Id));
        Assert.Equal(["PS5", "STD"], await shelf.Library(Shopper));
    }

    [Fact]
    public async Task The_price_of_the_shop_window_is_not_charged_to_who_pays_less_and_is_refused_with_the_price()
    {
        var shelf = await new Shelf(application).WithGame();
        await shelf.Buy(Shopper, shelf.Line("STD", 40_00));

        using var answer = await OrdersApplication.Send(Shopper, OrdersApplication.Request(shelf.Line("DLX", 60_00)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var errors = (await OrdersApplication.Read<JsonElement>(answer)).GetProperty("errors");
        Assert.Contains("2000", errors.GetProperty("lines[0].unitPrice")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(OrderReasons.PriceChanged, await shelf.Rejected(Shopper, shelf.Line("DLX", 19_99)));
    }

    [Fact]
    public async Task Who_owns_nothing_of_it_cannot_order_at_the_upgrades_price()
    {
        var shelf = await new Shelf(application).WithGame();

        Assert.Equal(OrderReasons.PriceChanged, await shelf.Rejected(Shopper, shelf.Line("DLX", 20_00)));
    }

    [Fact]
    public async Task What_is_not_paid_yet_lowers_no_price()
    {
        var shelf = await new Shelf(application).WithGame();
        var pending = await OrdersApplication.Place(Shopper, OrdersApplication.Request(TestCard.NoAnswer, shelf.Line("STD", 40_00)));
        await shelf.Reserve(pending);

        var quote = await shelf.Quote(Shopper, "DLX");
        using var answer = await OrdersApplication.Send(Shopper, OrdersApplication.Request(shelf.Line("DLX", 20_00)));

        Assert.Equal((0, OrderBlocks.PartIsBeingPaid), (quote.Credit!.Amount, quote.Block));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public async Task A_lower_edition_is_not_sold_to_who_owns_a_higher_one()
    {
        var shelf = await new Shelf(application).WithGame();
        await shelf.Buy(Shopper, shelf.Line("DLX", 60_00));

        Assert.Equal(OrderBlocks.AlreadyOwned, (await shelf.Quote(Shopper, "STD")).Block);
        using var answer = await OrdersApplication.Send(Shopper, OrdersApplication.Request(shelf.Line("STD", 40_00)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public async Task An_order_does_not_hold_an_edition_and_what_it_contains()
    {
        var shelf = await new Shelf(application).WithGame();

        using var answer = await OrdersApplication.Send(Shopper, OrdersApplication.Request(shelf.Line("STD", 40_00), shelf.Line("DLX", 60_00)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal([OrderBlocks.Twice, null], (await shelf.Quotes(Shopper, "STD", "DLX")).Lines.Select(line => line.Block));
    }

    [Fact]
    public async Task Products_speaks_last_where_Orders_was_not_told()
    {
        var shelf = new Shelf(application);
        shelf.Add("STD", "game", 40_00);
        shelf.Add("DLX", "game", 60_00, contains: ["STD"], upgradesFrom: ["STD"]);
        shelf.Add("ADDON", "addon", 10_00, requires: ["STD", "DLX"]);

        Assert.Equal(OrderReasons.AlreadyOwned, await shelf.Rejected(Shopper, shelf.Line("STD", 40_00), shelf.Line("DLX", 60_00)));
        Assert.Equal(OrderReasons.GameNeeded, await shelf.Rejected(Shopper, shelf.Line("ADDON", 10_00)));
        Assert.Null((await shelf.Quote(Shopper, "DLX")).Price);
        await shelf.Buy(Shopper, shelf.Line("DLX", 60_00), shelf.Line("ADDON", 10_00));
    }

    [Fact]
    public async Task Of_eight_upgrades_and_a_refund_of_the_base_at_once_nothing_is_had_twice_or_below_its_price()
    {
        var shelf = await new Shelf(application).WithGame();
        var bought = await shelf.Buy(Shopper, shelf.Line("STD", 40_00));
        var upgrades = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Shelf.Place(Shopper, shelf.Line("DLX", 20_00))));

        var refund = Shopper.PostAsJsonAsync($"/api/orders/{bought.Id}/refund", new AskRefund(), OrdersApplication.Json, TestContext.Current.CancellationToken);
        await Task.WhenAll(upgrades.Select(shelf.Reserve));
        using var answer = await refund;
        await OrdersApplication.Eventually(
            async () => (await Task.WhenAll(upgrades.Select(order => application.Find(order.Id)))).All(order => order.Status is OrderStatus.Completed or OrderStatus.Rejected), "all end");

        var won = (await Task.WhenAll(upgrades.Select(order => application.Find(order.Id)))).Count(order => order.Status is OrderStatus.Completed);
        Assert.Equal(answer.StatusCode is HttpStatusCode.OK ? 0 : 1, won);
        Assert.Equal(won == 1 ? ["DLX", "STD"] : [], await shelf.Library(Shopper));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_withdrawn_products_licence_stays_and_can_be_downloaded()
    {
        var shelf = await new Shelf(application).WithGame();
        await shelf.Buy(Shopper, shelf.Line("DLX", 60_00));
        await application.Deliver<OffersChangedConsumer, Contracts.OffersChanged>(new(
            [new(shelf.Sku("STD"), Guid.NewGuid(), "game", true, Sold: false, [], [])], application.Clock.GetUtcNow().AddSeconds(1)));

        using var download = await Shopper.PostAsync($"/api/library/{shelf.Sku("STD")}/download", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, download.StatusCode);
        Assert.Equal(["DLX", "STD"], await shelf.Library(Shopper));
    }

    [Fact]
    public async Task A_quote_is_for_who_is_signed_in_and_refuses_what_makes_no_sense()
    {
        using var anonymous = application.Anonymous();
        using var nobody = await anonymous.PostAsJsonAsync("/api/orders/quote", new QuoteQuestion([new("A")], "USD"), OrdersApplication.Json, TestContext.Current.CancellationToken);
        using var twice = await Shopper.PostAsJsonAsync("/api/orders/quote", new QuoteQuestion([new("A"), new("A")], "USD"), OrdersApplication.Json, TestContext.Current.CancellationToken);
        using var none = await Shopper.PostAsJsonAsync("/api/orders/quote", new QuoteQuestion([], "USD"), OrdersApplication.Json, TestContext.Current.CancellationToken);
        using var hole = await Shopper.PostAsJsonAsync("/api/orders/quote", new { lines = new object?[] { null }, currency = "USD" }, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        Assert.All(new[] { twice, none, hole }, answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
    }

    [Fact]
    public async Task Ownership_is_the_shoppers_own()
    {
        var shelf = await new Shelf(application).WithGame();
        await shelf.Buy(Shopper, shelf.Line("STD", 40_00));
        using var other = application.ClientOf(TestUser.Shopper());

        Assert.Equal(60_00, (await shelf.Quote(other, "DLX")).UnitPrice!.Amount);
        Assert.Equal(OrderBlocks.GameNeeded, (await shelf.Quote(other, "ADDON")).Block);
        Assert.False(await application.InDatabase(database => database.LibraryItems.AnyAsync(item => item.Sku == shelf.Sku("DLX"))));
    }
}
