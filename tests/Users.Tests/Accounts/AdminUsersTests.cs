using System.Net;
using System.Net.Http.Json;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Users.Tests;

public sealed class AdminUsersTests(UsersApplication app)
{
    [Fact]
    public async Task People_are_found_by_a_part_of_their_address_or_name_page_by_page()
    {
        var administrator = await app.NewPerson(Roles.Administrator);
        var family = $"Fam{Guid.NewGuid():N}"[..20];
        var people = new List<Person>();
        for (var number = 0; number < 5; number++)
        {
            var person = await app.NewPerson();
            using var named = await person.Client.PutAsJsonAsync("/api/users/me", new { displayName = $"{number} {family}" });
            people.Add(person);
        }

        var found = new List<User>();
        string? cursor = null;
        do
        {
            var page = await administrator.Client.GetFromJsonAsync<UserPage>(
                $"/api/admin/users?search={family.ToLowerInvariant()}&pageSize=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            Assert.InRange(page!.Items.Count, 1, 2);
            found.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(people.Select(person => person.Email).Order(StringComparer.Ordinal), found.Select(user => user.Email));
        var one = await administrator.Client.GetFromJsonAsync<UserPage>($"/api/admin/users?search={Uri.EscapeDataString(people[0].Email.ToUpperInvariant())}");
        Assert.Equal(people[0].Id, Assert.Single(one!.Items).Id);
    }

    [Fact]
    public async Task Search_is_text_and_no_pattern()
    {
        var administrator = await app.NewPerson(Roles.Administrator);

        foreach (var search in (string[])["%25", "_____%25____", "%5B", "' OR 1=1 --", "\"", "%F0%9F%A6%96%F0%9F%A6%96"])
        {
            var page = await administrator.Client.GetFromJsonAsync<UserPage>($"/api/admin/users?search={search}");
            Assert.Empty(page!.Items);
        }
    }

    [Fact]
    public async Task Roles_that_are_given_are_in_the_next_token()
    {
        var administrator = await app.NewPerson(Roles.Administrator);
        var person = await app.NewPerson();
        var flow = new CodeFlow(app);
        var tokens = await flow.SignIn(person.Email);

        using var answer = await Change(administrator, person.Id, true, Roles.Customer, Roles.Staff);
        var changed = await answer.Content.ReadFromJsonAsync<User>();
        using var refreshed = await flow.Refresh(tokens.RefreshToken);

        Assert.Equal([Roles.Customer, Roles.Staff], changed!.Roles);
        Assert.Equal([Roles.Customer, Roles.Staff], Jwt.Read((await refreshed.Json()).GetProperty("access_token").GetString()!).Claims
            .Where(claim => claim.Type == "role").Select(claim => claim.Value).Order());
    }

    [Fact]
    public async Task A_shut_account_cannot_sign_in_or_go_on_until_it_is_opened()
    {
        var administrator = await app.NewPerson(Roles.Administrator);
        var person = await app.NewPerson();
        var flow = new CodeFlow(app);
        var tokens = await flow.SignIn(person.Email);
        var cookie = await flow.SessionCookie(person.Email, UsersApplication.Password);

        using var shut = await Change(administrator, person.Id, false, Roles.Customer);

        Assert.False((await shut.Content.ReadFromJsonAsync<User>())!.Active);
        using var signIn = await flow.EnterPassword(person.Email, UsersApplication.Password);
        await signIn.IsProblem(401, "wrongPassword");
        using var authorized = await flow.Authorize(cookie);
        Assert.StartsWith("http://store.test/sign-in?", authorized.Headers.Location!.OriginalString, StringComparison.Ordinal);
        using var own = await person.Client.GetAsync("/api/users/me");
        await own.IsProblem(401, "accountClosed");

        using var opened = await Change(administrator, person.Id, true, Roles.Customer);
        using var refreshed = await flow.Refresh(tokens.RefreshToken);
        Assert.Equal("invalid_grant", (await refreshed.Json()).GetProperty("error").GetString());
        using var again = await flow.EnterPassword(person.Email, UsersApplication.Password);
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
    }

    [Theory]
    [InlineData(true, Roles.Customer)]
    [InlineData(false, Roles.Administrator)]
    public async Task Administrators_cannot_shut_themselves_out(bool active, string role)
    {
        var administrator = await app.NewPerson(Roles.Administrator);

        using var answer = await Change(administrator, administrator.Id, active, role);

        await answer.IsProblem(409, "ownAccount");
        using var list = await administrator.Client.GetAsync("/api/admin/users");
        Assert.Equal(HttpStatusCode.OK, list.StatusCode);
    }

    [Fact]
    public async Task Of_two_administrators_who_demote_each_other_one_stays()
    {
        var first = await app.NewPerson(Roles.Administrator);
        var second = await app.NewPerson(Roles.Administrator);

        var answers = await Task.WhenAll(Change(first, second.Id, true, Roles.Customer), Change(second, first.Id, true, Roles.Customer));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Forbidden], answers.Select(answer => answer.StatusCode).Order());
    }

    [Fact]
    public async Task The_only_administrator_cannot_delete_the_account()
    {
        await using var alone = new ProductionApplication();
        var only = await alone.NewPerson(Roles.Administrator);

        using var refused = await only.Client.DeleteAsync("/api/users/me");
        var other = await alone.NewPerson(Roles.Administrator);
        using var deleted = await only.Client.DeleteAsync("/api/users/me");

        await refused.IsProblem(409, "lastAdministrator");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.NotEqual(only.Id, other.Id);
    }

    [Fact]
    public async Task Nobody_is_not_found_and_unknown_roles_are_named()
    {
        var administrator = await app.NewPerson(Roles.Administrator);

        using var nobody = await Change(administrator, Guid.NewGuid(), true, Roles.Customer);
        using var unknown = await Change(administrator, administrator.Id, true, Roles.Administrator, "owner");

        await nobody.IsProblem(404);
        await unknown.IsProblem(400, field: "roles");
    }

    [Theory]
    [InlineData(Roles.Customer)]
    [InlineData(Roles.Staff)]
    public async Task Others_may_neither_look_nor_change(string role)
    {
        var person = await app.NewPerson(role);

        using var list = await person.Client.GetAsync("/api/admin/users");
        using var change = await Change(person, person.Id, true, Roles.Administrator);

        await list.IsProblem(403);
        await change.IsProblem(403);
        Assert.Equal([role], (await person.Client.GetFromJsonAsync<Profile>("/api/users/me"))!.Roles);
    }

    private static Task<HttpResponseMessage> Change(Person caller, Guid id, bool active, params string[] roles) =>
        caller.Client.PutAsJsonAsync($"/api/admin/users/{id}", new { roles, active });
}
