using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Users.Tests;

public sealed class RegistrationTests(UsersApplication app)
{
    [Fact]
    public async Task Who_registers_has_an_account_as_a_customer_and_others_are_told()
    {
        var email = $"{Guid.NewGuid():N}@Example.com";

        using var answer = await Register(email, UsersApplication.Password, " Zoë 🎮 ");
        var profile = await answer.Content.ReadFromJsonAsync<Profile>();

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("/api/users/me", answer.Headers.Location?.OriginalString);
        Assert.Equal((email, "Zoë 🎮", app.Clock.GetUtcNow()), (profile!.Email, profile.DisplayName, profile.CreatedAt));
        Assert.Equal(["customer"], profile.Roles);
        var told = await app.Published<UserRegistered>(one => one.UserId == profile.Id);
        Assert.Equal(new UserRegistered(profile.Id, "Zoë 🎮", app.Clock.GetUtcNow()), told);
    }

    [Fact]
    public async Task An_address_has_one_account_however_it_is_written()
    {
        var email = $"{Guid.NewGuid():N}.ünal@example.com";
        using var first = await Register(email, UsersApplication.Password, "First");

        using var second = await Register($" {email.ToUpperInvariant().Normalize(System.Text.NormalizationForm.FormD)} ", UsersApplication.Password, "Second");

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        var problem = await second.IsProblem(409, "emailTaken", "email");
        Assert.Equal(problem.GetProperty("detail").GetString(), problem.GetProperty("errors").GetProperty("email")[0].GetString());
    }

    [Fact]
    public async Task An_address_that_is_taken_is_no_error_in_the_log()
    {
        using var errors = new ErrorLog();
        await using var logged = app.WithWebHostBuilder(builder => builder.ConfigureLogging(logging => logging.AddProvider(errors)));
        using var client = logged.CreateClient();
        var request = new { email = $"{Guid.NewGuid():N}@example.com", password = UsersApplication.Password, displayName = "Pat" };
        using var first = await client.PostAsJsonAsync("/api/users/register", request);

        using var second = await client.PostAsJsonAsync("/api/users/register", request);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Conflict), (first.StatusCode, second.StatusCode));
        Assert.Empty(errors.Entries);
    }

    [Fact]
    public async Task Of_ten_registrations_of_one_address_at_once_one_succeeds()
    {
        var email = $"{Guid.NewGuid():N}@example.com";

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Register(email, UsersApplication.Password, $"Number {number}")));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(9, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(1, await app.InDatabase(db => db.Users.CountAsync(account => account.Email == email)));
    }

    [Theory]
    [InlineData("a7$fq2", "at least 8")]
    [InlineData("aaaaaaaaab", "different")]
    [InlineData("Password123", "guess")]
    [InlineData("sam@example.com", "guess")]
    public async Task A_password_that_is_guessed_first_is_refused(string password, string reason)
    {
        using var answer = await Register("sam@example.com", password, "Sam");

        var problem = await answer.IsProblem(400, field: "password");
        Assert.Contains(reason, problem.GetProperty("errors").GetProperty("password")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", UsersApplication.Password, "Sam", "email")]
    [InlineData(null, UsersApplication.Password, "Sam", "email")]
    [InlineData("sam", UsersApplication.Password, "Sam", "email")]
    [InlineData("sam@localhost", UsersApplication.Password, "Sam", "email")]
    [InlineData("sam@two@example.com", UsersApplication.Password, "Sam", "email")]
    [InlineData("sam smith@example.com", UsersApplication.Password, "Sam", "email")]
    [InlineData("🎮@example.com", UsersApplication.Password, "Sam", "email")]
    [InlineData("sam@example.com\n", UsersApplication.Password, "Sam", "email")]
    [InlineData("sam@example.com", null, "Sam", "password")]
    [InlineData("sam@example.com", "", "Sam", "password")]
    [InlineData("sam@example.com", UsersApplication.Password, null, "displayName")]
    [InlineData("sam@example.com", UsersApplication.Password, "   ", "displayName")]
    [InlineData("sam@example.com", UsersApplication.Password, "two\nlines", "displayName")]
    [InlineData("sam@example.com", UsersApplication.Password, "\u202Emas", "displayName")]
    public async Task A_field_that_is_wrong_is_named(string? email, string? password, string? displayName, string field)
    {
        using var answer = await Register(email, password, displayName);

        await answer.IsProblem(400, field: field);
    }

    [Fact]
    public async Task Texts_that_are_too_long_are_named()
    {
        using var answer = await Register(new string('a', 250) + "@example.com", new string('b', 129), new string('c', 51));

        var problem = await answer.IsProblem(400);
        Assert.Equal(["displayName", "email", "password"], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
    }

    private async Task<HttpResponseMessage> Register(string? email, string? password, string? displayName)
    {
        using var client = app.Anonymous();
        return await client.PostAsJsonAsync("/api/users/register", new { email, password, displayName });
    }
}
