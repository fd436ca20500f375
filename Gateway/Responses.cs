using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace PlayStationStore.Gateway;

/// <summary>What the gateway adds to answers, whoever gave them.</summary>
public static class Responses
{
    private const string NothingRuns = "default-src 'none'; frame-ancestors 'none'";

    // The API reference is a page of its own library, with styles and one script written into it.
    private const string Reference =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'";

    /// <summary>Headers that keep a browser from guessing, framing and telling; a stricter policy of the part that answered stays.</summary>
    /// <param name="app">The gateway.</param>
    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.Remove(HeaderNames.Server);
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            if (!headers.ContainsKey(HeaderNames.ContentSecurityPolicy))
            {
                headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/docs") ? Reference : NothingRuns;
            }

            return Task.CompletedTask;
        });
        return next(context);
    });

    /// <summary>Tells a person in a browser that a part does not answer, in place of a problem document for programs.</summary>
    /// <param name="app">The gateway.</param>
    public static void UseUnavailablePage(this WebApplication app)
    {
        using var file = new StreamReader(typeof(Responses).Assembly.GetManifestResourceStream("unavailable.html")!);
        var page = file.ReadToEnd();
        var style = page[(page.IndexOf("<style>", StringComparison.Ordinal) + "<style>".Length)..page.IndexOf("</style>", StringComparison.Ordinal)];
        var policy = $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'; frame-ancestors 'none'";
        app.Use(async (context, next) =>
        {
            await next(context);
            var response = context.Response;
            if (response.StatusCode is not (>= 502 and <= 504) || response.HasStarted || !context.Request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/html"))
            {
                return;
            }

            response.Clear();
            response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            response.ContentType = "text/html; charset=utf-8";
            response.Headers.RetryAfter = "5";
            response.Headers.ContentSecurityPolicy = policy;
            await response.WriteAsync(page);
        });
    }
}
