namespace PlayStationStore.Web.Tests;

public sealed class CardsPageTests : IAsyncLifetime
{
    private readonly WebApp app = new();

    private StubCards Cards => app.Store.Orders.Cards;
    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Fact]
    public async Task A_test_card_is_saved_and_removed()
    {
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.SubmitAsync(await shopper.OpenAsync("/account/cards"), "name=\"token\"", ("token", "tok_approve"));
        Assert.Contains("The card is saved.", page.Words);
        Assert.Contains("Visa ending 4242 Expires 08/2031", page.Words);

        page = await shopper.SubmitAsync(page, "/remove");
        Assert.Contains("The card is removed.", page.Words);
        Assert.Contains("No card yet.", page.Words);
    }

    [Fact]
    public async Task A_fourth_card_is_not_offered()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        for (var card = 0; card < 3; card++)
        {
            Cards.Save(Account, $"Visa ending 000{card}", "2031-08");
        }

        var page = await shopper.OpenAsync("/account/cards");
        Assert.Contains("You have 3 cards, as many as can be saved.", page.Words);
        Assert.DoesNotContain("name=\"token\"", page.Html);

        Cards.Provider = "stripe";
        Assert.DoesNotContain("/account/cards/new", (await shopper.OpenAsync("/account/cards")).Html);
    }

    [Fact]
    public async Task A_card_is_shown_to_the_provider_and_the_shopper_comes_back_to_where_they_were()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Cards.Provider = "stripe";
        var page = await shopper.OpenAsync("/account/cards?returnUrl=/checkout");
        Assert.Contains("href=\"/account/cards/new?returnUrl=%2Fcheckout\"", page.Html);

        using var leave = await shopper.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/account/cards/new?returnUrl=%2Fcheckout"));
        Assert.Equal(
            "https://provider.test/?back=" + Uri.EscapeDataString("/account/cards/shown?session={token}&returnUrl=%2Fcheckout"), leave.Headers.Location?.OriginalString);

        using var back = await shopper.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/account/cards/shown?session=cs_1&returnUrl=%2Fcheckout"));
        Assert.Equal("/checkout", back.Headers.Location?.OriginalString);
        Assert.Single(Cards.Saved[Account.Id]);
    }

    [Theory]
    [InlineData("/account/cards/shown?session=cs_of_another", "This card was not taken.")]
    [InlineData("/account/cards/shown", "This card was not taken.")]
    public async Task What_the_provider_does_not_know_is_not_saved(string address, string words)
    {
        using var shopper = await Shopper.SignedInAsync(app);

        Assert.Contains(words, (await shopper.OpenAsync(address)).Words);
    }

    [Fact]
    public async Task While_the_provider_is_away_this_is_said()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Cards.Away = true;

        foreach (var address in new[] { "/account/cards/new", "/account/cards/shown?session=cs_1" })
        {
            Assert.Contains("That did not work at the moment.", (await shopper.OpenAsync(address)).Words);
        }
    }

    [Fact]
    public async Task Without_a_provider_a_gift_card_is_the_way_to_pay()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Cards.Provider = null;

        Assert.Contains("Cards are not taken here", (await shopper.OpenAsync("/account/cards")).Words);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
