using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Users;

/// <summary>The step of a sign-in that the web app's page does from server to server; the gateway has no route to it.</summary>
public static class SignInApi
{
    public static void MapSignInApi(this WebApplication app) => app.MapPost("/internal/sign-in", SignIn).ExcludeFromDescription();

    private static async Task<Results<NoContent, ProblemHttpResult>> SignIn(
        PasswordSignIn request, HttpContext http, SignIns signIns, CancellationToken cancel)
    {
        var (outcome, account) = await signIns.CheckAsync(request.Email, request.Password, cancel);
        switch (outcome)
        {
            case SignInOutcome.LockedOut:
                return LockedOut();
            case SignInOutcome.WrongPassword:
                return StoreProblems.Problem(StatusCodes.Status401Unauthorized, "wrongPassword", "The e-mail address or the password is wrong.");
        }

        await http.SignInAsync(
            IdentityConstants.ApplicationScheme, new ClaimsPrincipal(Sessions.Identify(account!, IdentityConstants.ApplicationScheme)));
        return TypedResults.NoContent();
    }

    /// <summary>The answer while an account takes no passwords.</summary>
    internal static ProblemHttpResult LockedOut() => StoreProblems.Problem(
        StatusCodes.Status423Locked, "lockedOut", "There were too many wrong passwords. Try again in a few minutes.");
}

/// <param name="Email">As the account was registered.</param>
public sealed record PasswordSignIn(
    [Required, StringLength(Account.MaxEmail)] string Email, [Required, StringLength(Passwords.MaxLength)] string Password);
