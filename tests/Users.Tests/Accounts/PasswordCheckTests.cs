using System.Net;
using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Users.Tests;

/// <summary>Passwords at the sign-in page and at the token endpoint.</summary>
public sealed class PasswordCheckTests(UsersApplication app) : IAsyncLifetime
{
    private readonly CodeFlow flow = new(app);
    private Person person = null!;

    public async ValueTask InitializeAsync() => person = await app.NewPerson();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_address_may_be_written_in_any_case_and_the_sign_in_is_noted()
    {
        using var answer = await flow.EnterPassword($" {person.Email.ToUpperInvariant()} ", UsersApplication.Password);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(app.Clock.GetUtcNow(), await app.InDatabase(db => db.Users.Where(one => one.Id == person.Id).Select(one => one.LastSignInAt).SingleAsync()));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        using var wrong = await flow.EnterPassword(person.Email, "not the password");
        using var unknown = await flow.EnterPassword("nobody@example.com", "not the password");

        Assert.False(wrong.Headers.Contains("Set-Cookie"));
        Assert.False(unknown.Headers.Contains("Set-Cookie"));
        Assert.Equal(Without(await wrong.IsProblem(401, "wrongPassword")), Without(await unknown.IsProblem(401, "wrongPassword")));
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_a_while_also_for_the_right_one()
    {
        for (var guess = 0; guess < 5; guess++)
        {
            using var wrong = await flow.EnterPassword(person.Email, $"guess {guess}");
            await wrong.IsProblem(401, "wrongPassword");
        }

        using var locked = await flow.EnterPassword(person.Email, UsersApplication.Password);
        using var grant = await PasswordGrant(person.Email, UsersApplication.Password);

        await locked.IsProblem(423, "lockedOut");
        Assert.Equal("invalid_grant", (await grant.Json()).GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_locked_account_opens_again_after_five_minutes()
    {
        await using var own = new UsersApplication();
        var (elsewhere, owner) = (new CodeFlow(own), await own.NewPerson());
        for (var guess = 0; guess < 5; guess++)
        {
            using var wrong = await elsewhere.EnterPassword(owner.Email, $"guess {guess}");
        }

        own.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        using var early = await elsewhere.EnterPassword(owner.Email, UsersApplication.Password);
        own.Clock.Advance(TimeSpan.FromSeconds(1));
        using var later = await elsewhere.EnterPassword(owner.Email, UsersApplication.Password);

        await early.IsProblem(423, "lockedOut");
        Assert.Equal(HttpStatusCode.NoContent, later.StatusCode);
    }

    [Fact]
    public async Task Guesses_at_the_same_instant_are_all_counted()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(guess => flow.EnterPassword(person.Email, $"guess {guess}")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
        using var locked = await flow.EnterPassword(person.Email, UsersApplication.Password);
        await locked.IsProblem(423, "lockedOut");
    }

    [Fact]
    public async Task The_right_password_forgives_the_wrong_ones()
    {
        for (var guess = 0; guess < 12; guess++)
        {
            using var wrong = await flow.EnterPassword(person.Email, $"guess {guess}");
            if (guess % 4 == 3)
            {
                using var right = await flow.EnterPassword(person.Email, UsersApplication.Password);
                Assert.Equal(HttpStatusCode.NoContent, right.StatusCode);
            }
        }
    }

    [Fact]
    public async Task One_persons_wrong_passwords_lock_nobody_else()
    {
        var other = await app.NewPerson();
        for (var guess = 0; guess < 6; guess++)
        {
            using var wrong = await flow.EnterPassword(person.Email, $"guess {guess}");
        }

        using var answer = await flow.EnterPassword(other.Email, UsersApplication.Password);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Theory]
    [InlineData("admin@example.com", "Admin-pass-1", "administrator")]
    [InlineData("staff@example.com", "Staff-pass-1", "staff")]
    [InlineData("shopper@example.com", "Shopper-pass-1", "customer")]
    public async Task In_development_scripts_sign_seeded_people_in_by_password(string email, string password, string role)
    {
        using var answer = await PasswordGrant(email, password);

        var token = Jwt.Read((await SignedIn.Of(answer)).AccessToken);
        Assert.Contains(token.Claims, claim => claim.Type == "role" && claim.Value == role);
        Assert.Equal("store", token.Audiences.Single());
    }

    [Fact]
    public async Task The_web_app_may_not_use_passwords()
    {
        using var answer = await flow.Post(
            "/connect/token", new() { ["grant_type"] = "password", ["username"] = person.Email, ["password"] = UsersApplication.Password, ["scope"] = "store" });

        Assert.Equal("unauthorized_client", (await answer.Json()).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Outside_development_there_is_no_password_grant_no_client_for_it_and_nobody_with_a_known_password()
    {
        await using var production = new ProductionApplication();
        using var client = production.Anonymous();

        using var answer = await client.PostAsync("/connect/token", Grant("shopper@example.com", "Shopper-pass-1"));
        var discovery = await client.GetStringAsync("/.well-known/openid-configuration");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("unsupported_grant_type", (await answer.Json()).GetProperty("error").GetString());
        Assert.DoesNotContain("\"password\"", discovery, StringComparison.Ordinal);
        Assert.Equal(0, await production.InDatabase(db => db.Users.CountAsync()));
    }

    private Task<HttpResponseMessage> PasswordGrant(string email, string password) => app.Anonymous().PostAsync("/connect/token", Grant(email, password));

    private static FormUrlEncodedContent Grant(string email, string password) => new(new Dictionary<string, string>
    {
        ["grant_type"] = "password",
        ["client_id"] = "store-dev",
        ["username"] = email,
        ["password"] = password,
        ["scope"] = "openid offline_access store",
    });

    private static string Without(System.Text.Json.JsonElement problem) =>
        string.Join(' ', problem.EnumerateObject().Where(part => part.Name != "traceId"));
}
