using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace PlayStationStore.Web;

/// <summary>What the forms of the library do.</summary>
internal static class LibraryApi
{
    // An order of nothing to pay is decided in a moment; who would wait longer is led to its page.
    private const int Looks = 10;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    public static void MapLibrary(this IEndpointRouteBuilder app)
    {
        app.MapGroup("/library/{sku}").RequireAuthorization().MapForm("/download", Download);
        app.MapForm("/demos", GetDemo).RequireAuthorization();
        app.MapForm("/trials/{productId:guid}", StartTrial).RequireAuthorization();
    }

    private static async Task<RedirectHttpResult> StartTrial(OrdersClient orders, Guid productId, CancellationToken cancellation)
    {
        var started = await orders.StartTrialAsync(productId, cancellation);
        return TypedResults.LocalRedirect("/library?told=" + (started.IsOk ? "trial" : started.IsDown ? "notStarted" : started.Problem?.Code switch
        {
            "trialUsed" => "tried",
            "alreadyOwned" => "owned",
            _ => "noTrial",
        }));
    }

    // A demo is an order like any other, of nothing to pay; what is not free is refused by its price.
    private static async Task<RedirectHttpResult> GetDemo(
        HttpContext context, OrdersClient orders, [FromForm] string? sku, [FromForm] string? key, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(sku) || !Guid.TryParse(key, out var id))
        {
            return TypedResults.LocalRedirect("/library?told=gone");
        }

        var region = ShopperRegion.Of(context);
        var placed = await orders.PlaceAsync(new([new(sku, 1, 0)], region.Currency, new("wallet", null), null, null, null, null, Region: region.Code), id.ToString(), cancellation);
        if (placed.Value is not { } order)
        {
            return TypedResults.LocalRedirect("/library?told=" + (placed.IsDown ? "later" : "had"));
        }

        for (var look = 0; look < Looks && !order.Final; look++)
        {
            await Task.Delay(Pace, cancellation);
            order = (await orders.GetAsync(order.Id, cancellation)).Value ?? order;
        }

        return TypedResults.LocalRedirect(order.Status == OrderStatus.Completed ? "/library?told=demo" : $"/orders/{order.Id}");
    }

    private static async Task<RedirectHttpResult> Download(OrdersClient orders, string sku, CancellationToken cancellation)
    {
        var download = await orders.DownloadAsync(sku, cancellation);
        return TypedResults.LocalRedirect(download.Value?.Url ?? "/library?told=" + (download.IsDown ? "later" : download.Problem?.Code switch
        {
            "notMember" => "lapsed",
            "trialOver" => "trialOver",
            _ => "gone",
        }));
    }
}
