using System.Net.Http.Json;
using System.Text.Json;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Users.Tests;

public sealed class AdministratorsToldTests(UsersApplication app)
{
    [Fact]
    public async Task Every_administrator_and_nobody_else_is_told_what_the_store_cannot_mend_by_itself()
    {
        var (first, second, shopper) = (await app.NewPerson(Roles.Administrator), await app.NewPerson(Roles.Administrator), await app.NewPerson());
        var link = $"/admin/orders/{Guid.CreateVersion7()}";

        await app.Deliver<AdministratorsToldConsumer, AdministratorsTold>(new("A mail was given up", "Nobody takes it.", link, new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero)));

        foreach (var administrator in new[] { first, second })
        {
            var told = Assert.Single(await TellingOf(administrator), one => one.GetProperty("link").GetString() == link);
            Assert.Equal(("A mail was given up", "Nobody takes it."), (told.GetProperty("title").GetString(), told.GetProperty("text").GetString()));
        }

        Assert.Empty(await TellingOf(shopper));
    }

    private static async Task<List<JsonElement>> TellingOf(Person person) =>
        [.. (await person.Client.GetFromJsonAsync<JsonElement>("/api/users/me/notifications", TestContext.Current.CancellationToken)).GetProperty("items").EnumerateArray()];
}
