using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace PlayStationStore.Users.Tests;

public sealed class SignInsTests(UsersApplication app)
{
    [Fact]
    public async Task A_password_is_hashed_once_whether_the_account_exists_or_not()
    {
        var person = await app.NewPerson();
        await using var scope = app.Services.CreateAsyncScope();
        var hasher = new CountingHasher();
        var signIns = ActivatorUtilities.CreateInstance<SignIns>(scope.ServiceProvider, hasher);

        var known = await signIns.CheckAsync(person.Email, "not the password", CancellationToken.None);
        var unknown = await signIns.CheckAsync("nobody@example.com", "not the password", CancellationToken.None);

        Assert.Equal((SignInOutcome.WrongPassword, SignInOutcome.WrongPassword), (known.Outcome, unknown.Outcome));
        Assert.Equal(2, hasher.Verified.Count);
        Assert.All(hasher.Verified, hash => Assert.Equal(61, Convert.FromBase64String(hash).Length));
    }

    private sealed class CountingHasher : PasswordHasher<Account>
    {
        public List<string> Verified { get; } = [];

        public override PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
        {
            Verified.Add(hashedPassword);
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
