using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace PlayStationStore.ServiceDefaults;

internal static class StoreTelemetry
{
    public static void AddStoreTelemetry(this WebApplicationBuilder builder)
    {
        // What the database and other services are asked stands in the traces, and what is unhealthy in the health document.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Critical);
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        // A busy store keeps a share of its traces; a caller's choice holds for the whole trace.
        var ratio = builder.Configuration.GetValue("Telemetry:TraceRatio", 1.0);

        var telemetry = builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddProcessInstrumentation()
                .AddMeter("Microsoft.EntityFrameworkCore", "MassTransit", "OpenIddict.*", "Yarp.*", "PlayStationStore.*"))
            .WithTracing(tracing => tracing
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(ratio)))
                .AddSource("MassTransit", "Yarp.ReverseProxy", "PlayStationStore.*")
                .AddAspNetCoreInstrumentation(http => http.Filter = context => !context.Request.Path.StartsWithSegments("/health"))
                .AddHttpClientInstrumentation(http => http.FilterHttpRequestMessage = request => request.RequestUri?.AbsolutePath.StartsWith("/health", StringComparison.Ordinal) != true)
                // What workers ask the database over and over belongs to no request, and would bury the traces that do.
                .AddEntityFrameworkCoreInstrumentation(database => database.Filter = (_, _) =>
                    Activity.Current is not { Source.Name: "OpenTelemetry.Instrumentation.EntityFrameworkCore" } query || query.ParentSpanId != default)
                .AddRedisInstrumentation());

        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            telemetry.UseOtlpExporter();
        }
    }
}
