using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class GiftTests : IClassFixture<OrdersApplication>
{
    private readonly OrdersApplication application;
    private readonly Shelf shelf;
    private readonly HttpClient giver;
    private readonly HttpClient friend;

    public GiftTests(OrdersApplication application)
    {
        this.application = application;
        shelf = new Shelf(application);
        giver = application.ClientOf(TestUser.Shopper());
        friend = application.ClientOf(TestUser.Shopper());
    }

    [Fact]
    public async Task A_gift_enters_the_library_of_who_redeems_its_code_and_of_nobody_else()
    {
        await shelf.WithGame();
        var order = await shelf.Buy(giver, Gift("STD", 40_00, "Happy birthday!\nLove, G."));
        var waiting = Assert.Single(await Gifts(order));

        var letter = await Letter(waiting.Id);
        using var redeemed = await Redeem(friend, letter.Code.ToLowerInvariant());
        var gift = await OrdersApplication.Read<RedeemedGift>(redeemed);

        Assert.Equal(HttpStatusCode.OK, redeemed.StatusCode);
        Assert.Equal((GiftStatus.Waiting, "friend@example.com", 1), (waiting.Status, waiting.Email, waiting.Mailings));
        Assert.Equal(("friend@example.com", "Happy birthday!\nLove, G.", 19), (letter.Email, letter.Message, letter.Code.Length));
        Assert.Equal((shelf.Sku("STD"), "Happy birthday!\nLove, G."), (gift.Sku, gift.Message));
        Assert.Equal(["STD"], await shelf.Library(friend));
        Assert.Empty(await shelf.Library(giver));
        Assert.True(Assert.Single((await OrdersApplication.Get<Page<LibraryEntry>>(friend, "/api/library")).Items).Gift);
        Assert.Equal(GiftStatus.Redeemed, Assert.Single(await Gifts(order)).Status);
        var told = await application.Published<GiftRedeemed>(one => one.GiftId == waiting.Id);
        Assert.Equal((order.UserId, order.Number, shelf.Sku("STD")), (told.UserId, told.Number, told.Sku));
        Assert.NotNull(told.RedeemedBy);
        Assert.NotEqual(order.UserId, told.RedeemedBy);
        Assert.True(Assert.Single((await application.Published<OrderCompleted>(one => one.OrderId == order.Id)).Lines).Gift);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Who_owns_a_game_may_give_it_away_at_its_full_price_and_an_add_on_without_the_game()
    {
        await shelf.WithGame();
        await shelf.Buy(giver, shelf.Line("STD", 40_00));

        await shelf.Buy(giver, Gift("STD", 40_00), Gift("ADDON", 10_00));
        var deluxe = await shelf.Buy(giver, Gift("DLX", 60_00));
        await Redeem(friend, (await Letter(Assert.Single(await Gifts(deluxe)).Id)).Code);

        Assert.Equal(["STD"], await shelf.Library(giver));
        Assert.Equal(["DLX", "STD"], await shelf.Library(friend));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_gift_gives_its_buyer_nothing_that_an_add_on_of_their_own_could_need()
    {
        await shelf.WithGame();

        using var refused = await OrdersApplication.Send(giver, OrdersApplication.Request(Gift("STD", 40_00), shelf.Line("ADDON", 10_00)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Fact]
    public async Task A_code_that_is_unknown_used_or_taken_back_is_refused_with_its_reason()
    {
        await shelf.WithGame();
        var used = await shelf.Buy(giver, Gift("STD", 40_00));
        var code = (await Letter(Assert.Single(await Gifts(used)).Id)).Code;
        await Redeem(friend, code);
        var back = await shelf.Buy(giver, Gift("STD", 40_00));
        var other = (await Letter(Assert.Single(await Gifts(back)).Id)).Code;
        await giver.PostAsJson($"/api/orders/{back.Id}/refund", new { });

        using var unknown = await Redeem(friend, "ABCD-EFGH-JKMN-PQRS");
        using var again = await Redeem(friend, code);
        using var byAnother = await Redeem(giver, code);
        using var late = await Redeem(friend, other);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        Assert.Equal(["codeUsed", "codeUsed", "codeVoid"], [await CodeOf(again), await CodeOf(byAnother), await CodeOf(late)]);
        Assert.Equal(OrderStatus.Refunded, (await application.Find(back.Id)).Status);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Who_has_it_already_or_lacks_its_game_is_told_so_and_the_code_stays_good()
    {
        await shelf.WithGame();
        var order = await shelf.Buy(giver, Gift("STD", 40_00), Gift("ADDON", 10_00));
        var codes = (await Task.WhenAll((await Gifts(order)).Select(async gift => (gift.Sku, (await Letter(gift.Id)).Code)))).ToDictionary();
        var owner = application.ClientOf(TestUser.Shopper());
        await shelf.Buy(owner, shelf.Line("STD", 40_00));

        using var owned = await Redeem(owner, codes[shelf.Sku("STD")]);
        using var needed = await Redeem(friend, codes[shelf.Sku("ADDON")]);
        using var game = await Redeem(friend, codes[shelf.Sku("STD")]);
        using var addon = await Redeem(friend, codes[shelf.Sku("ADDON")]);

        Assert.Equal(["alreadyOwned", "gameNeeded"], [await CodeOf(owned), await CodeOf(needed)]);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [game.StatusCode, addon.StatusCode]);
        Assert.Equal(["ADDON", "STD"], await shelf.Library(friend));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task What_was_redeemed_cannot_be_bought_again_and_its_giver_gets_nothing_back()
    {
        await shelf.WithGame();
        var order = await shelf.Buy(giver, Gift("STD", 40_00));
        await Redeem(friend, (await Letter(Assert.Single(await Gifts(order)).Id)).Code);

        using var bought = await OrdersApplication.Send(friend, OrdersApplication.Request(shelf.Line("STD", 40_00)));
        using var refunded = await giver.PostAsJsonAsync($"/api/orders/{order.Id}/refund", new { }, TestContext.Current.CancellationToken);
        using var byStaff = await application.ClientOf(TestUser.Staff()).PostAsJsonAsync(
            $"/api/admin/orders/{order.Id}/refund", new { lines = new[] { new { sku = shelf.Sku("STD"), quantity = 1 } }, reason = "goodwill" },
            TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, bought.StatusCode);
        Assert.Equal(["redeemed", "redeemed"], [await CodeOf(refunded), await CodeOf(byStaff)]);
    }

    [Fact]
    public async Task A_gift_that_waits_can_be_given_back_long_after_a_download_of_ones_own_could()
    {
        await shelf.WithGame();
        var order = await shelf.Buy(giver, Gift("STD", 40_00));
        application.Later(TimeSpan.FromDays(200));

        await giver.PostAsJson($"/api/orders/{order.Id}/refund", new { });

        Assert.Equal(GiftStatus.TakenBack, Assert.Single(await Gifts(order)).Status);
        await application.Pays(order, PaymentStatus.Refunded);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Redeeming_and_giving_back_at_the_same_moment_are_one_or_the_other()
    {
        await shelf.WithGame();
        for (var round = 0; round < 5; round++)
        {
            var order = await shelf.Buy(giver, Gift("STD", 40_00));
            var code = (await Letter(Assert.Single(await Gifts(order)).Id)).Code;

            var redeeming = Redeem(application.ClientOf(TestUser.Shopper()), code);
            var refunding = giver.PostAsJsonAsync($"/api/orders/{order.Id}/refund", new { }, TestContext.Current.CancellationToken);
            var answers = (await Task.WhenAll(redeeming, refunding)).Select(answer => answer.StatusCode);

            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Order());
        }

        await application.BooksAreRight();
    }

    [Fact]
    public async Task Twenty_who_redeem_one_code_at_once_get_one_game()
    {
        await shelf.WithGame();
        var order = await shelf.Buy(giver, Gift("STD", 40_00));
        var code = (await Letter(Assert.Single(await Gifts(order)).Id)).Code;

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Redeem(application.ClientOf(TestUser.Shopper()), code)));

        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.OK);
        Assert.Equal(19, answers.Count(answer => answer.StatusCode is HttpStatusCode.Conflict));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_payment_that_is_told_of_twice_makes_one_gift_and_one_mail()
    {
        await shelf.WithGame();
        var order = await Shelf.Place(giver, Gift("STD", 40_00));

        await shelf.Reserve(order);
        await shelf.Reserve(order);
        await application.Becomes(order, OrderStatus.Completed);

        var gift = Assert.Single(await Gifts(order));
        await application.Published<GiftToBeMailed>(one => one.GiftId == gift.Id && one.Mailing == 1);
    }

    [Fact]
    public async Task Neither_the_database_nor_an_event_holds_a_code_and_only_the_operators_key_opens_it()
    {
        await shelf.WithGame();
        var order = await shelf.Buy(giver, Gift("STD", 40_00));
        var gift = Assert.Single(await Gifts(order));
        var code = (await Letter(gift.Id)).Code.Replace("-", "", StringComparison.Ordinal);

        var stored = await application.InDatabase(database => database.Gifts.SingleAsync(one => one.Id == gift.Id));
        using var withoutKey = await application.ClientOf(TestUser.Administrator()).GetAsync($"/internal/gifts/{gift.Id}/letter", TestContext.Current.CancellationToken);
        await Redeem(friend, code);
        var after = await application.InDatabase(database => database.Gifts.SingleAsync(one => one.Id == gift.Id));
        using var tooLate = await AskLetter(gift.Id);

        Assert.DoesNotContain(code, stored.SealedCode, StringComparison.Ordinal);
        Assert.Null(after.SealedCode);
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound], [withoutKey.StatusCode, tooLate.StatusCode]);
    }

    [Fact]
    public async Task A_mail_is_sent_again_after_a_minute_and_to_another_address_under_another_code()
    {
        await shelf.WithGame();
        var order = await shelf.Buy(giver, Gift("STD", 40_00));
        var gift = Assert.Single(await Gifts(order));
        var code = (await Letter(gift.Id)).Code;

        using var atOnce = await MailAgain(gift.Id, new { });
        application.Later(TimeSpan.FromMinutes(2));
        using var again = await MailAgain(gift.Id, new { });
        var same = await Letter(gift.Id);
        application.Later(TimeSpan.FromMinutes(2));
        using var moved = await MailAgain(gift.Id, new { email = "other@example.com" });
        var other = await Letter(gift.Id);
        using var stale = await Redeem(friend, code);
        using var good = await Redeem(friend, other.Code);

        Assert.Equal(HttpStatusCode.Conflict, atOnce.StatusCode);
        Assert.Equal(2, (await OrdersApplication.Read<GiftDocument>(again)).Mailings);
        Assert.Equal((code, "other@example.com"), (same.Code, other.Email));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity, HttpStatusCode.OK], [moved.StatusCode, stale.StatusCode, good.StatusCode]);
        await application.Published<GiftToBeMailed>(one => one.GiftId == gift.Id && one.Mailing == 3);
    }

    [Fact]
    public async Task A_gift_is_mailed_five_times_at_most()
    {
        await shelf.WithGame();
        var gift = Assert.Single(await Gifts(await shelf.Buy(giver, Gift("STD", 40_00))));
        for (var mailing = 2; mailing <= 5; mailing++)
        {
            application.Later(TimeSpan.FromMinutes(2));
            using var sent = await MailAgain(gift.Id, new { });
            Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        }

        application.Later(TimeSpan.FromDays(2));
        using var refused = await MailAgain(gift.Id, new { });

        Assert.Equal("mailedOften", await CodeOf(refused));
    }

    [Fact]
    public async Task Only_downloads_that_are_out_can_be_given_one_at_a_time()
    {
        shelf.Add("BOX", "console", 400_00, digital: false);
        shelf.Add("CARD", "giftCard", 20_00);
        shelf.Add("PLUS", "subscription", 10_00);
        shelf.Add("SOON", "game", 60_00, releaseAt: application.Clock.GetUtcNow().AddDays(30));
        shelf.Add("GAME", "game", 40_00);
        await shelf.Tell();

        foreach (var (name, price) in new[] { ("BOX", 400_00L), ("CARD", 20_00), ("PLUS", 10_00), ("SOON", 60_00) })
        {
            using var refused = await OrdersApplication.Send(giver, OrdersApplication.Request(Gift(name, price)));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("lines[0].gift", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        using var two = await OrdersApplication.Send(giver, OrdersApplication.Request(Gift("GAME", 40_00) with { Quantity = 2 }));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, two.StatusCode);
    }

    [Fact]
    public async Task What_turns_out_to_be_no_download_when_Products_speaks_ends_the_order_uncharged()
    {
        var line = OrdersApplication.Line("HW-GIVEN", 1, 400_00) with { Gift = new GiftWish("friend@example.com") };
        var address = OrdersApplication.AnAddress();
        application.Outbound.OnGet($"http://users/api/users/me/addresses/{address.Id}", address);
        var order = await OrdersApplication.Place(giver, OrdersApplication.Request(line) with { ShippingAddressId = address.Id });

        await application.Reserve(order, digital: false);

        Assert.Equal(OrderReasons.NoGift, (await application.Becomes(order, OrderStatus.Rejected)).StatusReason);
    }

    [Theory]
    [InlineData("", null, "email")]
    [InlineData("no address", null, "email")]
    [InlineData("two@at@example.com", null, "email")]
    [InlineData("friend@example.com\r\nBcc: all@example.com", null, "email")]
    [InlineData("friend@example.com", "A bell \u0007", "message")]
    [InlineData("friend@example.com", "Turned \u202E round", "message")]
    public async Task A_gift_needs_an_address_and_plain_words(string email, string? message, string field)
    {
        using var refused = await OrdersApplication.Send(giver, OrdersApplication.Request(OrdersApplication.Line() with { Gift = new GiftWish(email, message) }));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains($"lines[0].gift.{field}", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_see_and_mail_nothing_of_a_gift()
    {
        await shelf.WithGame();
        var gift = Assert.Single(await Gifts(await shelf.Buy(giver, Gift("STD", 40_00))));
        application.Later(TimeSpan.FromMinutes(2));

        using var mailed = await friend.PostAsJsonAsync($"/api/gifts/{gift.Id}/mail", new { }, TestContext.Current.CancellationToken);
        using var nobody = await application.Anonymous().PostAsJsonAsync("/api/gifts/redeem", new RedeemCode("ABCD"), TestContext.Current.CancellationToken);
        using var nobodyMails = await application.Anonymous().PostAsJsonAsync($"/api/gifts/{gift.Id}/mail", new { }, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, mailed.StatusCode);
        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], [nobody.StatusCode, nobodyMails.StatusCode]);
        Assert.Empty((await OrdersApplication.Get<Page<GiftDocument>>(friend, "/api/gifts")).Items);
    }

    [Fact]
    public async Task An_order_with_a_parcel_is_cancelled_with_its_gift_until_that_is_redeemed()
    {
        var (first, second) = (await BuyBoth(), await BuyBoth());
        var code = (await Letter(Assert.Single(await Gifts(second)).Id)).Code;
        await Redeem(friend, code);

        using var cancelled = await giver.PostAsync($"/api/orders/{first.Id}/cancel", null, TestContext.Current.CancellationToken);
        using var late = await giver.PostAsync($"/api/orders/{second.Id}/cancel", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
        Assert.Equal("giftRedeemed", await CodeOf(late));
        Assert.Equal(GiftStatus.TakenBack, Assert.Single(await Gifts(first)).Status);
        await application.BooksAreRight();

        async Task<OrderDocument> BuyBoth()
        {
            shelf.Add("GAME", "game", 40_00);
            shelf.Add("PAD", "accessory", 60_00, digital: false);
            await shelf.Tell();
            var address = OrdersApplication.AnAddress();
            application.Outbound.OnGet($"http://users/api/users/me/addresses/{address.Id}", address);
            var order = await OrdersApplication.Place(
                giver, OrdersApplication.Request(Gift("GAME", 40_00), shelf.Line("PAD", 60_00)) with { ShippingAddressId = address.Id });
            await shelf.Reserve(order);
            return await application.Becomes(order, OrderStatus.AwaitingShipment);
        }
    }

    [Fact]
    public async Task Who_deletes_their_account_leaves_no_address_of_a_friend_and_the_code_stays_good()
    {
        await shelf.WithGame();
        var order = await shelf.Buy(giver, Gift("STD", 40_00, "Hello"));
        var code = (await Letter(Assert.Single(await Gifts(order)).Id)).Code;

        await application.Deliver<UserDeletedConsumer, UserDeleted>(new(order.UserId, application.Clock.GetUtcNow()));
        using var redeemed = await Redeem(friend, code);

        Assert.Equal(HttpStatusCode.OK, redeemed.StatusCode);
        Assert.Equal((null, null), Assert.Single(await Gifts(order)) is var gift ? (gift.Email, gift.Message) : default);
        Assert.Equal("", Assert.Single((await application.Find(order.Id)).Lines).Gift!.Email);
    }

    private PlacedLine Gift(string name, long price, string? message = null) => shelf.Line(name, price) with { Gift = new GiftWish("friend@example.com", message) };

    private async Task<IReadOnlyList<GiftDocument>> Gifts(OrderDocument order) =>
        (await OrdersApplication.Get<Page<GiftDocument>>(giver, $"/api/gifts?orderId={order.Id}")).Items;

    private Task<HttpResponseMessage> AskLetter(Guid gift)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/internal/gifts/{gift}/letter");
        request.Headers.Add(OperatorKey.Header, OrdersApplication.OperatorKey);
        return application.Anonymous().SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<GiftLetter> Letter(Guid gift)
    {
        using var answer = await AskLetter(gift);
        answer.EnsureSuccessStatusCode();
        return await OrdersApplication.Read<GiftLetter>(answer);
    }

    private static Task<HttpResponseMessage> Redeem(HttpClient shopper, string code) =>
        shopper.PostAsJsonAsync("/api/gifts/redeem", new RedeemCode(code), TestContext.Current.CancellationToken);

    private Task<HttpResponseMessage> MailAgain(Guid gift, object body) =>
        giver.PostAsJsonAsync($"/api/gifts/{gift}/mail", body, TestContext.Current.CancellationToken);

    private static async Task<string?> CodeOf(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonObject>(TestContext.Current.CancellationToken))!["code"]?.GetValue<string>();
    }
}
