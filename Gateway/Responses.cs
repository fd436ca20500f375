using System.Globalization;
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

    /// <summary>Answers <c>HEAD</c> wherever <c>GET</c> is answered: as <c>GET</c> is, without the body, which the server leaves out.</summary>
    /// <param name="app">The gateway, before its routing.</param>
    public static void UseHead(this WebApplication app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Request.Method = HttpMethods.Get;
        }

        return next(context);
    });

    /// <summary>Tells a person in a browser, in place of a problem document for programs, that a part does not answer, or that too much is asked for or sent.</summary>
    /// <param name="app">The gateway.</param>
    public static void UsePages(this WebApplication app)
    {
        using var file = new StreamReader(typeof(Responses).Assembly.GetManifestResourceStream("page.html")!);
        var page = file.ReadToEnd();
        var style = page[(page.IndexOf("<style>", StringComparison.Ordinal) + "<style>".Length)..page.IndexOf("</style>", StringComparison.Ordinal)];
        var policy = $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'; frame-ancestors 'none'";
        app.Use(async (context, next) =>
        {
            await next(context);
            var response = context.Response;
            if (response.HasStarted || !context.Request.IsFromBrowser())
            {
                return;
            }

            if (response.StatusCode is >= 502 and <= 504)
            {
                response.Clear();
                response.Headers["Refresh"] = "10";
                await TellAsync(
                    response, StatusCodes.Status503ServiceUnavailable, "5", "This part of the store is away for a moment",
                    "Nothing you have bought or ordered is lost. The page tries again by itself in ten seconds.", "", "Try again now");
            }
            else if (response.StatusCode == StatusCodes.Status413PayloadTooLarge)
            {
                await TellAsync(
                    response, StatusCodes.Status413PayloadTooLarge, null, "This is too large",
                    "Nothing was changed. Go back and send a smaller file, or fewer words.", "/", "To the store");
            }
            else if (response.StatusCode == StatusCodes.Status429TooManyRequests)
            {
                // Not tried again by itself: the page of a form that was refused cannot send what was in it.
                var seconds = int.TryParse(response.Headers.RetryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : 10;
                await TellAsync(
                    response, StatusCodes.Status429TooManyRequests, seconds.ToString(CultureInfo.InvariantCulture), "Too many requests from this address",
                    $"Nothing was changed by this one. Wait {(seconds == 1 ? "a second" : $"{seconds} seconds")}, then go back and try again.", "/", "To the store");
            }
        });

        Task TellAsync(HttpResponse response, int status, string? retryAfter, string title, string sentence, string address, string link)
        {
            response.StatusCode = status;
            response.ContentType = "text/html; charset=utf-8";
            response.Headers.RetryAfter = retryAfter;
            response.Headers.ContentSecurityPolicy = policy;
            return response.WriteAsync(page.Replace("{title}", title, StringComparison.Ordinal).Replace("{sentence}", sentence, StringComparison.Ordinal)
                .Replace("{address}", address, StringComparison.Ordinal).Replace("{link}", link, StringComparison.Ordinal));
        }
    }

    /// <summary>Whether a person reads the answer.</summary>
    /// <param name="request">The request, with what it accepts.</param>
    public static bool IsFromBrowser(this HttpRequest request) => request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/html");
}
