using System.Net;
using System.Net.Http.Json;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class BundleTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private HttpClient Shopper { get; } = application.ClientOf(TestUser.Shopper());

    [Fact]
    public async Task A_bundle_grants_its_games_and_knows_what_is_owned()
    {
        var shelf = await Trilogy();
        await shelf.Buy(Shopper, shelf.Line("A", 20_00));

        var quote = await shelf.Quote(Shopper, "BUNDLE");
        var order = await shelf.Buy(Shopper, shelf.Line("BUNDLE", quote.UnitPrice!.Amount));

        Assert.Equal((20_00, QuoteReasons.PartlyOwned), (quote.UnitPrice.Amount, quote.Reason));
        Assert.Equal(["A", "B", "BUNDLE", "C"], await shelf.Library(Shopper));
        Assert.Equal(2, order.Lines[0].Contents!.Count);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task What_a_bundle_contains_is_not_sold_again_and_a_bundle_that_is_owned_whole_is_not_sold()
    {
        var shelf = await Trilogy();
        await shelf.Buy(Shopper, shelf.Line("BUNDLE", 40_00));
        using var other = application.ClientOf(TestUser.Shopper());
        await shelf.Buy(other, shelf.Line("A", 20_00), shelf.Line("B", 20_00), shelf.Line("C", 20_00));

        Assert.Equal(OrderBlocks.AlreadyOwned, (await shelf.Quote(Shopper, "A")).Block);
        Assert.Equal(OrderBlocks.AlreadyOwned, (await shelf.Quote(other, "BUNDLE")).Block);
    }

    [Fact]
    public async Task Two_bundles_that_share_a_game_are_bought_one_after_the_other()
    {
        var shelf = await Trilogy();
        shelf.Add("PAIR", "bundle", 30_00, contains: ["C", "D"]);
        shelf.Add("D", "game", 20_00, product: "D");
        await shelf.Tell();

        Assert.Equal([null, OrderBlocks.Twice], (await shelf.Quotes(Shopper, "BUNDLE", "PAIR")).Lines.Select(line => line.Block));
        await shelf.Buy(Shopper, shelf.Line("BUNDLE", 40_00));
        await shelf.Buy(Shopper, shelf.Line("PAIR", 10_00));

        Assert.Equal(["A", "B", "BUNDLE", "C", "D", "PAIR"], await shelf.Library(Shopper));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_bundle_goes_back_whole_and_only_while_no_part_was_begun()
    {
        var shelf = await Trilogy();
        var order = await shelf.Buy(Shopper, shelf.Line("BUNDLE", 40_00));
        using var other = application.ClientOf(TestUser.Shopper());
        var begun = await shelf.Buy(other, shelf.Line("BUNDLE", 40_00));
        using var download = await other.PostAsync($"/api/library/{shelf.Sku("B")}/download", null, TestContext.Current.CancellationToken);

        await Shopper.PostAsJson($"/api/orders/{order.Id}/refund", new AskRefund());
        using var refused = await other.PostAsJsonAsync($"/api/orders/{begun.Id}/refund", new AskRefund(), OrdersApplication.Json, TestContext.Current.CancellationToken);

        Assert.Empty(await shelf.Library(Shopper));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        await shelf.Buy(Shopper, shelf.Line("A", 20_00));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Of_a_bundle_and_its_game_ordered_at_once_one_is_charged_or_the_price_is_told_anew()
    {
        var shelf = await Trilogy();
        var orders = new[] { await Shelf.Place(Shopper, shelf.Line("BUNDLE", 40_00)), await Shelf.Place(Shopper, shelf.Line("A", 20_00)) };

        await Task.WhenAll(orders.Select(shelf.Reserve));
        await OrdersApplication.Eventually(
            async () => (await Task.WhenAll(orders.Select(order => application.Find(order.Id)))).All(order => order.Status is OrderStatus.Completed or OrderStatus.Rejected), "both end");

        Assert.Single(await Task.WhenAll(orders.Select(order => application.Find(order.Id))), order => order.Status is OrderStatus.Completed);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_declined_bundle_leaves_nothing_behind()
    {
        var shelf = await Trilogy();
        var order = await OrdersApplication.Place(Shopper, OrdersApplication.Request(TestCard.Decline, shelf.Line("BUNDLE", 40_00)));
        await shelf.Reserve(order);
        await application.Becomes(order, OrderStatus.Rejected);

        await shelf.Buy(Shopper, shelf.Line("B", 20_00));

        Assert.Equal(["B"], await shelf.Library(Shopper));
    }

    private async Task<Shelf> Trilogy()
    {
        var shelf = new Shelf(application);
        foreach (var game in new[] { "A", "B", "C" })
        {
            shelf.Add(game, "game", 20_00, product: game);
        }

        shelf.Add("BUNDLE", "bundle", 40_00, contains: ["A", "B", "C"]);
        await shelf.Tell();
        return shelf;
    }
}
