using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;

namespace PlayStationStore.Web.Tests;

/// <summary>Web as it runs, with stubs for the services behind it and a data folder of its own.</summary>
public sealed class WebApp : WebApplicationFactory<Program>, IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("store-web-").FullName;

    /// <summary>The services behind Web.</summary>
    public StubStore Store { get; private set; } = null!;

    /// <summary>A browser without a script: keeps cookies and follows no redirect.</summary>
    public HttpClient Browser() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    /// <summary>Reads a page, which must be there.</summary>
    /// <param name="address">Its path and query.</param>
    public async Task<Page> ReadAsync(string address)
    {
        using var response = await Browser().GetAsync(new Uri(address, UriKind.Relative));
        return new Page(response.StatusCode, response.Headers.Location?.OriginalString, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Reads a page again and again until it says what is awaited, which the background decides.</summary>
    /// <param name="address">Its path and query.</param>
    /// <param name="holds">What is awaited.</param>
    public async Task UntilAsync(string address, Func<Page, bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!holds(await ReadAsync(address)))
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    public async ValueTask InitializeAsync() => Store = await StubStore.StartAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Store.DisposeAsync();
        await PlayStationStore.Testing.Wait.UntilRemoved(folder);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Testing");
        builder.UseStaticWebAssets();
        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.UseSetting("Store:PublicUrl", "http://localhost");
        builder.UseSetting("Store:DataFolder", folder);
        builder.UseSetting("Store:WebClientSecret", StubUsers.WebClientSecret);
        foreach (var (key, value) in Store.Settings)
        {
            builder.UseSetting(key, value);
        }
    }
}
