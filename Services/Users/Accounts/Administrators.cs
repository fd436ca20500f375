using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Users;

/// <summary>Who holds which role. A store must never be without an administrator, since nobody could make one.</summary>
internal static class Administrators
{
    /// <summary>The names of an account's roles, in their order.</summary>
    public static IQueryable<string> RolesOf(this UsersDbContext db, Guid id) =>
        from held in db.UserRoles
        join role in db.Roles on held.RoleId equals role.Id
        where held.UserId == id
        orderby role.Name
        select role.Name!;

    public static Task<bool> IsAdministratorAsync(this UsersDbContext db, Guid id, CancellationToken cancel) =>
        Active(db).AnyAsync(administrator => administrator == id, cancel);

    public static async Task<bool> IsLastAdministratorAsync(this UsersDbContext db, Guid id, CancellationToken cancel) =>
        await db.IsAdministratorAsync(id, cancel) && !await Active(db).AnyAsync(administrator => administrator != id, cancel);

    private static IQueryable<Guid> Active(UsersDbContext db)
    {
        var role = Role.IdOf(Roles.Administrator);
        return from held in db.UserRoles
               join account in db.Users on held.UserId equals account.Id
               where held.RoleId == role && account.Active
               select account.Id;
    }
}
