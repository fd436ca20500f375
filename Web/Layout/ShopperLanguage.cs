using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Web;

/// <summary>The language in which a shopper reads names and descriptions, kept by their browser.</summary>
internal static class ShopperLanguage
{
    private const string CookieName = "store.language";

    /// <summary>Maps the form by which a shopper chooses a language.</summary>
    public static void MapLanguage(this WebApplication app) => app.MapPost("/language", Choose);

    /// <summary>The shopper's choice, or what is usual in their region where they have made none that makes sense.</summary>
    /// <param name="context">The request; null outside of one.</param>
    public static Language Of(HttpContext? context) =>
        Language.Find(context?.Request.Cookies[CookieName]) ?? Language.Find(ShopperRegion.Of(context).Language) ?? Language.Default;

    private static RedirectHttpResult Choose(HttpContext context, [FromForm] string? language, [FromForm] string? returnUrl)
    {
        if (Language.Find(language) is { } known)
        {
            KeptChoice.Keep(context, CookieName, known.Code);
        }

        return TypedResults.LocalRedirect(ReturnUrl.OrHome(returnUrl));
    }
}
