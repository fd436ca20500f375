using System.Collections.Frozen;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace PlayStationStore.AppHost.Tests;

/// <summary>The AppHost's application model as it would be started, with a port given to every endpoint, but nothing started.</summary>
internal sealed class StoreModel : IAsyncDisposable
{
    // The AppHost goes on for a moment when its builder is disposed of, so its folder is removed when the tests have ended.
    private static readonly DirectoryInfo s_folder = MakeFolder();

    private readonly IDistributedApplicationTestingBuilder _builder;
    private readonly ServiceProvider _services;

    private StoreModel(string data, IDistributedApplicationTestingBuilder builder)
    {
        Data = data;
        _builder = builder;
        _services = builder.Services.BuildServiceProvider();
    }

    /// <summary>All resources.</summary>
    public IResourceCollection Resources => _builder.Resources;

    /// <summary>The folder that the store would keep its data in.</summary>
    public string Data { get; }

    /// <summary>Builds the model.</summary>
    /// <param name="settings">Settings such as <c>Infrastructure=containers</c>.</param>
    public static async Task<StoreModel> BuildAsync(params string[] settings)
    {
        var data = Path.Combine(s_folder.FullName, Guid.NewGuid().ToString("N"));
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<StoreData>(
            [.. settings.Prepend($"Store:Data={data}").Select(setting => $"--{setting}")], TestContext.Current.CancellationToken);
        // The application itself is not built: the AppHost would then go on and run it.
        var store = new StoreModel(data, builder);

        var port = 20_000;
        foreach (var endpoint in store.Resources.SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>()))
        {
            var number = endpoint.Port ?? port++;
            endpoint.AllocatedEndpoint = new AllocatedEndpoint(
                endpoint, endpoint.TargetHost, number, targetPortExpression: (endpoint.TargetPort ?? number).ToString(CultureInfo.InvariantCulture));
        }

        return store;
    }

    /// <summary>A resource by its name.</summary>
    public T Resource<T>(string name) where T : IResource => Resources.OfType<T>().Single(resource => resource.Name == name);

    /// <summary>What <c>ConnectionStrings__{name}</c> of whoever refers to a resource will be.</summary>
    public async Task<string> ConnectionStringAsync(string name) =>
        (await Resource<IResourceWithConnectionString>(name).GetConnectionStringAsync(TestContext.Current.CancellationToken))!;

    /// <summary>The value of a parameter.</summary>
    public async Task<string> ParameterAsync(string name) =>
        (await Resource<ParameterResource>(name).GetValueAsync(TestContext.Current.CancellationToken))!;

    /// <summary>The environment and the arguments that a process or container would be started with.</summary>
    public async Task<IExecutionConfigurationResult> ConfigurationAsync(IResource resource)
    {
        var configuration = await ExecutionConfigurationBuilder.Create(resource).WithArgumentsConfig().WithEnvironmentVariablesConfig()
            .BuildAsync(new(new DistributedApplicationExecutionContextOptions(DistributedApplicationOperation.Run) { Services = _services }), null, TestContext.Current.CancellationToken);
        return configuration.Exception is { } exception ? throw exception : configuration;
    }

    /// <summary>The environment that a process or container would be started with.</summary>
    public async Task<FrozenDictionary<string, string>> EnvironmentAsync(string name) =>
        (await ConfigurationAsync(Resource<IResource>(name))).EnvironmentVariables.ToFrozenDictionary(StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _builder.DisposeAsync();
    }

    private static DirectoryInfo MakeFolder()
    {
        var folder = Directory.CreateTempSubdirectory("store-models-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        return folder;
    }
}
