namespace PlayStationStore.Web;

/// <summary>The products that a browser has looked at lately: their slugs, in a cookie that nobody but the store reads. It goes with the sign-out.</summary>
public static class RecentlySeen
{
    public const string CookieName = "store.seen";

    private const int Most = 12;
    private const int LongestSlug = 120;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>What was looked at, the latest first. What makes no sense in it is left out: a cookie is what a browser sends.</summary>
    public static IReadOnlyList<string> Read(HttpContext context) =>
        [.. (context.Request.Cookies[CookieName] ?? "").Split('.').Where(IsSlug).Distinct(StringComparer.Ordinal).Take(Most)];

    /// <summary>Remembers a product that is shown; to be called before the answer begins.</summary>
    public static void Add(HttpContext context, string slug) => context.Response.Cookies.Append(
        CookieName, string.Join('.', Read(context).Where(other => other != slug).Prepend(slug).Take(Most)), Options(context, Kept));

    /// <summary>Forgets all of it: the next at this browser may be somebody else.</summary>
    public static void Forget(HttpContext context) => context.Response.Cookies.Delete(CookieName, Options(context, null));

    private static CookieOptions Options(HttpContext context, TimeSpan? age) =>
        new() { HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, MaxAge = age };

    private static bool IsSlug(string text) => text.Length is > 0 and <= LongestSlug && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
