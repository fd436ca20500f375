using Microsoft.AspNetCore.Diagnostics;

namespace PlayStationStore.Web;

internal static class ShownAddresses
{
    /// <summary>The path and query that the shopper's browser shows, also on a page that stands in for one that failed.</summary>
    public static string ShownAddress(this HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is { } failed
            ? failed.OriginalPath + failed.OriginalQueryString
            : (context.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? context.Request.Path) + context.Request.QueryString;

    /// <summary>Where a form in the frame of a page leads back to: the address of another form's answer is no page.</summary>
    public static string PageToComeBackTo(this HttpContext context) => HttpMethods.IsGet(context.Request.Method) ? context.ShownAddress() : "/";
}
