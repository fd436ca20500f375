using Microsoft.AspNetCore.Identity;

namespace PlayStationStore.Users;

/// <summary>Sets passwords that keep the rules.</summary>
public sealed class Passwords(UserManager<Account> identity, PasswordTurns turns)
{
    // Long enough for any pass phrase, short enough that hashing one is no work to speak of.
    public const int MaxLength = 128;

    /// <summary>Sets the account's password, which ends its sign-ins.</summary>
    /// <returns>What is wrong with the password, a sentence each; it is set where there is nothing.</returns>
    public async Task<string[]> TrySetAsync(Account account, string password, CancellationToken cancel)
    {
        var faults = new List<string>();
        foreach (var validator in identity.PasswordValidators)
        {
            var result = await validator.ValidateAsync(identity, account, password);
            faults.AddRange(result.Errors.Select(error => error.Description));
        }

        if (faults.Count == 0)
        {
            account.SetPassword(await turns.TakeAsync(() => identity.PasswordHasher.HashPassword(account, password), cancel));
        }

        return [.. faults];
    }
}

/// <summary>Refuses what is guessed first: the account's own e-mail address or name, and the passwords that people choose most.</summary>
internal sealed class GuessablePasswords : IPasswordValidator<Account>
{
    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "password", "password1", "password12", "password123", "passw0rd", "p@ssw0rd", "p@ssword", "12345678", "123456789", "1234567890", "87654321",
        "qwertyui", "qwerty123", "qwertyuiop", "1q2w3e4r", "1qaz2wsx", "q1w2e3r4", "zaq12wsx", "asdfghjk", "asdfghjkl", "abcd1234", "abcdefgh",
        "iloveyou", "iloveyou1", "sunshine", "princess", "football", "baseball", "superman", "trustno1", "starwars", "whatever", "computer",
        "welcome1", "welcome123", "letmein1", "letmein123", "changeme", "admin123", "administrator", "internet", "michelle", "jennifer",
        "11111111", "00000000", "88888888", "12341234", "11223344", "123123123", "987654321", "qwer1234", "a1b2c3d4", "playstation",
        "playstation4", "playstation5", "playstation1", "dualshock", "dualsense", "godofwar", "pokemon1", "minecraft", "fortnite",
    };

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        var guessable = Common.Contains(password!) || Same(password, user.Email) || Same(password, user.Email?.Split('@')[0]) || Same(password, user.DisplayName);
        return Task.FromResult(guessable
            ? IdentityResult.Failed(new IdentityError { Code = "PasswordGuessable", Description = "This password is too easy to guess." })
            : IdentityResult.Success);
    }

    private static bool Same(string? password, string? text) => string.Equals(password, text, StringComparison.OrdinalIgnoreCase);
}
