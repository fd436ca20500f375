using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using PlayStationStore.ServiceDefaults;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace PlayStationStore.Users;

/// <summary>The decisions of the OpenID Connect endpoints; OpenIddict has validated the requests before, and writes the answers.</summary>
public static class ConnectApi
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public static void MapConnectApi(this WebApplication app)
    {
        var connect = app.MapGroup("/connect").ExcludeFromDescription();
        connect.MapMethods("/authorize", [HttpMethods.Get, HttpMethods.Post], Authorize);
        connect.MapPost("/token", Token);
        connect.MapMethods("/userinfo", [HttpMethods.Get, HttpMethods.Post], UserInfo);
        connect.MapMethods("/logout", [HttpMethods.Get, HttpMethods.Post], Logout);
    }

    private static async Task<IResult> Authorize(HttpContext http, UsersDbContext db, TimeProvider clock, IConfiguration configuration)
    {
        var request = http.GetOpenIddictServerRequest()!;
        var session = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        var account = await db.FindAccountAsync(session.Principal, http.RequestAborted);
        if (account is not null && !AsksForPassword(request, session.Properties!.IssuedUtc!.Value, clock.GetUtcNow()))
        {
            return await SignIn(db, account, request.GetScopes(), session.Properties.IssuedUtc.Value, http.RequestAborted);
        }

        return request.HasPromptValue(PromptValues.None)
            ? Refuse(Errors.LoginRequired, "The shopper is not signed in.")
            : TypedResults.Redirect($"{configuration.PublicUrl()}/sign-in?returnUrl={Uri.EscapeDataString(ReturnAddress(http.Request))}");
    }

    private static async Task<IResult> Token(HttpContext http, UsersDbContext db, SignIns signIns, TimeProvider clock)
    {
        var request = http.GetOpenIddictServerRequest()!;
        if (request.IsPasswordGrantType())
        {
            var (outcome, signedIn) = await signIns.CheckAsync(request.Username, request.Password, http.RequestAborted);
            return outcome switch
            {
                SignInOutcome.Succeeded => await SignIn(db, signedIn!, request.GetScopes(), clock.GetUtcNow(), http.RequestAborted),
                SignInOutcome.LockedOut => Refuse(Errors.InvalidGrant, "There were too many wrong passwords. Try again in a few minutes."),
                _ => Refuse(Errors.InvalidGrant, "The e-mail address or the password is wrong."),
            };
        }

        var principal = (await http.AuthenticateAsync(Scheme)).Principal!;
        return await db.FindAccountAsync(principal, http.RequestAborted) is { } account
            ? await SignIn(db, account, principal.GetScopes(), SignedInAt(principal), http.RequestAborted)
            : Refuse(Errors.InvalidGrant, "This sign-in has ended.");
    }

    private static async Task<IResult> UserInfo(HttpContext http, UsersDbContext db)
    {
        var principal = (await http.AuthenticateAsync(Scheme)).Principal!;
        var id = Guid.Parse(principal.GetClaim(Claims.Subject)!);
        var account = await db.Users.Where(account => account.Id == id && account.Active)
            .Select(account => new { account.Email, account.DisplayName }).SingleOrDefaultAsync(http.RequestAborted);
        if (account is null)
        {
            return TypedResults.Challenge(Failure(Errors.InvalidToken, "This account is closed."), [Scheme]);
        }

        var claims = new Dictionary<string, object> { [Claims.Subject] = id.ToString() };
        if (principal.HasScope(Scopes.Profile))
        {
            claims[Claims.Name] = account.DisplayName;
        }

        if (principal.HasScope(Scopes.Email))
        {
            claims[Claims.Email] = account.Email!;
        }

        if (principal.HasScope(ConnectServer.RolesScope))
        {
            claims[Claims.Role] = await db.RolesOf(id).ToListAsync(http.RequestAborted);
        }

        return TypedResults.Json(claims);
    }

    private static async Task<IResult> Logout(HttpContext http, UsersDbContext db, IConfiguration configuration)
    {
        // The identity token of the sign-in says which one ends, and that its holder asks for it.
        var hint = await http.AuthenticateAsync(Scheme);
        await db.EndSessionAsync(hint.Principal, http.RequestAborted);
        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        return TypedResults.SignOut(new AuthenticationProperties { RedirectUri = configuration.PublicUrl() + "/" }, [Scheme]);
    }

    private static async Task<IResult> SignIn(
        UsersDbContext db, Account account, IEnumerable<string> scopes, DateTimeOffset signedInAt, CancellationToken cancel)
    {
        var identity = Sessions.Identify(account, Scheme);
        identity.SetClaim(Claims.Name, account.DisplayName)
            .SetClaim(Claims.Email, account.Email)
            .SetClaim(Claims.AuthenticationTime, signedInAt.ToUnixTimeSeconds())
            .SetClaims(Claims.Role, [.. await db.RolesOf(account.Id).ToListAsync(cancel)])
            .SetScopes(scopes)
            .SetResources(StoreAuthentication.Audience)
            .SetDestinations(claim => claim.Type switch
            {
                Claims.Name => InIdentityToken(claim, Scopes.Profile),
                Claims.Email => InIdentityToken(claim, Scopes.Email),
                Claims.Role => InIdentityToken(claim, ConnectServer.RolesScope),
                Claims.AuthenticationTime => [Destinations.IdentityToken],
                // The stamp is for this service only.
                _ => [],
            });
        return TypedResults.SignIn(new ClaimsPrincipal(identity), authenticationScheme: Scheme);
    }

    private static IEnumerable<string> InIdentityToken(Claim claim, string scope) =>
        claim.Subject!.HasScope(scope) ? [Destinations.AccessToken, Destinations.IdentityToken] : [Destinations.AccessToken];

    private static bool AsksForPassword(OpenIddictRequest request, DateTimeOffset signedInAt, DateTimeOffset now) =>
        request.HasPromptValue(PromptValues.Login) || (request.MaxAge is { } age && now - signedInAt > TimeSpan.FromSeconds(age));

    // Back from the sign-in page the password has just been asked for; asking again would never end.
    private static string ReturnAddress(HttpRequest request) => request.Path + QueryString.Create(
        (request.HasFormContentType ? request.Form.AsEnumerable() : request.Query)
            .Where(parameter => parameter.Key is not (Parameters.Prompt or Parameters.MaxAge)));

    private static DateTimeOffset SignedInAt(ClaimsPrincipal principal) =>
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(principal.GetClaim(Claims.AuthenticationTime)!, System.Globalization.CultureInfo.InvariantCulture));

    private static ForbidHttpResult Refuse(string error, string description) => TypedResults.Forbid(Failure(error, description), [Scheme]);

    private static AuthenticationProperties Failure(string error, string description) => new(new Dictionary<string, string?>
    {
        [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
        [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
    });
}
