using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Users.Tests;

public sealed class AddressesTests(UsersApplication app)
{
    private const string Path = "/api/users/me/addresses";

    internal static AddressInput Valid(bool isDefault = false) =>
        new(" Pat Doe ", "1 Main Street", "Springfield", "us", null, "IL", "62701", "+1 (217) 555-0100", isDefault);

    [Fact]
    public async Task An_address_is_kept_as_it_was_given_without_the_blanks_around()
    {
        var person = await app.NewPerson();

        using var answer = await person.Client.PostAsJsonAsync(Path, Valid());
        var added = await answer.Content.ReadFromJsonAsync<AddressView>();
        var seen = await person.Client.GetFromJsonAsync<AddressView>(answer.Headers.Location);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(new AddressView(added!.Id, "Pat Doe", "1 Main Street", null, "Springfield", "IL", "62701", "US", "+1 (217) 555-0100", true), added);
        Assert.Equal(added, seen);
    }

    [Fact]
    public async Task There_is_one_default_through_every_change()
    {
        var person = await app.NewPerson();

        var first = await Add(person);
        var second = await Add(person);
        var third = await Add(person, isDefault: true);
        Assert.Equal([third], await Defaults(person));

        using var made = await person.Client.PutAsJsonAsync($"{Path}/{first}", Valid(isDefault: true));
        Assert.Equal([first], await Defaults(person));

        using var unmade = await person.Client.PutAsJsonAsync($"{Path}/{first}", Valid());
        Assert.True((await unmade.Content.ReadFromJsonAsync<AddressView>())!.IsDefault);
        Assert.Equal([first], await Defaults(person));

        using var removed = await person.Client.DeleteAsync($"{Path}/{first}");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Single(await Defaults(person));

        using var other = await person.Client.DeleteAsync($"{Path}/{second}");
        using var last = await person.Client.DeleteAsync($"{Path}/{third}");
        Assert.Empty((await person.Client.GetFromJsonAsync<AddressList>(Path))!.Items);
    }

    [Fact]
    public async Task First_addresses_that_arrive_at_once_give_one_default()
    {
        var person = await app.NewPerson();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => person.Client.PostAsJsonAsync(Path, Valid(number % 2 == 0))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Single(await Defaults(person));
    }

    [Fact]
    public async Task Changes_of_the_default_that_cross_leave_one()
    {
        var person = await app.NewPerson();
        var ids = new List<Guid>();
        for (var number = 0; number < 6; number++)
        {
            ids.Add(await Add(person));
        }

        var changes = ids.Skip(2).Select(id => person.Client.PutAsJsonAsync($"{Path}/{id}", Valid(isDefault: true)));
        var removals = ids.Take(2).Select(id => person.Client.DeleteAsync($"{Path}/{id}"));
        var answers = await Task.WhenAll(changes.Concat(removals));

        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode, answer.StatusCode.ToString()));
        Assert.Single(await Defaults(person));
    }

    [Fact]
    public async Task The_database_itself_refuses_a_second_default()
    {
        var person = await app.NewPerson();
        await Add(person);

        var second = Address.Create(Guid.CreateVersion7(), person.Id, Valid(), app.Clock.GetUtcNow());
        second.MakeDefault();

        await Assert.ThrowsAsync<DbUpdateException>(() => app.InDatabase(db =>
        {
            db.Add(second);
            return db.SaveChangesAsync();
        }));
    }

    [Fact]
    public async Task Anothers_address_does_not_exist()
    {
        var owner = await app.NewPerson();
        var id = await Add(owner);
        var stranger = await app.NewPerson(ServiceDefaults.Roles.Administrator);

        using var read = await stranger.Client.GetAsync($"{Path}/{id}");
        using var changed = await stranger.Client.PutAsJsonAsync($"{Path}/{id}", Valid());
        using var removed = await stranger.Client.DeleteAsync($"{Path}/{id}");

        await read.IsProblem(404);
        await changed.IsProblem(404);
        await removed.IsProblem(404);
        Assert.Equal([id], await Defaults(owner));
    }

    [Theory]
    [InlineData("IE")]
    [InlineData("AE")]
    [InlineData("HK")]
    public async Task The_postal_code_may_be_missing_where_there_is_none(string country)
    {
        var person = await app.NewPerson();

        using var answer = await person.Client.PostAsJsonAsync(Path, Valid() with { Country = country, PostalCode = null });

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task What_is_wrong_is_named()
    {
        var person = await app.NewPerson();
        (AddressInput Input, string Field)[] cases =
        [
            (Valid() with { Name = "" }, "name"),
            (Valid() with { Name = new string('x', 101) }, "name"),
            (Valid() with { Line1 = " " }, "line1"),
            (Valid() with { Line1 = "a\tb" }, "line1"),
            (Valid() with { Line2 = new string('x', 201) }, "line2"),
            (Valid() with { City = "" }, "city"),
            (Valid() with { Region = "\u2066" }, "region"),
            (Valid() with { Country = "XX" }, "country"),
            (Valid() with { Country = "USA" }, "country"),
            (Valid() with { Country = "" }, "country"),
            (Valid() with { PostalCode = null }, "postalCode"),
            (Valid() with { PostalCode = "  " }, "postalCode"),
            (Valid() with { PostalCode = new string('1', 21) }, "postalCode"),
            (Valid() with { Phone = "call me" }, "phone"),
            (Valid() with { Phone = "🎮" }, "phone"),
        ];

        foreach (var (input, field) in cases)
        {
            using var answer = await person.Client.PostAsJsonAsync(Path, input);
            await answer.IsProblem(400, field: field);
        }

        Assert.Empty((await person.Client.GetFromJsonAsync<AddressList>(Path))!.Items);
    }

    [Fact]
    public async Task There_is_a_bound_to_how_many()
    {
        var person = await app.NewPerson();
        await app.InDatabase(db =>
        {
            db.AddRange(Enumerable.Range(0, 50).Select(_ => Address.Create(Guid.CreateVersion7(), person.Id, Valid(), app.Clock.GetUtcNow())));
            return db.SaveChangesAsync();
        });

        using var answer = await person.Client.PostAsJsonAsync(Path, Valid());

        await answer.IsProblem(409, "tooManyAddresses");
    }

    private static async Task<Guid> Add(Person person, bool isDefault = false)
    {
        using var answer = await person.Client.PostAsJsonAsync(Path, Valid(isDefault));
        return (await answer.Content.ReadFromJsonAsync<AddressView>())!.Id;
    }

    private static async Task<IEnumerable<Guid>> Defaults(Person person) =>
        (await person.Client.GetFromJsonAsync<AddressList>(Path))!.Items.Where(address => address.IsDefault).Select(address => address.Id);
}
