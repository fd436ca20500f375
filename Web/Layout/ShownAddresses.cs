using Microsoft.AspNetCore.Diagnostics;

namespace PlayStationStore.Web;

internal static class ShownAddresses
{
    /// <summary>The path and query that the shopper's browser shows, also on a page that stands in for one that failed.</summary>
    public static string ShownAddress(this HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is { } failed
            ? failed.OriginalPath + failed.OriginalQueryString
            : (context.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? context.Request.Path) + context.Request.QueryString;
}
