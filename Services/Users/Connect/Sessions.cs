using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace PlayStationStore.Users;

/// <summary>
/// Sign-ins. Each is one authorization of OpenIddict with the tokens that were refreshed from it, and carries the account's security stamp of
/// the moment it began.
/// </summary>
internal static class Sessions
{
    private const string StampClaim = "stamp";

    /// <summary>Who is signed in, as a token or the session cookie says it.</summary>
    public static ClaimsIdentity Identify(Account account, string scheme)
    {
        var identity = new ClaimsIdentity(scheme, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, account.Id.ToString()).SetClaim(StampClaim, account.SecurityStamp);
        return identity;
    }

    /// <summary>The account of a token or cookie, or null where it is deleted, shut, or the sign-in was ended.</summary>
    public static async Task<Account?> FindAccountAsync(this UsersDbContext db, ClaimsPrincipal? principal, CancellationToken cancel)
    {
        if (!Guid.TryParse(principal?.GetClaim(Claims.Subject), out var id))
        {
            return null;
        }

        var stamp = principal.GetClaim(StampClaim);
        return await db.Users.AsNoTracking().SingleOrDefaultAsync(account => account.Id == id && account.Active && account.SecurityStamp == stamp, cancel);
    }

    /// <summary>Ends every sign-in of an account for good.</summary>
    public static async Task EndSessionsAsync(this UsersDbContext db, Guid accountId, CancellationToken cancel)
    {
        var subject = accountId.ToString();
        await db.Tokens.Where(token => token.Subject == subject && token.Status != Statuses.Revoked)
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.Status, Statuses.Revoked), cancel);
        await db.Authorizations.Where(authorization => authorization.Subject == subject && authorization.Status != Statuses.Revoked)
            .ExecuteUpdateAsync(set => set.SetProperty(authorization => authorization.Status, Statuses.Revoked), cancel);
    }

    /// <summary>Removes every sign-in of an account that is deleted: its tokens hold the name.</summary>
    public static async Task ForgetSessionsAsync(this UsersDbContext db, Guid accountId, CancellationToken cancel)
    {
        var subject = accountId.ToString();
        await db.Tokens.Where(token => token.Subject == subject).ExecuteDeleteAsync(cancel);
        await db.Authorizations.Where(authorization => authorization.Subject == subject).ExecuteDeleteAsync(cancel);
    }

    /// <summary>Ends the sign-in that a token belongs to.</summary>
    public static async Task EndSessionAsync(this UsersDbContext db, ClaimsPrincipal? principal, CancellationToken cancel)
    {
        if (!Guid.TryParse(principal?.GetAuthorizationId(), out var id))
        {
            return;
        }

        await db.Tokens.Where(token => token.Authorization!.Id == id && token.Status != Statuses.Revoked)
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.Status, Statuses.Revoked), cancel);
        await db.Authorizations.Where(authorization => authorization.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(authorization => authorization.Status, Statuses.Revoked), cancel);
    }
}

/// <summary>Who gives back one refresh token signs out: within the leeway there may be others of the same sign-in.</summary>
internal sealed class RevokeWholeSession(UsersDbContext db) : OpenIddict.Server.IOpenIddictServerHandler<HandleRevocationRequestContext>
{
    public async ValueTask HandleAsync(HandleRevocationRequestContext context) =>
        await db.EndSessionAsync(context.GenericTokenPrincipal, context.CancellationToken);
}
