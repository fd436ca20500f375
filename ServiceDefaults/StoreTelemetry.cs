using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace PlayStationStore.ServiceDefaults;

internal static class StoreTelemetry
{
    // The store's own lines and warnings: what is asked of whom stands in the traces, and what is unhealthy in the health document. A line a
    // request costs more than the request.
    private static readonly Dictionary<string, string?> LogLevels = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:MassTransit"] = "Warning",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        // The keys lie in a folder that only the service's user can read.
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager"] = "Error",
        ["Logging:LogLevel:Microsoft.AspNetCore.RateLimiting"] = "Error",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "Critical",
        ["Logging:LogLevel:OpenIddict"] = "Warning",
        ["Logging:LogLevel:Polly"] = "Warning",
        ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
        ["Logging:LogLevel:Yarp"] = "Warning",
    };

    // What a browser loads to show a page: dozens a page, which would bury the traces of what people do.
    private static readonly HashSet<string> PartsOfAPage = new(StringComparer.Ordinal) { "image", "style", "script", "font", "manifest" };

    public static void AddStoreTelemetry(this WebApplicationBuilder builder)
    {
        // First, so that a file or a variable can say otherwise.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = LogLevels });
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        // A caller's choice holds for the whole trace.
        var traces = new ParentBasedSampler(new BoundedSampler(
            builder.Configuration.GetValue("Telemetry:TracesPerSecond", 2), builder.Configuration.GetValue("Telemetry:TracesAtOnce", 20), TimeProvider.System));

        var telemetry = builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddProcessInstrumentation()
                // Counting them reads a file for each; the runtime's own counters tell of its pool.
                .AddView("process.thread.count", MetricStreamConfiguration.Drop)
                .AddMeter("Microsoft.EntityFrameworkCore", "MassTransit", "OpenIddict.*", "Yarp.*", "PlayStationStore.*"))
            .WithTracing(tracing => tracing
                .SetSampler(traces)
                .AddSource("MassTransit", "Yarp.ReverseProxy", "PlayStationStore.*")
                .AddAspNetCoreInstrumentation(http =>
                {
                    http.Filter = IsWorthATrace;
                    // Each form and route of the web app would begin a trace of its own and cut the order from the request that placed it; and
                    // a redirect, which it tells by an exception, would look like an error.
                    http.EnableRazorComponentsSupport = false;
                })
                .AddHttpClientInstrumentation(http => http.FilterHttpRequestMessage = request => request.RequestUri?.AbsolutePath.StartsWith("/health", StringComparison.Ordinal) != true)
                .AddEntityFrameworkCoreInstrumentation()
                .AddRedisInstrumentation());

        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            telemetry.UseOtlpExporter();
        }
    }

    private static bool IsWorthATrace(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/health") && !context.Request.Path.StartsWithSegments("/internal/catalogue") && !PartsOfAPage.Contains(context.Request.Headers["Sec-Fetch-Dest"].ToString());
}
