namespace PlayStationStore.Web.Tests;

/// <summary>Trials of games on the pages.</summary>
public sealed class TrialTests : IAsyncLifetime
{
    private const string Game = "GOD-OF-WAR-PS4";

    private readonly WebApp app = new();

    private StubOrders Orders => app.Store.Orders;

    [Fact]
    public async Task A_trial_is_offered_with_its_rule_and_only_where_there_is_one()
    {
        var page = await app.ReadAsync("/product/god-of-war");

        Assert.Contains("Try it free for 3 hours", page.All("button"));
        Assert.Contains("You can start it once. The time counts from the start, whether you play or not; your progress is kept when you buy the game.", page.Words);
        Assert.DoesNotContain("Try it free", (await app.ReadAsync("/product/tekken-3")).Words);
    }

    [Fact]
    public async Task A_trial_is_started_by_one_button_and_shows_what_is_left()
    {
        using var shopper = await Shopper.SignedInAsync(app);

        var library = await shopper.SubmitAsync(await shopper.OpenAsync("/product/god-of-war"), "action=\"/trials/");
        Assert.StartsWith("/library", shopper.Address, StringComparison.Ordinal);
        var product = await shopper.OpenAsync("/product/god-of-war");

        Assert.Contains("Your trial has begun. Its hours count from now, whether you play or not.", library.Words);
        Assert.Contains("Trial ends in 2 hours Buy God of War", library.Words);
        Assert.Contains($"href=\"/product/god-of-war?sku={Game}\"", library.Html);
        Assert.Contains($"/library/{Game}/download", library.Html);
        Assert.DoesNotContain("give it back", library.Words);
        Assert.Contains("Your trial ends in 2 hours", product.Words);
        Assert.Contains("Your progress is kept when you buy the game.", product.Words);
        Assert.DoesNotContain("Try it free", product.Words);
        // It is not owned, and can be bought.
        Assert.Contains("Add to cart", product.All("button"));
    }

    [Fact]
    public async Task A_trial_that_is_over_leads_to_buying_and_to_no_download()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.Library.Add(Tried(DateTimeOffset.UtcNow.AddHours(1)));
        var before = await shopper.OpenAsync("/library");
        Orders.Library[0] = Tried(DateTimeOffset.UtcNow.AddMinutes(-1));

        var refused = await shopper.SubmitAsync(before, $"/library/{Game}/download");
        var product = await shopper.OpenAsync("/product/god-of-war");

        Assert.Contains("Your trial is over, so nothing was downloaded. When you buy the game, it goes on where you left it.", refused.Words);
        Assert.Contains("Trial over Buy God of War", refused.Words);
        Assert.DoesNotContain("/download\"", refused.Html);
        Assert.Contains("Trial over. Your progress is kept when you buy the game.", product.Words);
        Assert.DoesNotContain("Try it free", product.Words);
        Assert.Contains("Add to cart", product.All("button"));
    }

    [Theory]
    [InlineData("trialUsed", "You have started this trial before; a game is tried once.")]
    [InlineData("alreadyOwned", "You have this game already, so there is nothing to try.")]
    [InlineData("noTrial", "This game cannot be tried any more.")]
    public async Task A_trial_that_does_not_start_says_why(string code, string words)
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Orders.TrialRefusal = code;

        var library = await shopper.SubmitAsync(await shopper.OpenAsync("/product/god-of-war"), "action=\"/trials/");

        Assert.Contains(words, library.Words);
    }

    [Fact]
    public async Task Who_has_the_game_is_offered_no_trial()
    {
        Orders.Own(Game);
        using var shopper = await Shopper.SignedInAsync(app);

        Assert.DoesNotContain("Try it free", (await shopper.OpenAsync("/product/god-of-war")).Words);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_claimed_it_as_a_monthly_game_is_offered_no_trial_and_may_still_buy_it(bool playable)
    {
        Orders.Library.Add(Tried(DateTimeOffset.UtcNow) with { TrialUntil = null, Member = new { tier = "extra", playable } });
        using var shopper = await Shopper.SignedInAsync(app);

        var product = await shopper.OpenAsync("/product/god-of-war");

        Assert.DoesNotContain("Try it free", product.Words);
        Assert.Contains("Yours to play as a member: it is in your library", product.Words);
        Assert.Contains("Add to cart", product.All("button"));
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static StubOwned Tried(DateTimeOffset until)
    {
        var game = StubCatalogue.All.First(product => product.Name == "God of War");
        return new(game.Id, Game, game.Name, "game", "PS4", null, Guid.Empty, until.AddHours(-3)) { TrialUntil = until };
    }
}
