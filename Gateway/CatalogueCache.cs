using Microsoft.AspNetCore.OutputCaching;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Gateway;

/// <summary>
/// Keeps answers of the public catalogue at the gateway. An answer that Products has marked with the version of its catalogue is given again as
/// long as Products says that this is its version still; nothing else is kept, and so nothing personal. Who asks does not matter, since
/// everybody gets the same.
/// </summary>
/// <param name="versions">What Products says.</param>
/// <param name="asked">What was asked for lately: only that is kept.</param>
internal sealed class CatalogueCache(CatalogueVersions versions, AskedBefore asked) : IOutputCachePolicy
{
    /// <summary>What routes call it by.</summary>
    public const string Policy = "catalogue";

    // What is not asked for makes room; what is, ends with its version.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var version = HttpMethods.IsGet(context.HttpContext.Request.Method) ? versions.Current : null;
        context.EnableOutputCaching = context.AllowCacheLookup = context.AllowCacheStorage = context.AllowLocking = version is not null;
        context.ResponseExpirationTimeSpan = Longest;
        context.CacheVaryByRules.QueryKeys = "*";
        context.CacheVaryByRules.VaryByValues["version"] = version ?? "";
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var (request, response) = (context.HttpContext.Request, context.HttpContext.Response);
        // A replica that has not seen the last change yet, or has seen one more, answers for itself and for nobody else.
        context.AllowCacheStorage = response.StatusCode == StatusCodes.Status200OK && response.Headers.SetCookie.Count == 0
            && versions.Holds(response.Headers[CatalogueVersions.Header].ToString()) && asked.Remember(request.Path + request.QueryString.Value);
        return ValueTask.CompletedTask;
    }
}

/// <summary>How the gateway gets it.</summary>
internal static class CatalogueCaching
{
    private const long MostBytes = 64 * 1024 * 1024;
    private const long LargestAnswer = 1024 * 1024;

    /// <summary>Adds the cache of the catalogue's answers.</summary>
    /// <param name="builder">The gateway that is being built.</param>
    public static void AddCatalogueCache(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpClient(nameof(CatalogueVersions), http => http.Timeout = TimeSpan.FromSeconds(1)).RemoveAllLoggers();
        builder.Services.AddSingleton<AskedBefore>();
        builder.Services.AddSingleton<CatalogueVersions>();
        builder.Services.AddHostedService(services => services.GetRequiredService<CatalogueVersions>());
        builder.Services.AddOutputCache(cache =>
        {
            cache.SizeLimit = MostBytes;
            cache.MaximumBodySize = LargestAnswer;
            // A product's name in an address is told by its case too.
            cache.UseCaseSensitivePaths = true;
            // By its type: made now, it would ask for the proxy, which asks for the policies of its routes.
            cache.AddPolicy(CatalogueCache.Policy, policy => policy.AddPolicy<CatalogueCache>(), excludeDefaultPolicy: true);
        });
    }
}
