using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.Net.Http.Headers;

namespace PlayStationStore.Web;

/// <summary>What the session cookie holds: who the shopper is, and the tokens that act for them.</summary>
public static class Session
{
    internal const string AccessToken = "access_token";
    internal const string RefreshToken = "refresh_token";
    internal const string ExpiresAt = "expires_at";

    /// <summary>How long a shopper stays signed in after the last renewal of the tokens.</summary>
    internal static readonly TimeSpan Length = TimeSpan.FromDays(14);

    private static readonly string[] Claims = ["sub", "name", "email", "role"];

    /// <summary>
    /// Who an access token speaks for. It came from Users over the back channel and is taken at its word here, as the services, which
    /// validate it, would take it; so a role that was given or taken shows at the next renewal.
    /// </summary>
    /// <param name="accessToken">A JSON web token of the Users service.</param>
    /// <returns>The shopper, with the claims that pages read.</returns>
    public static ClaimsPrincipal Principal(string accessToken) =>
        new(new ClaimsIdentity(
            new JsonWebToken(accessToken).Claims.Where(claim => Claims.Contains(claim.Type)).Select(claim => new Claim(claim.Type, claim.Value)),
            CookieAuthenticationDefaults.AuthenticationScheme,
            nameType: "name",
            roleType: "role"));

    internal static DateTimeOffset AccessTokenEnds(this AuthenticationProperties properties) =>
        DateTimeOffset.TryParse(
            properties.GetTokenValue(ExpiresAt), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : DateTimeOffset.MinValue;
}

/// <summary>Keeps the session's access token fresh, and answers who may not see a page.</summary>
internal sealed class SessionEvents(TokenRefresh refresh, TokenEndpoint endpoint, TimeProvider time) : CookieAuthenticationEvents
{
    // Long enough for a page that is under way to finish its calls with the token it began with.
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(2);

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var now = time.GetUtcNow();
        if (context.Properties.AccessTokenEnds() > now + Leeway || context.Properties.GetTokenValue(Session.RefreshToken) is not { } refreshToken)
        {
            return;
        }

        switch (await refresh.Renew(refreshToken, endpoint.Refresh))
        {
            case { Tokens: { } tokens }:
                context.Properties.UpdateTokenValue(Session.AccessToken, tokens.AccessToken);
                context.Properties.UpdateTokenValue(Session.RefreshToken, tokens.RefreshToken);
                context.Properties.UpdateTokenValue(Session.ExpiresAt, tokens.ExpiresAt.ToString("o", CultureInfo.InvariantCulture));
                context.Properties.IssuedUtc = now;
                context.Properties.ExpiresUtc = now + Session.Length;
                context.ReplacePrincipal(Session.Principal(tokens.AccessToken));
                context.ShouldRenew = true;
                break;

            case { Refused: true }:
                context.RejectPrincipal();
                await context.HttpContext.SignOutAsync(context.Scheme.Name);
                break;
        }
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        // A stream is asked for by a script, which cannot fill in a form.
        if (context.Request.Headers[HeaderNames.Accept].ToString().Contains("text/event-stream", StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }

        // A form that was sent after the session ended leads back to its page, not to its action.
        var returnUrl = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : context.Request.Path.Value;
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = "/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl ?? "/");
        return Task.CompletedTask;
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
