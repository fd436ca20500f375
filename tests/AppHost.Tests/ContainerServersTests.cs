using Aspire.Hosting.Testing;

namespace PlayStationStore.AppHost.Tests;

/// <summary>The store on SQL Server, RabbitMQ and Redis in containers, wherever these can be started.</summary>
public sealed class ContainerServersTests : IDisposable
{
    // Images may have to be loaded first.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(15);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("store containers ");

    [Fact]
    public async Task The_store_starts_on_containers_where_an_engine_answers()
    {
        Assert.SkipUnless(StoreInfrastructureExtensions.ContainerEngineAnswers(), "No container engine answers here.");
        var cancel = TestContext.Current.CancellationToken;
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<StoreData>(
            ["--Infrastructure=containers", "--Store:Port=0", $"--Store:Data={_folder.FullName}"], cancel);
        await using var application = await builder.BuildAsync(cancel);

        await application.StartAsync(cancel);

        await application.ResourceNotifications.WaitForResourceHealthyAsync("gateway", cancel).WaitAsync(s_patience, cancel);
        using var client = application.CreateHttpClient("gateway");
        using var health = await client.GetAsync(new Uri("/health", UriKind.Relative), cancel);
        Assert.True(health.IsSuccessStatusCode);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
