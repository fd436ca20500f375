using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Users.Tests;

public sealed class ProfileTests(UsersApplication app)
{
    [Fact]
    public async Task A_shopper_sees_and_changes_their_name()
    {
        var person = await app.NewPerson();

        using var answer = await person.Client.PutAsJsonAsync("/api/users/me", new { displayName = "  Robin  " });
        var changed = await answer.Content.ReadFromJsonAsync<Profile>();
        var seen = await person.Client.GetFromJsonAsync<Profile>("/api/users/me");

        Assert.Equal((person.Id, person.Email, "Robin"), (changed!.Id, changed.Email, changed.DisplayName));
        Assert.Equivalent(changed, seen, strict: true);
    }

    [Fact]
    public async Task Roles_are_shown_as_they_are_now()
    {
        var person = await app.NewPerson(Roles.Staff, Roles.Customer);

        var seen = await person.Client.GetFromJsonAsync<Profile>("/api/users/me");

        Assert.Equal([Roles.Customer, Roles.Staff], seen!.Roles);
    }

    [Fact]
    public async Task A_deleted_account_leaves_nothing_and_others_are_told()
    {
        var person = await app.NewPerson();
        var flow = new CodeFlow(app);
        var tokens = await flow.SignIn(person.Email);
        using var address = await person.Client.PostAsJsonAsync("/api/users/me/addresses", AddressesTests.Valid());
        using var wish = await person.Client.PutAsync($"/api/users/me/wishlist/{Guid.NewGuid()}", null);

        using var answer = await person.Client.DeleteAsync("/api/users/me");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(new UserDeleted(person.Id, app.Clock.GetUtcNow()), await app.Published<UserDeleted>(one => one.UserId == person.Id));
        var subject = person.Id.ToString();
        Assert.Equal(0, await app.InDatabase(async db =>
            await db.Users.CountAsync(one => one.Id == person.Id) + await db.Addresses.CountAsync(one => one.AccountId == person.Id)
            + await db.WishlistItems.CountAsync(one => one.AccountId == person.Id) + await db.UserRoles.CountAsync(one => one.UserId == person.Id)
            + await db.Tokens.CountAsync(one => one.Subject == subject) + await db.Authorizations.CountAsync(one => one.Subject == subject)));
        using var refreshed = await flow.Refresh(tokens.RefreshToken);
        Assert.Equal("invalid_grant", (await refreshed.Json()).GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("GET", "/api/users/me")]
    [InlineData("PUT", "/api/users/me/wishlist/0197d000-0000-7000-8000-00000000aaaa")]
    [InlineData("GET", "/api/users/me/addresses")]
    [InlineData("GET", "/api/users/me/notifications")]
    public async Task The_access_token_of_a_deleted_account_opens_nothing(string method, string path)
    {
        var person = await app.NewPerson();
        using var deleted = await person.Client.DeleteAsync("/api/users/me");

        using var answer = await person.Client.SendAsync(new(new(method), path));

        await answer.IsProblem(401, "accountClosed");
    }
}
