using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Users;

internal static class LiveAccount
{
    /// <summary>Refuses callers whose account was deleted or shut after their access token was made.</summary>
    public static RouteGroupBuilder RequireLiveAccount(this RouteGroupBuilder endpoints) => endpoints.AddEndpointFilter(async (context, next) =>
    {
        var http = context.HttpContext;
        var id = http.User.UserId();
        return await http.RequestServices.GetRequiredService<UsersDbContext>().Users.AnyAsync(account => account.Id == id && account.Active, http.RequestAborted)
            ? await next(context)
            : StoreProblems.Problem(StatusCodes.Status401Unauthorized, "accountClosed", "This account is closed.");
    });
}
