namespace PlayStationStore.Web;

internal static class SecurityHeaders
{
    // No inline script or style anywhere: what a shopper or a publisher typed can never run.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
        "manifest-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'";

    private static readonly object Media = new();

    /// <summary>Lets this one page play a film from another site.</summary>
    /// <param name="context">The request, whose answer has not begun.</param>
    /// <param name="film">Where it is.</param>
    public static void AllowMedia(HttpContext context, Uri film) => context.Items[Media] = film.GetLeftPart(UriPartial.Authority);

    /// <summary>Adds the headers that tell the browser what pages may do, to every answer.</summary>
    public static void UseSecurityHeaders(this WebApplication app) =>
        app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                headers.ContentSecurityPolicy = context.Items[Media] is string site ? $"{ContentSecurityPolicy}; media-src {site}" : ContentSecurityPolicy;
                headers.XContentTypeOptions = "nosniff";
                headers.XFrameOptions = "DENY";
                headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
                headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers["Cross-Origin-Resource-Policy"] = "same-origin";
                return Task.CompletedTask;
            });
            return next(context);
        });
}
