using System.Net;
using System.Net.Http.Json;

namespace PlayStationStore.Users.Tests;

public sealed class PasswordTests(UsersApplication app)
{
    private const string NewPassword = "another good phrase";

    [Fact]
    public async Task A_new_password_replaces_the_old_one_and_ends_every_sign_in()
    {
        var person = await app.NewPerson();
        var flow = new CodeFlow(app);
        var tokens = await flow.SignIn(person.Email);
        var cookie = await flow.SessionCookie(person.Email, UsersApplication.Password);

        using var answer = await Change(person, UsersApplication.Password, NewPassword);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        using var old = await flow.EnterPassword(person.Email, UsersApplication.Password);
        await old.IsProblem(401, "wrongPassword");
        using var fresh = await flow.EnterPassword(person.Email, NewPassword);
        Assert.Equal(HttpStatusCode.NoContent, fresh.StatusCode);
        using var refreshed = await flow.Refresh(tokens.RefreshToken);
        Assert.Equal("invalid_grant", (await refreshed.Json()).GetProperty("error").GetString());
        using var authorized = await flow.Authorize(cookie);
        Assert.StartsWith("http://store.test/sign-in?", authorized.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_present_password_must_be_known_and_guesses_are_counted()
    {
        var person = await app.NewPerson();
        for (var guess = 0; guess < 5; guess++)
        {
            using var wrong = await Change(person, $"guess {guess}", NewPassword);
            await wrong.IsProblem(400, field: "currentPassword");
        }

        using var right = await Change(person, UsersApplication.Password, NewPassword);

        await right.IsProblem(423, "lockedOut");
    }

    [Fact]
    public async Task A_bad_new_password_changes_nothing()
    {
        var person = await app.NewPerson();

        using var answer = await Change(person, UsersApplication.Password, "12345678");

        await answer.IsProblem(400, field: "newPassword");
        using var old = await new CodeFlow(app).EnterPassword(person.Email, UsersApplication.Password);
        Assert.Equal(HttpStatusCode.NoContent, old.StatusCode);
    }

    private static Task<HttpResponseMessage> Change(Person person, string currentPassword, string newPassword) =>
        person.Client.PutAsJsonAsync("/api/users/me/password", new { currentPassword, newPassword });
}
