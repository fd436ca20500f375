using Microsoft.AspNetCore.Http.HttpResults;

namespace PlayStationStore.Web;

/// <summary>What the forms of the library do.</summary>
internal static class LibraryApi
{
    public static void MapLibrary(this IEndpointRouteBuilder app) =>
        app.MapGroup("/library/{sku}").RequireAuthorization().MapForm("/download", Download);

    private static async Task<RedirectHttpResult> Download(OrdersClient orders, string sku, CancellationToken cancellation)
    {
        var download = await orders.DownloadAsync(sku, cancellation);
        return TypedResults.LocalRedirect(download.Value?.Url ?? "/library?told=" + (download.IsDown ? "later" : "gone"));
    }
}
