using Microsoft.Playwright;

namespace PlayStationStore.Store.Tests;

/// <summary>Chromium of the system's packages; a visit is a browser that knows nobody.</summary>
public sealed class Browser : IAsyncDisposable
{
    private const string Executable = "/usr/bin/chromium";

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    /// <summary>How long a page may take with whatever is waited for, in milliseconds: more than any payment that is answered late needs, on a slow machine too.</summary>
    private const float Patience = 30_000;

    private readonly IPlaywright playwright;
    private readonly IBrowser chromium;

    private Browser(IPlaywright playwright, IBrowser chromium) => (this.playwright, this.chromium) = (playwright, chromium);

    public static async Task<Browser> Launch()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = Arguments }));
    }

    /// <summary>A page of a visitor that the store has never seen.</summary>
    /// <param name="store">The gateway's address.</param>
    /// <param name="script">False for a browser without JavaScript.</param>
    /// <param name="width">The window's width in CSS pixels.</param>
    /// <param name="scheme">Dark or light.</param>
    public async Task<IPage> Visit(Uri store, bool script = true, int width = 1440, ColorScheme scheme = ColorScheme.Dark)
    {
        var visitor = await chromium.NewContextAsync(new()
        {
            BaseURL = store.ToString(),
            JavaScriptEnabled = script,
            ColorScheme = scheme,
            ViewportSize = new() { Width = width, Height = 900 },
        });
        visitor.SetDefaultTimeout(Patience);
        return await visitor.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        playwright.Dispose();
    }
}
