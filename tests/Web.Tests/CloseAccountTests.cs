namespace PlayStationStore.Web.Tests;

public sealed class CloseAccountTests : IAsyncLifetime
{
    private readonly WebApp app = new();

    [Fact]
    public async Task Closing_says_what_goes_and_what_stays_and_signs_out()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        Assert.Contains("/account/close", (await shopper.OpenAsync("/account")).Addresses);

        var page = await shopper.OpenAsync("/account/close");
        Assert.Contains("Your wallet, with the $20.00 in it", page.Words);
        Assert.Contains("Read those that are not redeemed first: they stay good for whoever has them", page.Words);
        Assert.Contains("Past orders in the store's books, without your name and address", page.Words);
        page = await shopper.SubmitAsync(page, "name=\"Sure\"", ("Sure", "true"));

        Assert.Contains("Your account is closed", page.Words);
        Assert.False(shopper.SignedIn);
        Assert.DoesNotContain("shopper@example.com", app.Store.Users.Accounts.Keys);
        await shopper.SignInAsync();
        Assert.False(shopper.SignedIn);
    }

    [Fact]
    public async Task Who_has_not_said_that_they_are_sure_keeps_the_account()
    {
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.SubmitAsync(await shopper.OpenAsync("/account/close"), "name=\"Sure\"");

        Assert.Contains("Tick the box", page.Words);
        Assert.True(shopper.SignedIn);
        Assert.Contains("shopper@example.com", app.Store.Users.Accounts.Keys);
    }

    [Fact]
    public async Task The_only_administrator_is_told_to_make_another_first()
    {
        using var administrator = await Shopper.SignedInAsync(app, "admin@example.com");

        var page = await administrator.SubmitAsync(await administrator.OpenAsync("/account/close"), "name=\"Sure\"", ("Sure", "true"));

        Assert.Contains("make another administrator first", page.Words);
        Assert.True(administrator.SignedIn);
    }

    [Fact]
    public async Task While_users_is_away_nothing_is_closed()
    {
        using var shopper = await Shopper.SignedInAsync(app);
        var form = await shopper.OpenAsync("/account/close");
        app.Store.Down.Add("users");

        var page = await shopper.SubmitAsync(form, "name=\"Sure\"", ("Sure", "true"));

        Assert.Contains("nothing was changed", page.Words);
        Assert.True(shopper.SignedIn);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
