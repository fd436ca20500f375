using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Users;

/// <summary>A shopper's own account.</summary>
public static class AccountsApi
{
    public static void MapAccountsApi(this WebApplication app)
    {
        var users = app.MapGroup("/api/users").WithTag("Accounts", "Becoming a shopper, and one's own account.");
        users.MapPost("/register", RegisterShopper).WithSummary("Open an account").ProducesProblem(StatusCodes.Status409Conflict);

        var me = users.MapGroup("/me").RequireAuthorization(Policies.SignedIn).RequireLiveAccount();
        me.MapGet("", Get).WithSummary("Read the account");
        me.MapPut("", Rename).WithSummary("Change the name");
        me.MapDelete("", Delete).WithSummary("Close the account").ProducesProblem(StatusCodes.Status409Conflict);
        me.MapPut("/password", ChangePassword).WithSummary("Change the password; every sign-in ends").ProducesProblem(StatusCodes.Status423Locked);
    }

    private static async Task<Results<Created<Profile>, ValidationProblem, ProblemHttpResult>> RegisterShopper(
        Registration request, UsersDbContext db, Passwords passwords, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var account = Account.Register(Guid.CreateVersion7(now), request.Email.Trim(), request.DisplayName, now);
        if (await passwords.TrySetAsync(account, request.Password, cancel) is { Length: > 0 } faults)
        {
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["password"] = faults });
        }

        db.Register(account, Roles.Customer);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return EmailTaken();
        }

        return TypedResults.Created("/api/users/me", new Profile(account.Id, account.Email!, account.DisplayName, [Roles.Customer], now));
    }

    private static async Task<Ok<Profile>> Get(ClaimsPrincipal user, UsersDbContext db, CancellationToken cancel) =>
        TypedResults.Ok(await Profiles(db, user.UserId()).SingleAsync(cancel));

    private static async Task<Ok<Profile>> Rename(ProfileChange request, ClaimsPrincipal user, UsersDbContext db, CancellationToken cancel)
    {
        var id = user.UserId();
        var account = await db.Users.SingleAsync(account => account.Id == id, cancel);
        account.Rename(request.DisplayName);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(await Profiles(db, id).SingleAsync(cancel));
    }

    private static Task<Results<NoContent, ProblemHttpResult>> Delete(
        ClaimsPrincipal user, UsersDbContext db, TimeProvider clock, CancellationToken cancel) =>
        db.SerializedAsync<Results<NoContent, ProblemHttpResult>>(async () =>
        {
            var id = user.UserId();
            if (await db.IsLastAdministratorAsync(id, cancel))
            {
                return StoreProblems.Problem(
                    StatusCodes.Status409Conflict, "lastAdministrator", "This is the only administrator's account; make another administrator first.");
            }

            db.Remove(await db.Users.SingleAsync(account => account.Id == id, cancel));
            db.Publish(new UserDeleted(id, clock.GetUtcNow()));
            db.Audit("user.closed", $"user/{id}");
            await db.SaveChangesAsync(cancel);
            await db.ForgetSessionsAsync(id, cancel);
            return TypedResults.NoContent();
        }, cancel);

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> ChangePassword(
        PasswordChange request, ClaimsPrincipal user, UsersDbContext db, SignIns signIns, Passwords passwords, CancellationToken cancel)
    {
        var id = user.UserId();
        var account = await db.Users.SingleAsync(account => account.Id == id, cancel);
        switch (await signIns.CheckAsync(account, request.CurrentPassword, cancel))
        {
            case SignInOutcome.LockedOut:
                return SignInApi.LockedOut();
            case SignInOutcome.WrongPassword:
                return StoreProblems.Invalid("currentPassword", "This is not your password.");
        }

        if (await passwords.TrySetAsync(account, request.NewPassword, cancel) is { Length: > 0 } faults)
        {
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["newPassword"] = faults });
        }

        // The account's new stamp ends every sign-in in the same save; marking their tokens only says so to whoever looks at them.
        await db.SaveChangesAsync(cancel);
        await db.EndSessionsAsync(id, cancel);
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult EmailTaken()
    {
        const string sentence = "There is already an account with this e-mail address.";
        return TypedResults.Problem(new HttpValidationProblemDetails
        {
            Status = StatusCodes.Status409Conflict,
            Title = "Conflict",
            Detail = sentence,
            Errors = { ["email"] = [sentence] },
            Extensions = { ["code"] = "emailTaken" },
        });
    }

    /// <summary>Adds an account to the unit of work, with its roles and the event.</summary>
    internal static void Register(this UsersDbContext db, Account account, params IEnumerable<string> roles)
    {
        db.Add(account);
        db.AddRange(roles.Select(role => new IdentityUserRole<Guid> { UserId = account.Id, RoleId = Role.IdOf(role) }));
        db.Publish(new UserRegistered(account.Id, account.DisplayName, account.CreatedAt));
    }

    private static IQueryable<Profile> Profiles(UsersDbContext db, Guid id) =>
        from account in db.Users
        where account.Id == id
        select new Profile(
            account.Id, account.Email!, account.DisplayName,
            db.UserRoles.Where(held => held.UserId == account.Id).Join(db.Roles, held => held.RoleId, role => role.Id, (_, role) => role.Name!).OrderBy(name => name).ToList(),
            account.CreatedAt);
}

/// <param name="Email">Where the person is reached; one account an address.</param>
/// <param name="Password">8 to 128 characters.</param>
/// <param name="DisplayName">What others see.</param>
public sealed record Registration(
    [Required, StringLength(Account.MaxEmail), RegularExpression(@" *[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]+@[\p{L}\p{M}\p{N}-]+(\.[\p{L}\p{M}\p{N}-]+)+ *",
        ErrorMessage = "This is not an e-mail address.")] string Email,
    [Required, StringLength(Passwords.MaxLength)] string Password,
    [Required, StringLength(Account.MaxDisplayName), PlainText] string DisplayName);

/// <param name="DisplayName">What others see.</param>
public sealed record ProfileChange([Required, StringLength(Account.MaxDisplayName), PlainText] string DisplayName);

public sealed record PasswordChange(
    [Required, StringLength(Passwords.MaxLength)] string CurrentPassword, [Required, StringLength(Passwords.MaxLength)] string NewPassword);

public sealed record Profile(Guid Id, string Email, string DisplayName, IReadOnlyList<string> Roles, DateTimeOffset CreatedAt);
