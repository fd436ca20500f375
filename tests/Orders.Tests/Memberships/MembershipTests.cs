using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class MembershipTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private readonly TestUser user = TestUser.Shopper();

    private HttpClient Shopper => application.ClientOf(user);

    private DateTimeOffset Now => application.Clock.GetUtcNow();

    [Fact]
    public async Task A_paid_membership_is_granted_once_and_is_nothing_of_the_library()
    {
        var shelf = await Plans();
        var before = await Own();
        await shelf.Buy(Shopper, shelf.Line("E1", 9_99));

        var member = await Own();

        Assert.Equal((null, null), (before.Tier, before.Until));
        Assert.Equal(MembershipTier.Essential, member.Tier);
        Assert.Equal(MembershipCalendar.After(Now, 1, Now.Day), member.Until);
        Assert.False(member.Renewal.On);
        Assert.Single(member.Periods);
        Assert.Empty(await shelf.Library(Shopper));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_closed_account_takes_its_claimed_games_along_and_the_periods_stay_with_their_orders()
    {
        await using var own = new OrdersApplication();
        using var shopper = own.ClientOf(user);
        var other = TestUser.Shopper();
        using var others = own.ClientOf(other);
        var shelf = await Plans(own);
        var bought = await shelf.Buy(shopper, shelf.Line("E1", 9_99));
        await shelf.Buy(others, shelf.Line("E1", 9_99));
        using var claimed = await ClaimGame(shopper, shelf, "MONTH");
        using var alike = await ClaimGame(others, shelf, "MONTH");
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [claimed.StatusCode, alike.StatusCode]);

        await own.Deliver<UserDeletedConsumer, UserDeleted>(new(user.Id, own.Clock.GetUtcNow()));

        Assert.Equal([other.Id], await own.InDatabase(database => database.MemberGames.Select(game => game.UserId).ToListAsync()));
        Assert.Equal([bought.Id], await own.InDatabase(database =>
            database.MembershipPeriods.Where(period => period.UserId == user.Id).Select(period => period.OrderId).ToListAsync()));
        await own.BooksAreRight();
    }

    [Fact]
    public async Task Buying_again_extends_and_a_higher_tier_begins_at_once()
    {
        var shelf = await Plans();
        await shelf.Buy(Shopper, shelf.Line("E1", 9_99));
        await shelf.Buy(Shopper, shelf.Line("E1", 9_99), shelf.Line("P3", 49_99));

        var member = await Own();

        Assert.Equal(MembershipTier.Premium, member.Tier);
        Assert.Equal([MembershipTier.Premium, MembershipTier.Essential, MembershipTier.Essential], member.Periods.Select(period => period.Tier));
        Assert.Equal(member.Periods[^1].Until, member.Until);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Two_memberships_that_are_paid_at_once_are_one_after_the_other()
    {
        var shelf = await Plans();
        var orders = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Shelf.Place(Shopper, shelf.Line("E1", 9_99))));
        await Task.WhenAll(orders.Select(shelf.Reserve));
        foreach (var order in orders)
        {
            await application.Becomes(order, OrderStatus.Completed);
        }

        var periods = (await Own()).Periods;

        Assert.Equal(4, periods.Count);
        Assert.All(periods.Zip(periods.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.From));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_membership_is_bought_once_in_an_order()
    {
        var shelf = await Plans();
        using var known = await OrdersApplication.Send(Shopper, OrdersApplication.Request(new PlacedLine(shelf.Sku("E1"), 2, 9_99)));
        var unknown = new Shelf(application);
        unknown.Add("E1", "subscription", 9_99, membership: new(MembershipTier.Essential, 1));

        Assert.Contains("lines[0].quantity", await known.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, known.StatusCode);
        Assert.Equal(OrderReasons.OnlyOne, await unknown.Rejected(Shopper, new PlacedLine(unknown.Sku("E1"), 2, 9_99)));
    }

    [Fact]
    public async Task Members_pay_the_members_price_and_nobody_else_does()
    {
        var shelf = await Plans();

        Assert.Equal((40_00, null), await Price(shelf, "STD"));
        Assert.Equal(OrderReasons.PriceChanged, await shelf.Rejected(Shopper, shelf.Line("STD", 36_00)));
        await shelf.Buy(Shopper, shelf.Line("E1", 9_99));
        Assert.Equal((36_00, QuoteReasons.Member), await Price(shelf, "STD"));
        Assert.Equal((20_00, null), await Price(shelf, "RARE"));
        using var whole = await OrdersApplication.Send(Shopper, OrdersApplication.Request(shelf.Line("STD", 40_00)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, whole.StatusCode);

        var order = await shelf.Buy(Shopper, shelf.Line("STD", 36_00));

        Assert.Equal((36_00, 4_00), (order.Total.Amount, order.Lines[0].MemberSaving!.Amount));
        // What is owned counts at the price that the shopper would pay for it.
        Assert.Equal((54_00 - 36_00, QuoteReasons.Upgrade), await Price(shelf, "DLX"));
        await shelf.Buy(Shopper, shelf.Line("DLX", 18_00));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_price_that_was_shown_to_a_member_is_not_charged_once_the_membership_has_ended()
    {
        await using var own = new OrdersApplication();
        using var shopper = own.ClientOf(user);
        var shelf = await Plans(own);
        await shelf.Buy(shopper, shelf.Line("E1", 9_99));
        var order = await Shelf.Place(shopper, shelf.Line("STD", 36_00));

        own.Later(TimeSpan.FromDays(31));
        await shelf.Reserve(order);

        Assert.Equal(OrderReasons.PriceChanged, (await own.Becomes(order, OrderStatus.Rejected)).StatusReason);
    }

    [Fact]
    public async Task A_monthly_game_is_claimed_once_and_played_while_one_is_a_member()
    {
        await using var own = new OrdersApplication();
        using var shopper = own.ClientOf(user);
        var shelf = await Plans(own);
        using var nobody = await ClaimGame(shopper, shelf, "MONTH");
        await shelf.Buy(shopper, shelf.Line("E1", 9_99));

        var claims = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ClaimGame(shopper, shelf, "MONTH")));
        using var higher = await ClaimGame(shopper, shelf, "BEST");
        using var none = await ClaimGame(shopper, shelf, "RARE");

        Assert.Equal((HttpStatusCode.Conflict, "notMember"), (nobody.StatusCode, await Code(nobody)));
        Assert.All(claims, claim => Assert.Equal(HttpStatusCode.OK, claim.StatusCode));
        Assert.Equal((HttpStatusCode.Conflict, "tierTooLow"), (higher.StatusCode, await Code(higher)));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        var entry = Assert.Single((await OrdersApplication.Get<Page<LibraryEntry>>(shopper, "/api/library")).Items);
        Assert.Equal((shelf.Sku("MONTH"), null, true), (entry.Sku, entry.OrderId, entry.Member!.Playable));

        using var begun = await Download(shopper, shelf);
        var address = (await OrdersApplication.Read<DownloadAddress>(begun)).Url;
        own.Later(TimeSpan.FromDays(29));
        using var stillMember = await Download(shopper, shelf);
        own.Later(TimeSpan.FromDays(2));
        using var lapsed = await Download(shopper, shelf);
        using var old = await own.Anonymous().GetAsync((await OrdersApplication.Read<DownloadAddress>(stillMember)).Url);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Conflict), (begun.StatusCode, stillMember.StatusCode, lapsed.StatusCode));
        Assert.Equal(HttpStatusCode.Gone, old.StatusCode);
        Assert.StartsWith("/api/downloads/", address, StringComparison.Ordinal);
        Assert.False(Assert.Single((await OrdersApplication.Get<Page<LibraryEntry>>(shopper, "/api/library?kind=game")).Items).Member!.Playable);

        await shelf.Buy(shopper, shelf.Line("P3", 49_99));
        using var again = await Download(shopper, shelf);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        await own.BooksAreRight();
    }

    [Fact]
    public async Task A_claimed_game_can_be_bought_and_is_owned_then()
    {
        var shelf = await Plans();
        await shelf.Buy(Shopper, shelf.Line("E1", 9_99));
        using var claimed = await ClaimGame(Shopper, shelf, "MONTH");
        Assert.Equal(HttpStatusCode.OK, claimed.StatusCode);
        Assert.Null((await shelf.Quote(Shopper, "MONTH")).Block);

        await shelf.Buy(Shopper, shelf.Line("MONTH", 30_00));

        var entry = Assert.Single((await OrdersApplication.Get<Page<LibraryEntry>>(Shopper, "/api/library")).Items);
        Assert.Null(entry.Member);
        Assert.NotNull(entry.OrderId);
        Assert.Equal("alreadyOwned", await Code(await ClaimGame(application.ClientOf(await OwnerOf(shelf)), shelf, "MONTH")));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task The_library_is_read_in_pages_with_what_was_claimed_in_its_place()
    {
        await using var own = new OrdersApplication();
        using var shopper = own.ClientOf(user);
        var shelf = await Plans(own);
        await shelf.Buy(shopper, shelf.Line("RARE", 20_00));
        await shelf.Buy(shopper, shelf.Line("E1", 9_99));
        own.Later(TimeSpan.FromMinutes(1));
        using var claimed = await ClaimGame(shopper, shelf, "MONTH");
        own.Later(TimeSpan.FromMinutes(1));
        await shelf.Buy(shopper, shelf.Line("STD", 36_00));

        var names = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await OrdersApplication.Get<Page<LibraryEntry>>(shopper, $"/api/library?pageSize=1{(cursor == "" ? "" : $"&cursor={cursor}")}");
            names.Add(Assert.Single(page.Items).Sku);
            cursor = page.NextCursor;
        }

        Assert.Equal([shelf.Sku("STD"), shelf.Sku("MONTH"), shelf.Sku("RARE")], names);
    }

    [Fact]
    public async Task A_membership_is_given_back_whole_on_its_first_day_and_ends_the_period()
    {
        var shelf = await Plans();
        var order = await shelf.Buy(Shopper, shelf.Line("E1", 9_99));
        var offer = await OrdersApplication.Get<RefundOffer>(Shopper, $"/api/orders/{order.Id}/refund");

        await Shopper.PostAsJson($"/api/orders/{order.Id}/refund", new AskRefund());

        Assert.Equal(9_99, Assert.Single(offer.Lines).Worth.Amount);
        Assert.Equal(OrderStatus.Refunded, (await application.Pays(order, PaymentStatus.Refunded)).Status);
        Assert.Null((await Own()).Tier);
        await application.BooksAreRight();
    }

    [Fact]
    public async Task A_membership_is_given_back_less_the_days_used_within_14_days()
    {
        await using var own = new OrdersApplication();
        using var shopper = own.ClientOf(user);
        var shelf = await Plans(own);
        var order = await shelf.Buy(shopper, shelf.Line("E1", 9_99));
        own.Later(TimeSpan.FromDays(10.5));

        await shopper.PostAsJson($"/api/orders/{order.Id}/refund", new AskRefund());
        await OrdersApplication.Eventually(async () => (await own.Find(order.Id)).Payment.Refunded.Amount == 9_99 * 20 / 30, "twenty of thirty days are paid back");

        Assert.Equal(OrderStatus.PartiallyRefunded, (await own.Find(order.Id)).Status);
        Assert.Null((await OrdersApplication.Get<MembershipDocument>(shopper, "/api/membership")).Tier);
        await own.BooksAreRight();

        var second = await shelf.Buy(shopper, shelf.Line("E1", 9_99));
        own.Later(TimeSpan.FromDays(14));
        var late = await OrdersApplication.Get<RefundOffer>(shopper, $"/api/orders/{second.Id}/refund");
        Assert.Equal(RefundBlocks.TooLate, Assert.Single(late.Lines).Block);
    }

    [Fact]
    public async Task Nobody_sees_or_changes_another_ones_membership()
    {
        var shelf = await Plans();
        await shelf.Buy(Shopper, shelf.Line("E1", 9_99));
        using var other = application.ClientOf(TestUser.Shopper());
        using var nobody = application.Anonymous();

        Assert.Null((await OrdersApplication.Get<MembershipDocument>(other, "/api/membership")).Tier);
        using var switched = await other.PutAsJsonAsync("/api/membership/renewal", new SwitchRenewal(true));
        Assert.Equal((HttpStatusCode.Conflict, "notMember"), (switched.StatusCode, await Code(switched)));
        foreach (var answer in new[]
        {
            await nobody.GetAsync("/api/membership"), await nobody.PutAsJsonAsync("/api/membership/renewal", new SwitchRenewal(true)),
            await ClaimGame(nobody, shelf, "MONTH"),
        })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            answer.Dispose();
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"on\":\"yes\"}")]
    [InlineData("{\"on\":true,\"cardId\":\"\\u0000\"}")]
    [InlineData("{\"on\":true,\"card\":1}")]
    public async Task What_cannot_be_read_switches_nothing(string body)
    {
        using var answer = await Shopper.PutAsync("/api/membership/renewal", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    internal static async Task<Shelf> Plans(OrdersApplication application, Region? region = null)
    {
        var shelf = new Shelf(application) { In = region ?? Region.Default };
        var now = application.Clock.GetUtcNow();
        OfferedMonthlyGame Month(MembershipTier tier) => new("A game of the month", "PS4", "Standard edition", tier, now.AddDays(-1), now.AddDays(60));
        shelf.Add("E1", "subscription", 9_99, membership: new(MembershipTier.Essential, 1));
        shelf.Add("P3", "subscription", 49_99, membership: new(MembershipTier.Premium, 3));
        shelf.Add("STD", "game", 40_00, member: new(36_00, MembershipTier.Essential));
        shelf.Add("DLX", "game", 60_00, contains: ["STD"], upgradesFrom: ["STD"], member: new(54_00, MembershipTier.Essential));
        shelf.Add("RARE", "game", 20_00, product: "RARE", member: new(10_00, MembershipTier.Extra));
        shelf.Add("MONTH", "game", 30_00, product: "MONTH", months: [Month(MembershipTier.Essential)]);
        shelf.Add("BEST", "game", 30_00, product: "BEST", months: [Month(MembershipTier.Extra)]);
        await shelf.Tell();
        return shelf;
    }

    private Task<Shelf> Plans() => Plans(application);

    private Task<MembershipDocument> Own() => OrdersApplication.Get<MembershipDocument>(Shopper, "/api/membership");

    private async Task<(long? UnitPrice, string? Reason)> Price(Shelf shelf, string name)
    {
        var quote = await shelf.Quote(Shopper, name);
        return (quote.UnitPrice?.Amount, quote.Reason);
    }

    private static Task<HttpResponseMessage> ClaimGame(HttpClient shopper, Shelf shelf, string name) =>
        shopper.PostAsync($"/api/membership/games/{OrdersApplication.ProductOf(shelf.Sku(name))}", null);

    private static Task<HttpResponseMessage> Download(HttpClient shopper, Shelf shelf) => shopper.PostAsync($"/api/library/{shelf.Sku("MONTH")}/download", null);

    // Somebody who owns the game of the month before they claim it.
    private async Task<TestUser> OwnerOf(Shelf shelf)
    {
        var owner = TestUser.Shopper();
        using var client = application.ClientOf(owner);
        await shelf.Buy(client, shelf.Line("MONTH", 30_00));
        await shelf.Buy(client, shelf.Line("E1", 9_99));
        return owner;
    }

    private static async Task<string?> Code(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
}
