using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace PlayStationStore.AppHost;

/// <summary>The store's own projects as resources.</summary>
public static class StoreProjects
{
    /// <summary>
    /// Adds the gateway, at the port of <c>Store:Port</c>: 8080 unless told, any free one for 0. Its address is the store's public address.
    /// </summary>
    /// <typeparam name="TProject">The project.</typeparam>
    /// <param name="builder">The application that is being built.</param>
    /// <param name="name">The resource's name.</param>
    /// <returns>The gateway.</returns>
    public static IResourceBuilder<ProjectResource> AddStoreGateway<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
    {
        var gateway = builder.AddListener<TProject>(name, builder.Configuration.GetValue("Store:Port", 8080) is > 0 and var port ? port : null);
        return gateway.WithPublicUrl(gateway).WithHttpHealthCheck("/health");
    }

    /// <summary>Adds a service on a free loopback port, with as many replicas as <c>Replicas:{name}</c> says, one unless told.</summary>
    /// <typeparam name="TProject">The project.</typeparam>
    /// <param name="builder">The application that is being built.</param>
    /// <param name="name">The resource's name, by which others find it.</param>
    /// <param name="gateway">Where the public reaches the store.</param>
    /// <returns>The service.</returns>
    public static IResourceBuilder<ProjectResource> AddService<TProject>(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ProjectResource> gateway)
        where TProject : IProjectMetadata, new() =>
        builder.AddListener<TProject>(name, port: null).WithPublicUrl(gateway).WithHttpHealthCheck("/health/ready");

    /// <summary>Adds a run of a service's executable that migrates its database and sets up its queues, and ends.</summary>
    /// <typeparam name="TProject">The project.</typeparam>
    /// <param name="builder">The application that is being built.</param>
    /// <param name="service">The service's name.</param>
    /// <param name="gateway">Where the public reaches the store.</param>
    /// <returns>The run.</returns>
    public static IResourceBuilder<ProjectResource> AddMigrations<TProject>(
        this IDistributedApplicationBuilder builder, string service, IResourceBuilder<ProjectResource> gateway)
        where TProject : IProjectMetadata, new() =>
        builder.AddBuiltProject<TProject>($"{service}-migrations", service).WithArgs("migrate").WithPublicUrl(gateway);

    private static IResourceBuilder<ProjectResource> AddListener<TProject>(this IDistributedApplicationBuilder builder, string name, int? port)
        where TProject : IProjectMetadata, new()
    {
        var replicas = builder.Configuration.GetValue($"Replicas:{name}", 1);
        // One process listens by itself; several share an address, for which Aspire puts a proxy in front.
        return builder.AddBuiltProject<TProject>(name, name)
            .WithReplicas(replicas)
            .WithHttpEndpoint(port, name: "http", isProxied: replicas > 1);
    }

    // The executable that the solution's build has made, rather than `dotnet run`, which keeps a second process beside each service.
    private static IResourceBuilder<ProjectResource> AddBuiltProject<TProject>(
        this IDistributedApplicationBuilder builder, string name, string dataFolder)
        where TProject : IProjectMetadata, new()
    {
        var project = new TProject().ProjectPath;
        var folder = Path.GetDirectoryName(project)!;
        var assembly = Path.GetFileNameWithoutExtension(project) + ".dll";
        var configuration = typeof(StoreProjects).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        var framework = string.Create(CultureInfo.InvariantCulture, $"net{Environment.Version.Major}.{Environment.Version.Minor}");

        return builder.AddProject<TProject>(name, options =>
            {
                options.ExcludeLaunchProfile = true;
                options.ExcludeKestrelEndpoints = true;
            })
            .WithAnnotation(new ExecutableAnnotation { Command = "dotnet", WorkingDirectory = folder })
            .WithArgs(Path.Combine(folder, "bin", configuration, framework, assembly))
            .WithEnvironment("ASPNETCORE_ENVIRONMENT", builder.Environment.EnvironmentName)
            // Aspire would have every figure sent each second, and nobody looks that often.
            .WithEnvironment("OTEL_METRIC_EXPORT_INTERVAL", "5000")
            .WithEnvironment("Store__DataFolder", Path.Combine(StoreData.RootOf(builder), dataFolder));
    }

    private static IResourceBuilder<ProjectResource> WithPublicUrl(
        this IResourceBuilder<ProjectResource> project, IResourceBuilder<ProjectResource> gateway) =>
        project.WithEnvironment("Store__PublicUrl", project.ApplicationBuilder.Configuration["Store:PublicUrl"] is { Length: > 0 } url
            ? ReferenceExpression.Create($"{url}")
            : ReferenceExpression.Create($"{gateway.GetEndpoint("http")}"));
}
