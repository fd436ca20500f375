using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Users;

/// <summary>Everybody's accounts, for administrators.</summary>
public static class AdminUsersApi
{
    public static void MapAdminUsersApi(this WebApplication app)
    {
        var users = app.MapGroup("/api/admin/users").WithTag("Administration", "Everybody's accounts.")
            .RequireAuthorization(Policies.Administrator).RequireLiveAccount();
        users.MapGet("", List).WithSummary("List and search accounts");
        users.MapPut("/{id:guid}", Change).WithSummary("Change an account's roles, shut or open it").ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<UserPage>, ValidationProblem>> List(
        UsersDbContext db, CancellationToken cancel, [Description("A part of a name or an e-mail address.")] string? search = null,
        string? cursor = null, [Range(1, 100)] int pageSize = 24)
    {
        if (!Cursor.TryDecode<Position>(cursor, out var after) || after is { Email: null })
        {
            return StoreProblems.Invalid("cursor", "This is not a cursor of this list.");
        }

        if (search is not null && (search.Length > Account.MaxEmail || !PlainTextAttribute.Holds(search)))
        {
            return StoreProblems.Invalid("search", "Search for a part of a name or an e-mail address.");
        }

        var accounts = db.Users.AsQueryable();
        if (!string.IsNullOrWhiteSpace(search))
        {
            var part = Account.Normalize(search);
            accounts = accounts.Where(account => account.NormalizedEmail!.Contains(part) || account.NormalizedDisplayName.Contains(part));
        }

        if (after is not null)
        {
            accounts = accounts.Where(account => account.NormalizedEmail!.CompareTo(after.Email) > 0);
        }

        var page = await Users(db, accounts.OrderBy(account => account.NormalizedEmail).Take(pageSize + 1)).ToListAsync(cancel);
        var items = page.Take(pageSize).ToList();
        return TypedResults.Ok(new UserPage(items, page.Count > pageSize ? Cursor.Encode(new Position(Account.Normalize(items[^1].Email))) : null));
    }

    private static async Task<Results<Ok<User>, NotFound, ValidationProblem, ProblemHttpResult>> Change(
        Guid id, UserChange request, ClaimsPrincipal user, UsersDbContext db, CancellationToken cancel)
    {
        if (!request.Roles.All(Role.Exists))
        {
            return StoreProblems.Invalid("roles", $"The roles are {Roles.Customer}, {Roles.Staff} and {Roles.Administrator}.");
        }

        return await db.SerializedAsync<Results<Ok<User>, NotFound, ValidationProblem, ProblemHttpResult>>(async () =>
        {
            // Asked of the database and not of the token: of two administrators who shut each other out, the second is none any more.
            if (!await db.IsAdministratorAsync(user.UserId(), cancel))
            {
                return StoreProblems.Problem(StatusCodes.Status403Forbidden, "notAdministrator", "You are not an administrator any more.");
            }

            if (id == user.UserId() && !(request.Active!.Value && request.Roles.Contains(Roles.Administrator)))
            {
                return StoreProblems.Problem(
                    StatusCodes.Status409Conflict, "ownAccount", "You cannot shut yourself out; another administrator can.");
            }

            if (await db.Users.SingleOrDefaultAsync(account => account.Id == id, cancel) is not { } account)
            {
                return TypedResults.NotFound();
            }

            var held = await db.UserRoles.Where(role => role.UserId == id).ToListAsync(cancel);
            db.Audit("user.changed", $"user/{id}", new
            {
                From = new { Roles = Role.NamesOf(held.Select(role => role.RoleId)), account.Active },
                To = new { Roles = Role.NamesOf(request.Roles.Select(Role.IdOf)), Active = request.Active!.Value },
            });
            account.SetActive(request.Active!.Value);
            var wanted = request.Roles.Select(Role.IdOf).ToHashSet();
            db.RemoveRange(held.Where(role => !wanted.Contains(role.RoleId)));
            db.AddRange(wanted.Except(held.Select(role => role.RoleId)).Select(role => new IdentityUserRole<Guid> { UserId = id, RoleId = role }));
            await db.SaveChangesAsync(cancel);
            if (!account.Active)
            {
                await db.EndSessionsAsync(id, cancel);
            }

            return TypedResults.Ok(await Users(db, db.Users.Where(one => one.Id == id)).SingleAsync(cancel));
        }, cancel);
    }

    private static IQueryable<User> Users(UsersDbContext db, IQueryable<Account> accounts) => accounts.Select(account => new User(
        account.Id, account.Email!, account.DisplayName,
        db.UserRoles.Where(held => held.UserId == account.Id).Join(db.Roles, held => held.RoleId, role => role.Id, (_, role) => role.Name!).OrderBy(name => name).ToList(),
        account.Active, account.CreatedAt, account.LastSignInAt));

    private sealed record Position(string Email);
}

/// <param name="Roles">All roles that the account shall have.</param>
/// <param name="Active">False shuts the account and ends its sign-ins.</param>
public sealed record UserChange([Required, MaxLength(10)] IReadOnlyList<string> Roles, [Required] bool? Active);

public sealed record User(
    Guid Id, string Email, string DisplayName, IReadOnlyList<string> Roles, bool Active, DateTimeOffset CreatedAt, DateTimeOffset? LastSignInAt);

public sealed record UserPage(IReadOnlyList<User> Items, string? NextCursor);
