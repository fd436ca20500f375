using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Users.Tests;

public sealed class TrailTests(UsersApplication app)
{
    [Fact]
    public async Task A_change_of_roles_says_who_made_it_and_what_was_before()
    {
        var administrator = await app.NewPerson(Roles.Administrator);
        var person = await app.NewPerson();

        using var changed = await administrator.Client.PutAsJsonAsync($"/api/admin/users/{person.Id}", new { roles = (string[])[Roles.Staff, Roles.Customer], active = true });

        var entry = Assert.Single(await EntriesOf(person));
        Assert.Equal(("user.changed", AuditActorKind.Staff, (Guid?)administrator.Id), (entry.Action, entry.ActorKind, entry.ActorId));
        Assert.Equal("""{"from":{"roles":["customer"],"active":true},"to":{"roles":["customer","staff"],"active":true}}""", entry.Details);
    }

    [Fact]
    public async Task What_is_kept_of_somebody_who_has_gone_names_nobody()
    {
        var administrator = await app.NewPerson(Roles.Administrator);
        var person = await app.NewPerson();
        using var changed = await administrator.Client.PutAsJsonAsync($"/api/admin/users/{person.Id}", new { roles = (string[])[Roles.Customer], active = true });
        using var closed = await person.Client.DeleteAsync("/api/users/me");

        var entries = await EntriesOf(person);

        Assert.Equal(["user.changed", "user.closed"], entries.Select(entry => entry.Action));
        Assert.Equal((AuditActorKind.Shopper, (Guid?)person.Id), (entries[1].ActorKind, entries[1].ActorId));
        Assert.All(entries, entry => Assert.DoesNotContain(person.Email, $"{entry.Subject} {entry.Details}", StringComparison.OrdinalIgnoreCase));
    }

    private Task<List<AuditEntry>> EntriesOf(Person person) => app.InDatabase(database =>
        database.Set<AuditEntry>().Where(entry => entry.Subject == $"user/{person.Id}").OrderBy(entry => entry.Id).ToListAsync());
}
