namespace PlayStationStore.Web.Tests;

public sealed class LibraryPageTests : IAsyncLifetime
{
    private readonly WebApp app = new();

    [Fact]
    public async Task The_library_shows_what_is_owned_and_narrows_it()
    {
        foreach (var product in StubCatalogue.All.Where(product => product.Name is "Tekken 3" or "God of War"))
        {
            app.Store.Orders.Library.Add(new(product.Id, product.Variants[0].Sku, product.Name, "game", product.Platforms[0], null, Guid.NewGuid(), DateTimeOffset.UtcNow));
        }

        using var shopper = await Shopper.SignedInAsync(app);

        var library = await shopper.OpenAsync("/library");
        Assert.Contains("Tekken 3", library.All("h2"));
        Assert.Contains("God of War", library.All("h2"));
        var narrowed = await shopper.OpenAsync("/library?platform=PS1");
        Assert.Contains("Tekken 3", narrowed.Words);
        Assert.DoesNotContain("God of War", narrowed.Words);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
