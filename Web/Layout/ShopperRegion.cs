using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>The region whose prices a shopper sees, kept by their browser.</summary>
internal static class ShopperRegion
{
    private const string CookieName = "store.region";

    /// <summary>Maps the form by which a shopper chooses a region.</summary>
    public static void MapRegion(this WebApplication app) => app.MapPost("/region", Choose);

    /// <summary>The shopper's choice, or the default where they have made none that makes sense.</summary>
    /// <param name="context">The request; null outside of one.</param>
    public static Region Of(HttpContext? context) => Region.Find(context?.Request.Cookies[CookieName]) ?? Region.Default;

    /// <summary>Shows a shopper the prices of their country, where the store has them and the shopper has not chosen others.</summary>
    /// <param name="context">The request, whose answer has not begun.</param>
    /// <param name="country">ISO 3166-1 alpha-2, or nothing.</param>
    public static void Follow(HttpContext context, string? country)
    {
        if (Region.Find(context.Request.Cookies[CookieName]) is null && Region.Find(country?.ToLowerInvariant()) is { } region)
        {
            Keep(context, region);
        }
    }

    private static RedirectHttpResult Choose(HttpContext context, [FromForm] string? region, [FromForm] string? returnUrl)
    {
        if (Region.Find(region) is { } known)
        {
            Keep(context, known);
        }

        return TypedResults.LocalRedirect(ReturnUrl.OrHome(returnUrl));
    }

    private static void Keep(HttpContext context, Region region)
    {
        KeptChoice.Keep(context, CookieName, region.Code);
        PricesSeen.Forget(context);
    }
}
