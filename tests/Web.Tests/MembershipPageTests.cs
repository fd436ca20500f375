namespace PlayStationStore.Web.Tests;

public sealed class MembershipPageTests : IAsyncLifetime
{
    private readonly WebApp app = new();

    private StubMembership Membership => app.Store.Orders.Membership;
    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Fact]
    public async Task Everybody_sees_the_plans_and_the_games_of_the_month()
    {
        var page = await app.ReadAsync("/membership");

        Assert.Contains("href=\"/membership\" aria-current=\"page\"", page.Html);
        Assert.Contains("Become a member", page.Words);
        Assert.Contains("Buy Plus Extra for 1 month", page.Words);
        Assert.Contains("Tekken 3", page.Words);
        Assert.Contains("With Plus Premium", page.Words);
        Assert.DoesNotContain("/claim\"", page.Html);
    }

    [Fact]
    public async Task A_member_claims_what_their_tier_has_and_nothing_else()
    {
        Membership.Tier = "extra";
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync("/membership");
        Assert.Contains("Plus Extra Paid until", page.Words);
        page = await shopper.SubmitAsync(page, "/claim");

        Assert.Contains("The game is in your library, to be played while you are a member.", page.Words);
        Assert.Equal(["TEKKEN-3-PS1"], Membership.Claimed);
        Assert.DoesNotContain("/claim\"", page.Html);
    }

    [Fact]
    public async Task The_renewal_is_switched_on_with_a_card_and_off_again()
    {
        Membership.Tier = "extra";
        using var shopper = await Shopper.SignedInAsync(app);
        Assert.Contains("A saved card is needed to switch it on.", (await shopper.OpenAsync("/membership")).Words);
        var card = app.Store.Orders.Cards.Save(Account, "Visa ending 4242", "2031-08");

        var page = await shopper.SubmitAsync(await shopper.OpenAsync("/membership"), "value=\"on\"", ("card", card.ToString()), ("to", "on"));
        Assert.Contains("$9.99 is charged to Visa ending 4242 on 30 Mar 2027. You are told before.", page.Words);
        Assert.Equal((true, card), Membership.Renewal);

        page = await shopper.SubmitAsync(page, "value=\"off\"", ("to", "off"));
        Assert.Contains("Your membership will not be renewed. It lasts to the end of what you paid.", page.Words);
        Assert.False(Membership.Renewal.On);
    }

    [Fact]
    public async Task Who_was_a_member_is_told_why_it_was_not_renewed()
    {
        Membership.Stopped = "declined";
        Membership.Claimed.Add("TEKKEN-3-PS1");
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync("/membership");

        Assert.Contains("Your membership has ended. What you bought stays yours; the games that you claimed come back when you are a member again.", page.Words);
        Assert.Contains("Your card was declined for several days, so the renewal was switched off.", page.Words);
    }

    [Fact]
    public async Task The_library_tells_what_is_owned_from_what_is_played_as_a_member()
    {
        app.Store.Orders.Own("TEKKEN-3-PS1");
        app.Store.Orders.Library.Add(Claimed(playable: true));
        using var shopper = await Shopper.SignedInAsync(app);

        var member = await shopper.OpenAsync("/library");
        app.Store.Orders.Library.RemoveAt(1);
        app.Store.Orders.Library.Add(Claimed(playable: false));
        var lapsed = await shopper.OpenAsync("/library");

        Assert.Contains("While you are a member · Plus Extra", member.Words);
        Assert.Contains("/library/GOD-OF-WAR-PS4/download", member.Html);
        Assert.Contains("For members · Plus Extra", lapsed.Words);
        Assert.DoesNotContain("/library/GOD-OF-WAR-PS4/download", lapsed.Html);
        // It is not owned, and can be bought.
        Assert.Contains("Add to cart", (await shopper.OpenAsync("/product/god-of-war")).Words);
    }

    [Fact]
    public async Task What_members_pay_stands_beside_the_price()
    {
        Assert.Contains("$10.00 with Plus Extra", (await app.ReadAsync("/product/spider-man")).Words);
        Assert.Contains("$10.00 with Plus Extra", (await app.ReadAsync("/browse?search=Spider")).Words);
        Assert.DoesNotContain("with Plus", (await app.ReadAsync("/product/tekken-3")).Words);
    }

    [Fact]
    public async Task A_part_that_is_away_takes_nothing_else_along()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        app.Store.Down.Add("orders");

        var page = await shopper.OpenAsync("/membership");

        Assert.Contains("Your membership does not come at the moment.", page.Words);
        Assert.Contains("Tekken 3", page.Words);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static StubOwned Claimed(bool playable)
    {
        var game = StubCatalogue.All.First(product => product.Name == "God of War");
        return new(game.Id, "GOD-OF-WAR-PS4", game.Name, "game", "PS4", null, Guid.Empty, DateTimeOffset.UtcNow) { Member = new { tier = "extra", playable } };
    }
}
