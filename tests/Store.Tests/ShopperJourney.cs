using Microsoft.Playwright;

namespace PlayStationStore.Store.Tests;

/// <summary>Journeys of one shopper, who is new to the store, in the browser and through the API, and of staff beside them.</summary>
[Collection(nameof(RunningStore))]
public abstract class ShopperJourney(RunningStore store) : IAsyncLifetime
{
    private readonly string email = $"journeyer-{Guid.NewGuid():N}@example.com";
    private Browser browser = null!;

    protected RunningStore Store => store;

    /// <summary>The shopper's client.</summary>
    protected HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        browser = await Browser.Launch();
        Client = await store.NewShopper(email);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await browser.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The shopper's browser: the same person as the client's.</summary>
    protected async Task<IPage> Visit(bool script = true, int width = 1440)
    {
        var page = await browser.Visit(store.Address, script, width);
        await page.SignIn(email, "Good-pass-1");
        await page.WaitForURLAsync(store.Address.ToString());
        return page;
    }

    /// <summary>A browser that nobody is signed in with.</summary>
    protected Task<IPage> Visitor() => browser.Visit(store.Address);

    /// <summary>The browser of one of the seeded people.</summary>
    /// <param name="person"><c>admin</c> or <c>staff</c>.</param>
    protected async Task<IPage> Staff(string person)
    {
        var office = await browser.Visit(store.Address);
        await office.SignIn($"{person}@example.com", $"{char.ToUpperInvariant(person[0])}{person[1..]}-pass-1");
        await office.WaitForURLAsync(store.Address.ToString());
        return office;
    }
}
