using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Orders.Tests;

public sealed class TrialTests(OrdersApplication application) : IClassFixture<OrdersApplication>
{
    private readonly TestUser user = TestUser.Shopper();

    private HttpClient Shopper => application.ClientOf(user);

    [Fact]
    public async Task A_trial_is_started_once_by_each_shopper_and_stands_in_the_library()
    {
        var shelf = await Games(application);
        using var other = application.ClientOf(TestUser.Shopper());

        using var started = await Start(Shopper, shelf);
        using var again = await Start(Shopper, shelf);
        var entries = await Library(Shopper);
        Assert.Empty(await Library(other));
        using var others = await Start(other, shelf);

        Assert.Equal(HttpStatusCode.Created, started.StatusCode);
        var trial = await OrdersApplication.Read<StartedTrial>(started);
        Assert.Equal((shelf.Sku("STD"), TimeSpan.FromHours(5)), (trial.Sku, trial.Until - trial.StartedAt));
        Assert.Equal((HttpStatusCode.Conflict, "trialUsed"), (again.StatusCode, await Code(again)));
        Assert.Equal(HttpStatusCode.Created, others.StatusCode);
        var entry = Assert.Single(entries);
        Assert.Equal((shelf.Sku("STD"), (Guid?)null, trial.Until), (entry.Sku, entry.OrderId, entry.TrialUntil));
        Assert.Null(entry.Member);
        Assert.Empty(await Library(Shopper, "?platform=PS5"));
        Assert.Empty(await Library(Shopper, "?kind=demo"));
        await application.BooksAreRight();
    }

    [Fact]
    public async Task Of_several_starts_at_once_one_begins()
    {
        var shelf = await Games(application);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Start(Shopper, shelf)));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        foreach (var answer in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            Assert.Equal((HttpStatusCode.Conflict, "trialUsed"), (answer.StatusCode, await Code(answer)));
        }

        Assert.Single(await Library(Shopper));
    }

    [Fact]
    public async Task Its_download_is_refused_after_the_end_also_by_an_address_that_was_given_before()
    {
        await using var own = new OrdersApplication();
        using var shopper = own.ClientOf(user);
        using var nobody = own.Anonymous();
        var shelf = await Games(own);
        using var started = await Start(shopper, shelf);
        var until = (await OrdersApplication.Read<StartedTrial>(started)).Until;

        own.Later(TimeSpan.FromHours(4.9));
        using var begun = await Download(shopper, shelf);
        var address = (await OrdersApplication.Read<DownloadAddress>(begun)).Url;
        var licence = await OrdersApplication.Get<Licence>(nobody, address);
        own.Later(TimeSpan.FromHours(0.1));
        using var old = await nobody.GetAsync(address);
        using var late = await Download(shopper, shelf);

        Assert.Equal((shelf.Sku("STD"), until), (licence.Sku, licence.TrialUntil));
        Assert.Equal((HttpStatusCode.Conflict, "trialOver"), (old.StatusCode, await Code(old)));
        Assert.Equal((HttpStatusCode.Conflict, "trialOver"), (late.StatusCode, await Code(late)));
        // It stays to be seen, and is not had a second time.
        Assert.Equal(until, Assert.Single(await Library(shopper)).TrialUntil);
        using var again = await Start(shopper, shelf);
        Assert.Equal("trialUsed", await Code(again));
    }

    [Fact]
    public async Task It_is_no_ownership_and_what_is_bought_afterwards_is_owned()
    {
        var shelf = await Games(application);
        using var started = await Start(Shopper, shelf);

        Assert.Null((await shelf.Quote(Shopper, "STD")).Block);
        Assert.Equal((60_00, null), await Price(shelf, "DLX"));
        Assert.Equal(OrderBlocks.GameNeeded, (await shelf.Quote(Shopper, "ADDON")).Block);
        await shelf.Buy(Shopper, shelf.Line("STD", 40_00));

        var entry = Assert.Single(await Library(Shopper));
        Assert.Equal((shelf.Sku("STD"), null), (entry.Sku, entry.TrialUntil));
        Assert.NotNull(entry.OrderId);
        // What the trial has downloaded does not end the right to give the game back.
        Assert.Null(entry.DownloadedAt);
        using var begun = await Download(Shopper, shelf);
        Assert.Null((await OrdersApplication.Get<Licence>(Shopper, (await OrdersApplication.Read<DownloadAddress>(begun)).Url)).TrialUntil);
        using var again = await Start(Shopper, shelf);
        Assert.Equal((HttpStatusCode.Conflict, "alreadyOwned"), (again.StatusCode, await Code(again)));
        await application.BooksAreRight();
    }

    [Theory]
    [InlineData("STD", 40_00)]
    [InlineData("DLX", 60_00)]
    public async Task Who_has_the_game_in_any_edition_has_nothing_to_try(string edition, long price)
    {
        var shelf = await Games(application);
        await shelf.Buy(Shopper, shelf.Line(edition, price));

        using var refused = await Start(Shopper, shelf);

        Assert.Equal((HttpStatusCode.Conflict, "alreadyOwned"), (refused.StatusCode, await Code(refused)));
        Assert.All(await Library(Shopper), entry => Assert.Null(entry.TrialUntil));
    }

    [Fact]
    public async Task What_has_no_trial_or_is_not_out_or_not_known_is_not_started()
    {
        var shelf = await Games(application);
        using var nobody = application.Anonymous();

        foreach (var product in new[] { OrdersApplication.ProductOf(shelf.Sku("RARE")), OrdersApplication.ProductOf(shelf.Sku("SOON")), Guid.NewGuid(), Guid.Empty })
        {
            using var none = await Shopper.PostAsync($"/api/trials/{product}", null);
            Assert.Equal((HttpStatusCode.NotFound, "noTrial"), (none.StatusCode, await Code(none)));
        }

        foreach (var odd in new[] { "1", "-1", "not-an-id", "%20", "%F0%9F%8E%AE", new string('a', 2_000), "" })
        {
            using var refused = await Shopper.PostAsync($"/api/trials/{odd}", null);
            Assert.InRange((int)refused.StatusCode, 400, 499);
        }

        using var anonymous = await Start(nobody, shelf);
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        using var read = await Shopper.GetAsync($"/api/trials/{OrdersApplication.ProductOf(shelf.Sku("GAME"))}");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, read.StatusCode);
        Assert.Empty(await Library(Shopper));
    }

    [Fact]
    public async Task Nobody_downloads_what_another_tries()
    {
        var shelf = await Games(application);
        using var started = await Start(Shopper, shelf);
        using var other = application.ClientOf(TestUser.Shopper());

        using var refused = await Download(other, shelf);

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task Hours_that_are_changed_change_no_trial_that_has_begun_and_an_account_takes_its_trials_along()
    {
        var shelf = await Games(application);
        using var started = await Start(Shopper, shelf);
        var until = (await OrdersApplication.Read<StartedTrial>(started)).Until;
        shelf.Add("STD", "game", 40_00);
        await shelf.Tell();
        using var other = application.ClientOf(TestUser.Shopper());
        using var gone = await Start(other, shelf);

        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal(until, Assert.Single(await Library(Shopper)).TrialUntil);
        await application.Deliver<UserDeletedConsumer, UserDeleted>(new(user.Id, application.Clock.GetUtcNow()));
        Assert.False(await application.InDatabase(database => database.Trials.AnyAsync(trial => trial.UserId == user.Id)));
    }

    [Fact]
    public async Task A_game_that_is_claimed_afterwards_stands_there_once_and_who_has_claimed_it_has_nothing_to_try()
    {
        await using var own = new OrdersApplication();
        using var shopper = own.ClientOf(user);
        var shelf = await Games(own);
        await shelf.Buy(shopper, shelf.Line("E1", 9_99));
        using var tried = await Start(shopper, shelf);
        own.Later(TimeSpan.FromHours(6));
        using var claimed = await shopper.PostAsync($"/api/membership/games/{OrdersApplication.ProductOf(shelf.Sku("GAME"))}", null);
        Assert.Equal(HttpStatusCode.OK, claimed.StatusCode);

        var entry = Assert.Single(await Library(shopper));
        using var again = await Start(shopper, shelf);
        using var begun = await Download(shopper, shelf);

        Assert.Equal((true, null), (entry.Member?.Playable, entry.TrialUntil));
        Assert.Equal("alreadyOwned", await Code(again));
        Assert.Equal(HttpStatusCode.OK, begun.StatusCode);
    }

    [Fact]
    public async Task Whose_membership_ends_goes_on_with_a_trial_that_still_runs_and_no_longer()
    {
        await using var own = new OrdersApplication();
        using var shopper = own.ClientOf(user);
        var shelf = await Games(own);
        await shelf.Buy(shopper, shelf.Line("E1", 9_99));
        var end = (await OrdersApplication.Get<MembershipDocument>(shopper, "/api/membership")).Until!.Value;
        own.Later(end - own.Clock.GetUtcNow() - TimeSpan.FromHours(2));
        using var started = await Start(shopper, shelf);
        var until = (await OrdersApplication.Read<StartedTrial>(started)).Until;
        using var claimed = await shopper.PostAsync($"/api/membership/games/{OrdersApplication.ProductOf(shelf.Sku("GAME"))}", null);
        Assert.True(Assert.Single(await Library(shopper)).Member!.Playable);

        own.Later(TimeSpan.FromHours(2));
        var tried = Assert.Single(await Library(shopper));
        using var begun = await Download(shopper, shelf);
        var licence = await OrdersApplication.Get<Licence>(shopper, (await OrdersApplication.Read<DownloadAddress>(begun)).Url);
        own.Later(TimeSpan.FromHours(3));
        var lapsed = Assert.Single(await Library(shopper));
        using var late = await Download(shopper, shelf);

        Assert.Equal((null, until), (tried.Member, tried.TrialUntil));
        Assert.Equal((null, until), (licence.Member, licence.TrialUntil));
        Assert.Equal((false, null), (lapsed.Member!.Playable, lapsed.TrialUntil));
        Assert.Equal((HttpStatusCode.Conflict, "notMember"), (late.StatusCode, await Code(late)));
    }

    private static async Task<Shelf> Games(OrdersApplication application)
    {
        var shelf = new Shelf(application);
        var now = application.Clock.GetUtcNow();
        shelf.Add(
            "STD", "game", 40_00, trialHours: 5,
            months: [new("A game of the month", "PS4", "Standard edition", MembershipTier.Essential, now.AddDays(-1), now.AddDays(60))]);
        shelf.Add("DLX", "game", 60_00, contains: ["STD"], upgradesFrom: ["STD"]);
        shelf.Add("ADDON", "addon", 10_00, requires: ["STD", "DLX"]);
        shelf.Add("RARE", "game", 20_00, product: "RARE");
        shelf.Add("SOON", "game", 20_00, product: "SOON", trialHours: 5, releaseAt: now.AddDays(9));
        shelf.Add("E1", "subscription", 9_99, membership: new(MembershipTier.Essential, 1));
        await shelf.Tell();
        return shelf;
    }

    private static Task<HttpResponseMessage> Start(HttpClient shopper, Shelf shelf) =>
        shopper.PostAsync($"/api/trials/{OrdersApplication.ProductOf(shelf.Sku("GAME"))}", null);

    private static Task<HttpResponseMessage> Download(HttpClient shopper, Shelf shelf) => shopper.PostAsync($"/api/library/{shelf.Sku("STD")}/download", null);

    private static async Task<IReadOnlyList<LibraryEntry>> Library(HttpClient shopper, string query = "") =>
        (await OrdersApplication.Get<Page<LibraryEntry>>(shopper, $"/api/library{query}")).Items;

    private async Task<(long? UnitPrice, string? Reason)> Price(Shelf shelf, string name)
    {
        var quote = await shelf.Quote(Shopper, name);
        return (quote.UnitPrice?.Amount, quote.Reason);
    }

    private static async Task<string?> Code(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
}
