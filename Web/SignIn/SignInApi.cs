using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace PlayStationStore.Web;

/// <summary>The steps of signing in and out that are no pages.</summary>
internal static class SignInApi
{
    internal const string Away = "Signing in does not work at the moment. You can look around and fill your cart; please try again a little later.";

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet("/sign-in/continue", Continue);
        app.MapForm("/sign-out", SignOut);
    }

    /// <summary>Where a browser goes once Users knows the shopper.</summary>
    /// <param name="returnUrl">The page that the shopper came from, or the step of the code flow that sent them here.</param>
    public static string NextAddress(string? returnUrl)
    {
        var address = ReturnUrl.OrHome(returnUrl);
        return address.StartsWith("/connect/authorize?", StringComparison.Ordinal)
            ? address
            : "/sign-in/continue?returnUrl=" + Uri.EscapeDataString(address);
    }

    /// <summary>Why a shopper is not signed in.</summary>
    /// <param name="answer">What Users said.</param>
    public static string Sentence(Fetched<object> answer) => answer.Problem?.Status switch
    {
        StatusCodes.Status423Locked => "Too many wrong passwords: this account is locked for a few minutes. Please try again later.",
        StatusCodes.Status429TooManyRequests => "Too many attempts from here. Please wait a minute and try again.",
        _ when answer.IsDown && answer.Problem?.Status is not StatusCodes.Status401Unauthorized => Away,
        _ => "The email or the password does not match.",
    };

    // Users knows the shopper by now: the code flow brings the tokens without another question.
    private static ChallengeHttpResult Continue(string? returnUrl) =>
        TypedResults.Challenge(new() { RedirectUri = ReturnUrl.OrHome(returnUrl) }, [OpenIdConnectDefaults.AuthenticationScheme]);

    private static async Task<Results<SignOutHttpResult, RedirectHttpResult>> SignOut(
        HttpContext context, TokenEndpoint tokens, [FromForm] string? returnUrl)
    {
        RecentlySeen.Forget(context);
        var refreshToken = await context.GetTokenAsync(Session.RefreshToken);
        if (refreshToken is null || !await tokens.Revoke(refreshToken))
        {
            // Users is away, or the shopper had already signed out elsewhere: the session on this device ends all the same.
            await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
            return TypedResults.Redirect(ReturnUrl.OrHome(returnUrl));
        }

        return TypedResults.SignOut(
            new AuthenticationProperties { RedirectUri = ReturnUrl.OrHome(returnUrl) },
            [CookieAuthenticationDefaults.AuthenticationScheme, OpenIdConnectDefaults.AuthenticationScheme]);
    }
}
