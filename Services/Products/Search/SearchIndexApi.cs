using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>The search index, for the service and its operators.</summary>
internal static class SearchIndexApi
{
    public static void AddCatalogueSearch(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CatalogueMetrics>();
        builder.Services.AddSingleton<IndexFollower>();
        builder.Services.AddHostedService(services => services.GetRequiredService<IndexFollower>());
        builder.Services.AddSingleton<CatalogueSearch>();
        builder.Services.AddSingleton<AskedBefore>();
        builder.Services.AddSingleton<KeptAnswers>();
        builder.Services.AddSingleton<MissedSearches>();
        builder.Services.AddHostedService(services => services.GetRequiredService<MissedSearches>());
        builder.Services.AddExceptionHandler<NotReadyHandler>();
        builder.Services.AddHealthChecks().AddCheck<IndexHealthCheck>("search");
    }

    public static void MapSearchIndexApi(this IEndpointRouteBuilder app)
    {
        app.MapPost("/operator/search-index/rebuild", Rebuild).RequireOperatorKey();
        app.MapGet("/internal/catalogue/version", Version).ExcludeFromDescription();
    }

    /// <summary>The version that this replica's answers have now, for the caches in front of it, which ask several times a second.</summary>
    private static Results<ContentHttpResult, StatusCodeHttpResult> Version(IndexFollower follower) =>
        follower is { IsReady: true, IsCurrent: true } ? TypedResults.Text(follower.VersionOf(follower.Generation)) : TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Ok<RebuiltIndex>> Rebuild(IndexFollower follower, CancellationToken cancel) =>
        TypedResults.Ok(new RebuiltIndex(await follower.RebuildAsync().WaitAsync(cancel)));

    private sealed class IndexHealthCheck(IndexFollower follower) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(follower.IsReady ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The search index is being built."));
    }

    private sealed class NotReadyHandler(IProblemDetailsService problems) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
        {
            if (exception is not IndexNotReadyException)
            {
                return false;
            }

            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "2";
            await problems.WriteAsync(new ProblemDetailsContext
            {
                HttpContext = context,
                ProblemDetails = { Status = StatusCodes.Status503ServiceUnavailable, Detail = "The catalogue is being prepared. Try again in a moment." },
            });
            return true;
        }
    }
}

/// <summary>What a rebuild made.</summary>
/// <param name="Products">How many products the index has.</param>
public sealed record RebuiltIndex(int Products);
