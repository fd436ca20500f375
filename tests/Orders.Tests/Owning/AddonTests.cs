using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class AddonTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private HttpClient Shopper { get; } = application.ClientOf(TestUser.Shopper());

    [Fact]
    public async Task An_add_on_without_its_game_is_refused_and_says_so()
    {
        var shelf = await new Shelf(application).WithGame();

        using var answer = await OrdersApplication.Send(Shopper, OrdersApplication.Request(shelf.Line("ADDON", 10_00)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var error = Assert.Single((await OrdersApplication.Read<JsonElement>(answer)).GetProperty("errors").EnumerateObject());
        Assert.Equal(("lines[0].sku", OrderBlocks.Why(OrderBlocks.GameNeeded)), (error.Name, error.Value[0].GetString()));
    }

    [Theory]
    [InlineData("STD", 40_00)]
    [InlineData("DLX", 60_00)]
    public async Task Any_edition_will_do_owned_or_in_the_same_order(string edition, long price)
    {
        var shelf = await new Shelf(application).WithGame();
        await shelf.Buy(Shopper, shelf.Line(edition, price));
        await shelf.Buy(Shopper, shelf.Line("ADDON", 10_00));
        using var other = application.ClientOf(TestUser.Shopper());

        await shelf.Buy(other, shelf.Line("ADDON", 10_00), shelf.Line(edition, price));

        Assert.Contains("ADDON", await shelf.Library(Shopper));
        Assert.Contains("ADDON", await shelf.Library(other));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_disc_is_as_good_as_a_download()
    {
        var shelf = await new Shelf(application).WithGame();
        shelf.Add("BOX", "game", 45_00, digital: false);
        var address = OrdersApplication.AnAddress();
        application.Outbound.OnGet($"http://users/api/users/me/addresses/{address.Id}", address);
        var boxed = await OrdersApplication.Place(Shopper, OrdersApplication.Request(shelf.Line("BOX", 45_00)) with { ShippingAddressId = address.Id });
        Assert.Equal(OrderBlocks.GameNeeded, (await shelf.Quote(Shopper, "ADDON")).Block);
        await shelf.Reserve(boxed);
        await application.Becomes(boxed, OrderStatus.AwaitingShipment);

        await shelf.Buy(Shopper, shelf.Line("ADDON", 10_00));

        Assert.Equal(["ADDON"], await shelf.Library(Shopper));
    }

    [Fact]
    public async Task A_game_goes_back_together_with_the_add_on_that_came_with_it()
    {
        var shelf = await new Shelf(application).WithGame();
        var order = await shelf.Buy(Shopper, shelf.Line("STD", 40_00), shelf.Line("ADDON", 10_00));

        var offer = await OrdersApplication.Get<RefundOffer>(Shopper, $"/api/orders/{order.Id}/refund");
        var given = await Give(order.Id, shelf.Sku("STD"));

        Assert.Equal([shelf.Sku("ADDON")], offer.Lines[0].Along);
        Assert.Null(offer.Lines[0].Block);
        Assert.Empty(offer.Lines[1].Along);
        Assert.Equal(HttpStatusCode.OK, given.Status);
        Assert.Equal((OrderStatus.Refunded, 50_00), (given.Order!.Status, given.Order.Refunds.Sum(refund => refund.Amount.Amount)));
        Assert.Empty(await shelf.Library(Shopper));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task An_add_on_goes_back_alone()
    {
        var shelf = await new Shelf(application).WithGame();
        var order = await shelf.Buy(Shopper, shelf.Line("STD", 40_00), shelf.Line("ADDON", 10_00));

        var given = await Give(order.Id, shelf.Sku("ADDON"));

        Assert.Equal(OrderStatus.PartiallyRefunded, given.Order!.Status);
        Assert.Equal(["STD"], await shelf.Library(Shopper));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_game_stays_while_an_add_on_of_another_order_needs_it()
    {
        var shelf = await new Shelf(application).WithGame();
        var game = await shelf.Buy(Shopper, shelf.Line("STD", 40_00));
        var addon = await shelf.Buy(Shopper, shelf.Line("ADDON", 10_00));

        var offer = Assert.Single((await OrdersApplication.Get<RefundOffer>(Shopper, $"/api/orders/{game.Id}/refund")).Lines);
        var refused = await Give(game.Id, shelf.Sku("STD"));
        using var staff = await application.ClientOf(TestUser.Staff()).PostAsJsonAsync(
            $"/api/admin/orders/{game.Id}/refund", new GrantRefund(RefundReason.Goodwill), OrdersApplication.Json, TestContext.Current.CancellationToken);
        var first = await Give(addon.Id, shelf.Sku("ADDON"));
        var second = await Give(game.Id, shelf.Sku("STD"));

        Assert.Equal(RefundBlocks.Needed, offer.Block);
        Assert.Equal([shelf.Sku("ADDON")], offer.NeededBy);
        Assert.Equal((HttpStatusCode.Conflict, RefundBlocks.Needed), (refused.Status, refused.Code));
        Assert.Equal(HttpStatusCode.Conflict, staff.StatusCode);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.Status, second.Status));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_game_whose_add_on_was_begun_stays_but_for_staff()
    {
        var shelf = await new Shelf(application).WithGame();
        var order = await shelf.Buy(Shopper, shelf.Line("STD", 40_00), shelf.Line("ADDON", 10_00));
        using var download = await Shopper.PostAsync($"/api/library/{shelf.Sku("ADDON")}/download", null, TestContext.Current.CancellationToken);

        var refused = await Give(order.Id, shelf.Sku("STD"));
        using var staff = await application.ClientOf(TestUser.Staff()).PostAsJsonAsync(
            $"/api/admin/orders/{order.Id}/refund", new GrantRefund(RefundReason.Faulty, [new(shelf.Sku("STD"))]), OrdersApplication.Json, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Conflict, RefundBlocks.Needed), (refused.Status, refused.Code));
        Assert.Equal(HttpStatusCode.OK, staff.StatusCode);
        Assert.Empty(await shelf.Library(Shopper));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task What_made_an_upgrade_cheaper_stays_while_the_upgrade_does()
    {
        var shelf = await new Shelf(application).WithGame();
        var standard = await shelf.Buy(Shopper, shelf.Line("STD", 40_00));
        var deluxe = await shelf.Buy(Shopper, shelf.Line("DLX", 20_00));

        var refused = await Give(standard.Id, shelf.Sku("STD"));
        await Give(deluxe.Id, shelf.Sku("DLX"));

        Assert.Equal((HttpStatusCode.Conflict, RefundBlocks.Needed), (refused.Status, refused.Code));
        Assert.Equal(["STD"], await shelf.Library(Shopper));
        Assert.Equal(HttpStatusCode.OK, (await Give(standard.Id, shelf.Sku("STD"))).Status);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task With_another_edition_left_the_add_on_needs_nobody_else()
    {
        var shelf = await new Shelf(application).WithGame();
        shelf.Add("OTHER", "game", 30_00);
        shelf.Add("PACK", "addon", 5_00, requires: ["STD", "OTHER"]);
        await shelf.Tell();
        var standard = await shelf.Buy(Shopper, shelf.Line("STD", 40_00));
        await shelf.Buy(Shopper, shelf.Line("OTHER", 30_00));
        await shelf.Buy(Shopper, shelf.Line("PACK", 5_00));

        Assert.Equal(HttpStatusCode.OK, (await Give(standard.Id, shelf.Sku("STD"))).Status);
        Assert.Equal(["OTHER", "PACK"], await shelf.Library(Shopper));
    }

    [Fact]
    public async Task An_order_that_waits_for_its_parcel_is_not_cancelled_while_its_game_is_needed()
    {
        var shelf = await new Shelf(application).WithGame();
        shelf.Add("PAD", "accessory", 70_00, digital: false);
        var address = OrdersApplication.AnAddress();
        application.Outbound.OnGet($"http://users/api/users/me/addresses/{address.Id}", address);
        var mixed = await OrdersApplication.Place(
            Shopper, OrdersApplication.Request(shelf.Line("STD", 40_00), shelf.Line("PAD", 70_00)) with { ShippingAddressId = address.Id });
        await shelf.Reserve(mixed);
        await application.Becomes(mixed, OrderStatus.AwaitingShipment);
        var addon = await shelf.Buy(Shopper, shelf.Line("ADDON", 10_00));

        using var refused = await Shopper.PostAsync($"/api/orders/{mixed.Id}/cancel", null, TestContext.Current.CancellationToken);
        await Give(addon.Id, shelf.Sku("ADDON"));
        using var cancelled = await Shopper.PostAsync($"/api/orders/{mixed.Id}/cancel", null, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.OK), (refused.StatusCode, cancelled.StatusCode));
        Assert.Empty(await shelf.Library(Shopper));
        await application.BooksAreRight();
    }

    private async Task<(HttpStatusCode Status, OrderDocument? Order, string? Code)> Give(Guid order, string sku)
    {
        using var answer = await Shopper.PostAsJsonAsync(
            $"/api/orders/{order}/refund", new AskRefund([new(sku)]), OrdersApplication.Json, TestContext.Current.CancellationToken);
        return answer.StatusCode is HttpStatusCode.OK
            ? (answer.StatusCode, await OrdersApplication.Read<OrderDocument>(answer), null)
            : (answer.StatusCode, null, (await OrdersApplication.Read<JsonElement>(answer)).GetProperty("code").GetString());
    }
}
