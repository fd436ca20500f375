using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace PlayStationStore.Users;

public enum SignInOutcome
{
    Succeeded,

    /// <summary>Also where no such account exists, or it is shut: who guesses must not learn which.</summary>
    WrongPassword,

    /// <summary>Too many wrong passwords; the right one is not looked at either until the time is over.</summary>
    LockedOut,
}

/// <summary>Checks passwords, and counts the wrong ones.</summary>
public sealed class SignIns
{
    private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<object>().HashPassword(new object(), Guid.NewGuid().ToString()));

    private readonly UsersDbContext db;
    private readonly IPasswordHasher<Account> hasher;
    private readonly PasswordTurns turns;
    private readonly LockoutOptions lockout;
    private readonly TimeProvider clock;
    private readonly ILogger<SignIns> logger;
    private readonly Counter<long> attempts;

    public SignIns(
        UsersDbContext db, IPasswordHasher<Account> hasher, PasswordTurns turns, IOptions<IdentityOptions> identity, TimeProvider clock, IMeterFactory meters, ILogger<SignIns> logger)
    {
        (this.db, this.hasher, this.turns, this.clock, this.logger) = (db, hasher, turns, clock, logger);
        lockout = identity.Value.Lockout;
        attempts = meters.Create("PlayStationStore.Users").CreateCounter<long>("store.sign_ins", "{attempt}", "Passwords that were checked, by outcome.");
    }

    public async Task<(SignInOutcome Outcome, Account? Account)> CheckAsync(string? email, string? password, CancellationToken cancel)
    {
        var normalized = Account.Normalize(email ?? "");
        var account = await db.Users.AsNoTracking().SingleOrDefaultAsync(account => account.NormalizedEmail == normalized, cancel);
        var outcome = await CheckAsync(account, password ?? "", cancel);
        return (outcome, outcome == SignInOutcome.Succeeded ? account : null);
    }

    /// <summary>Checks the password of an account that is known, or of nobody, with the same work.</summary>
    public async Task<SignInOutcome> CheckAsync(Account? account, string password, CancellationToken cancel)
    {
        var outcome = await DecideAsync(account, password, cancel);
        attempts.Add(1, KeyValuePair.Create<string, object?>("outcome", outcome.ToString()));
        if (outcome != SignInOutcome.Succeeded && account is not null)
        {
            logger.LogInformation("A sign-in to {AccountId} was refused: {Outcome}.", account.Id, outcome);
        }

        return outcome;
    }

    private async Task<SignInOutcome> DecideAsync(Account? account, string password, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (account?.LockoutEnd > now)
        {
            return SignInOutcome.LockedOut;
        }

        var verified = await turns.TakeAsync(() => hasher.VerifyHashedPassword(account!, account?.PasswordHash ?? NobodysHash.Value, password), cancel);
        if (account is null)
        {
            return SignInOutcome.WrongPassword;
        }

        if (verified == PasswordVerificationResult.Failed)
        {
            await CountFailureAsync(account.Id, now, cancel);
            return SignInOutcome.WrongPassword;
        }

        if (!account.Active)
        {
            return SignInOutcome.WrongPassword;
        }

        var hash = verified == PasswordVerificationResult.SuccessRehashNeeded ? await turns.TakeAsync(() => hasher.HashPassword(account, password), cancel) : account.PasswordHash;
        // In the condition, since others may have guessed wrong while this password was verified.
        var signedIn = await db.Users
            .Where(one => one.Id == account.Id && one.Active && one.PasswordHash == account.PasswordHash && (one.LockoutEnd == null || one.LockoutEnd <= now))
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.AccessFailedCount, 0)
                    .SetProperty(one => one.PasswordHash, hash)
                    .SetProperty(one => one.LastSignInAt, now),
                cancel);
        return signedIn == 1 ? SignInOutcome.Succeeded : SignInOutcome.LockedOut;
    }

    // One statement, so that guesses that are made at the same instant are all counted.
    private Task<int> CountFailureAsync(Guid id, DateTimeOffset now, CancellationToken cancel)
    {
        var last = lockout.MaxFailedAccessAttempts - 1;
        DateTimeOffset? until = now + lockout.DefaultLockoutTimeSpan;
        return db.Users.Where(account => account.Id == id).ExecuteUpdateAsync(
            set => set
                .SetProperty(account => account.LockoutEnd, account => account.AccessFailedCount >= last ? until : account.LockoutEnd)
                .SetProperty(account => account.AccessFailedCount, account => account.AccessFailedCount >= last ? 0 : account.AccessFailedCount + 1),
            cancel);
    }
}
