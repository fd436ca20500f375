using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace PlayStationStore.Web;

internal static class Theme
{
    private const string CookieName = "store.theme";

    /// <summary>Maps the form by which a shopper chooses dark or light, or goes back to what the device says.</summary>
    public static void MapTheme(this WebApplication app) => app.MapPost("/theme", Choose);

    /// <summary>The shopper's choice.</summary>
    /// <returns><c>dark</c>, <c>light</c>, or null where the device decides.</returns>
    public static string? Chosen(HttpContext context) =>
        context.Request.Cookies[CookieName] is "dark" or "light" ? context.Request.Cookies[CookieName] : null;

    private static RedirectHttpResult Choose(HttpContext context, [FromForm] string? theme, [FromForm] string? returnUrl)
    {
        if (theme is "dark" or "light")
        {
            KeptChoice.Keep(context, CookieName, theme);
        }
        else
        {
            context.Response.Cookies.Delete(CookieName);
        }

        return TypedResults.LocalRedirect(ReturnUrl.OrHome(returnUrl));
    }
}
