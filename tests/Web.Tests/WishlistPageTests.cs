namespace PlayStationStore.Web.Tests;

public sealed class WishlistPageTests : IAsyncLifetime
{
    private readonly WebApp app = new();

    private StubAccount Account => app.Store.Users.Accounts["shopper@example.com"];

    [Fact]
    public async Task Wishes_are_kept_and_removed()
    {
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.SubmitAsync(await shopper.OpenAsync("/product/tekken-3"), "/wishlist/");
        Assert.Contains("Tekken 3", page.All("h2"));
        page = await shopper.SubmitAsync(page, "/remove");

        Assert.Contains("Removed from your wishlist.", page.Words);
        Assert.Empty(Account.Wishes);
    }

    [Fact]
    public async Task What_comes_for_several_platforms_is_chosen_on_its_page_and_what_comes_in_one_is_put_into_the_cart()
    {
        Wish("Grand Theft Auto V", "Tekken 3", "Gran Turismo 3: A-Spec");
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync("/wishlist");

        Assert.Contains("Choose a platform of Grand Theft Auto V", page.All("a"));
        Assert.Contains("Choose an edition of Gran Turismo 3: A-Spec", page.All("a"));
        Assert.Contains("/product/grand-theft-auto-v", page.Addresses);
        Assert.Contains("from $29.99", page.Words);
        Assert.Equal(["Add to cart: Tekken 3"], page.All("button").Where(button => button.StartsWith("Add to cart", StringComparison.Ordinal)));
        await shopper.SubmitAsync(page, "/cart/items");
        Assert.Equal("TEKKEN-3-PS1", Assert.Single(app.Store.Orders.CartOf(Account)).Key);
    }

    [Fact]
    public async Task A_wish_that_has_come_true_is_in_the_library()
    {
        Wish("Tekken 3");
        app.Store.Orders.Own("TEKKEN-3-PS1");
        using var shopper = await Shopper.SignedInAsync(app);

        var page = await shopper.OpenAsync("/wishlist");

        Assert.Contains("In your library", page.Of("main"));
        Assert.DoesNotContain("Add to cart", page.Words);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Wish(params string[] names)
    {
        foreach (var product in StubCatalogue.All.Where(product => names.Contains(product.Name)))
        {
            Account.Wishes[product.Id] = DateTimeOffset.UtcNow;
        }
    }
}
