using System.Net;
using System.Net.Http.Json;

namespace PlayStationStore.Users.Tests;

public sealed class WishlistTests(UsersApplication app)
{
    private const string Path = "/api/users/me/wishlist";

    [Fact]
    public async Task A_product_is_on_the_list_once_however_often_it_is_put_there()
    {
        var person = await app.NewPerson();
        var product = Guid.CreateVersion7();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => person.Client.PutAsync($"{Path}/{product}", null)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode));
        Assert.Equal(new WishlistItemView(product, app.Clock.GetUtcNow()), Assert.Single(await List(person)));
    }

    [Fact]
    public async Task A_product_is_removed_also_when_it_is_not_there()
    {
        var person = await app.NewPerson();
        var product = Guid.CreateVersion7();
        using var added = await person.Client.PutAsync($"{Path}/{product}", null);

        using var first = await person.Client.DeleteAsync($"{Path}/{product}");
        using var second = await person.Client.DeleteAsync($"{Path}/{product}");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (first.StatusCode, second.StatusCode));
        Assert.Empty(await List(person));
    }

    [Fact]
    public async Task Each_shopper_has_a_list_of_their_own()
    {
        var (one, other) = (await app.NewPerson(), await app.NewPerson());
        var product = Guid.CreateVersion7();
        using var added = await one.Client.PutAsync($"{Path}/{product}", null);

        using var removed = await other.Client.DeleteAsync($"{Path}/{product}");

        Assert.Empty(await List(other));
        Assert.Single(await List(one));
    }

    [Fact]
    public async Task There_is_a_bound_to_how_many_and_what_is_there_may_be_put_again()
    {
        var person = await app.NewPerson();
        var items = Enumerable.Range(0, 500).Select(_ => new WishlistItem(person.Id, Guid.CreateVersion7(), app.Clock.GetUtcNow())).ToList();
        await app.InDatabase(db =>
        {
            db.AddRange(items);
            return db.SaveChangesAsync();
        });

        using var more = await person.Client.PutAsync($"{Path}/{Guid.CreateVersion7()}", null);
        using var again = await person.Client.PutAsync($"{Path}/{items[0].ProductId}", null);

        await more.IsProblem(409, "wishlistFull");
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
    }

    private static async Task<IReadOnlyList<WishlistItemView>> List(Person person) =>
        (await person.Client.GetFromJsonAsync<WishlistView>(Path))!.Items;
}
