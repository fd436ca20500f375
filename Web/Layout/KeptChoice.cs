namespace PlayStationStore.Web;

/// <summary>What a shopper has chosen for every page, such as a region or a theme, kept by their browser for a year.</summary>
internal static class KeptChoice
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    /// <summary>Lets the browser keep a choice.</summary>
    /// <param name="context">The request, whose answer has not begun.</param>
    /// <param name="cookie">The name that the choice is kept under.</param>
    /// <param name="choice">What was chosen.</param>
    public static void Keep(HttpContext context, string cookie, string choice) => context.Response.Cookies.Append(cookie, choice, new CookieOptions
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = Kept,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
    });
}
