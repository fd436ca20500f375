using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PlayStationStore.ServiceDefaults;

/// <summary>What every part of the store has in common: telemetry, health, discovery, resilience and problem documents.</summary>
public static class StoreDefaults
{
    /// <summary>Adds the common services. Call it first in <c>Program.cs</c>.</summary>
    /// <param name="builder">The application that is being built.</param>
    public static void AddStoreDefaults(this WebApplicationBuilder builder)
    {
        // Every part listens on plain loopback or pod addresses behind the gateway, and says nothing of its server.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

        builder.AddStoreTelemetry();
        builder.AddStoreProblems();
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), tags: ["live"]);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http => http.AddServiceDiscovery());
        builder.Services.AddSingleton(TimeProvider.System);
    }

    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>, and the handlers that turn every error into a problem document.</summary>
    /// <param name="app">The application, before its own endpoints are mapped.</param>
    public static void UseStoreDefaults(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapStoreHealth();
    }

    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c> alone, for an application that shows its errors in another form.</summary>
    /// <param name="app">The application, before its own endpoints are mapped.</param>
    public static void MapStoreHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = check => check.Tags.Contains("live") });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteReport });
    }

    /// <summary>
    /// The address that shoppers know the store by, such as <c>http://localhost:8080</c>, without a slash at its end; the issuer of tokens.
    /// </summary>
    /// <param name="configuration">Where <c>Store:PublicUrl</c> is set.</param>
    /// <returns>The address.</returns>
    /// <exception cref="InvalidOperationException">The setting is missing.</exception>
    public static string PublicUrl(this IConfiguration configuration) => configuration.Required("Store:PublicUrl").TrimEnd('/');

    /// <summary>The folder for files that this service keeps beside its database: a search index, keys, pictures. It is made if it is missing.</summary>
    /// <param name="configuration">Where <c>Store:DataFolder</c> is set.</param>
    /// <returns>The absolute path of a folder that exists.</returns>
    /// <exception cref="InvalidOperationException">The setting is missing.</exception>
    public static string DataFolder(this IConfiguration configuration) =>
        Directory.CreateDirectory(configuration.Required("Store:DataFolder")).FullName;

    private static string Required(this IConfiguration configuration, string key) =>
        configuration[key] ?? throw new InvalidOperationException($"The setting {key} is missing; the AppHost gives it to every service.");

    private static Task WriteReport(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(new HealthDocument(
            report.Status.ToString(),
            report.Entries.ToDictionary(entry => entry.Key, entry => new HealthPart(entry.Value.Status.ToString(), entry.Value.Description))));
}

/// <summary>The body of <c>/health/ready</c>.</summary>
/// <param name="Status"><c>Healthy</c>, <c>Degraded</c> (works, with less) or <c>Unhealthy</c>.</param>
/// <param name="Parts">The state of each thing that the service needs.</param>
public sealed record HealthDocument(string Status, IReadOnlyDictionary<string, HealthPart> Parts);

/// <summary>The state of one thing that a service needs.</summary>
public sealed record HealthPart(string Status, string? Description);
