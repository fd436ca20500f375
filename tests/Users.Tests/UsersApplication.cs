using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.Tokens;
using PlayStationStore.ServiceDefaults;
using PlayStationStore.Testing;
using PlayStationStore.Users;
using PlayStationStore.Users.Tests;

[assembly: AssemblyFixture(typeof(UsersApplication))]
[assembly: AssemblyFixture(typeof(SqlServerQueries<UsersDbContext>))]

namespace PlayStationStore.Users.Tests;

/// <summary>
/// The service in Development, with its first data. One instance serves all tests whose people are their own; a test that turns the clock
/// makes another.
/// </summary>
public class UsersApplication : StoreApplication<Program, UsersDbContext>, IAsyncLifetime
{
    public UsersApplication() : this([])
    {
    }

    protected UsersApplication(params (string Key, string? Value)[] settings) : base("users", [("Store:WebClientSecret", WebClientSecret), .. settings])
    {
    }

    public const string WebClientSecret = "the-web-clients-secret";
    public const string Password = "correct horse battery";

    /// <summary>Starts the service before tests that run side by side ask for it.</summary>
    public ValueTask InitializeAsync()
    {
        _ = Server;
        return ValueTask.CompletedTask;
    }

    protected override string EnvironmentName => "Development";

    /// <summary>Registers a shopper whom no other test knows.</summary>
    /// <param name="roles">Their roles in the database and in the client's token; a customer unless told.</param>
    public async Task<Person> NewPerson(params string[] roles)
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        using var anonymous = Anonymous();
        using var answer = await anonymous.PostAsJsonAsync("/api/users/register", new { email, password = Password, displayName = "Pat" });
        var profile = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Profile>())!;
        if (roles.Length > 0)
        {
            await InDatabase(async db =>
            {
                db.UserRoles.RemoveRange(db.UserRoles.Where(role => role.UserId == profile.Id));
                db.UserRoles.AddRange(roles.Select(role => new IdentityUserRole<Guid> { UserId = profile.Id, RoleId = Role.IdOf(role) }));
                await db.SaveChangesAsync();
            });
        }

        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", TestTokens.For(new TestUser(profile.Id, roles.Length > 0 ? roles : [Roles.Customer]), Clock.GetUtcNow()));
        return new Person(profile.Id, email, client);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services =>
        {
            services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, bearer =>
            {
                bearer.TokenValidationParameters.IssuerSigningKeys = new JsonWebKeySet(TestTokens.KeySet).GetSigningKeys();
                bearer.TokenValidationParameters.LifetimeValidator = (_, expires, _, _) => expires > Clock.GetUtcNow().UtcDateTime;
            });
        });
    }

    protected override IHost CreateHost(IHostBuilder builder)
    {
        var host = base.CreateHost(builder);
        using var scope = host.Services.CreateScope();
        FirstData.SeedAsync(scope.ServiceProvider).GetAwaiter().GetResult();
        return host;
    }
}

/// <summary>The service as it runs for shoppers: no password grant, nobody seeded.</summary>
public sealed class ProductionApplication : UsersApplication
{
    protected override string EnvironmentName => "Production";
}

/// <summary>The service without what works by the second in the background, so that weeks pass at once.</summary>
public sealed class LongLivedApplication : UsersApplication
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services =>
        {
            foreach (var dispatcher in services.Where(one => one.ImplementationType == typeof(MailSender)
                || one.ImplementationType?.Name.StartsWith("OutboxDispatcher", StringComparison.Ordinal) is true).ToList())
            {
                services.Remove(dispatcher);
            }
        });
    }
}

/// <summary>Somebody with an account, and a client that carries their access token. The password is <see cref="UsersApplication.Password"/>.</summary>
public sealed record Person(Guid Id, string Email, HttpClient Client);

internal static class Answers
{
    public static async Task<JsonElement> Json(this HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>Asserts a problem document.</summary>
    /// <returns>The document.</returns>
    public static async Task<JsonElement> IsProblem(this HttpResponseMessage answer, int status, string? code = null, string? field = null)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Json();
        if (code is not null)
        {
            Assert.Equal(code, problem.GetProperty("code").GetString());
        }

        if (field is not null)
        {
            Assert.Equal(field, Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
        }

        return problem;
    }
}
