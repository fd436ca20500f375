namespace PlayStationStore.Web.Tests;

public sealed class LibraryPageTests : IAsyncLifetime
{
    private const string Game = "TEKKEN-3-PS1";

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

    [Fact]
    public async Task A_download_says_first_what_it_ends_and_leads_to_its_file()
    {
        app.Store.Orders.Own(Game);
        using var shopper = await Shopper.SignedInAsync(app);

        var library = await shopper.OpenAsync("/library");
        Assert.Equal(["Download Tekken 3"], library.All("summary").Where(text => text.StartsWith("Download", StringComparison.Ordinal)));
        Assert.Matches("You can give it back until .{1,40} Once the download begins, you no longer can. Download it", library.Words);
        Assert.Null(Assert.Single(app.Store.Orders.Library).DownloadedAt);
        await shopper.SubmitAsync(library, $"/library/{Game}/download");
        Assert.Equal($"/api/downloads/{Game}", shopper.Address);
        Assert.NotNull(Assert.Single(app.Store.Orders.Library).DownloadedAt);
        library = await shopper.OpenAsync("/library");

        Assert.Contains("Download again", library.Words);
        Assert.DoesNotContain("give it back", library.Words);
    }

    [Fact]
    public async Task A_download_ends_nothing_once_the_days_to_give_it_back_are_over()
    {
        app.Store.Orders.Own(Game);
        app.Store.Orders.Library[0] = app.Store.Orders.Library[0] with { AcquiredAt = DateTimeOffset.UtcNow.AddDays(-15) };
        using var shopper = await Shopper.SignedInAsync(app);

        var library = await shopper.OpenAsync("/library");

        Assert.Contains("Download Tekken 3", library.All("button"));
        Assert.DoesNotContain("give it back", library.Words);
    }

    [Fact]
    public async Task A_membership_is_not_downloaded_and_what_has_left_the_library_is_told()
    {
        app.Store.Orders.Own(Game);
        using var shopper = await Shopper.SignedInAsync(app);
        var before = await shopper.OpenAsync("/library");
        app.Store.Orders.Library.Clear();
        app.Store.Orders.Library.Add(new(Guid.NewGuid(), "PLUS", "Plus", "subscription", null, null, Guid.NewGuid(), DateTimeOffset.UtcNow));

        var library = await shopper.SubmitAsync(before, $"/library/{Game}/download");

        Assert.Contains("That is not in your library any more.", library.Words);
        Assert.Contains("Plus", library.All("h2"));
        Assert.DoesNotContain("/download\"", library.Html);
    }

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
