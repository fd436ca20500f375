using System.Net.Http.Json;
using System.Text.Json;

namespace PlayStationStore.Products.Tests;

public sealed class CategoriesTests(ProductsApplication app)
{
    [Fact]
    public async Task A_category_is_made_moved_renamed_and_removed()
    {
        using var client = app.Administrator();
        var (top, below) = (await Make(client, "Top"), await Make(client, "Below", parentId: null));

        var moved = await (await client.PutAsJsonAsync($"/api/categories/{Id(below)}", new { name = "Underneath", parentId = Id(top), position = 3, version = 1 })).Json();
        Assert.Equal(Id(top), moved.GetProperty("parentId").GetGuid());
        Assert.Equal("Underneath", moved.GetProperty("name").GetString());
        Assert.Equal(below.GetProperty("slug").GetString(), moved.GetProperty("slug").GetString());

        Assert.Equal("notEmpty", (await (await client.DeleteAsync($"/api/categories/{Id(top)}")).IsProblem(409)).GetProperty("code").GetString());
        Assert.Equal(204, (int)(await client.DeleteAsync($"/api/categories/{Id(below)}")).StatusCode);
        Assert.Equal(204, (int)(await client.DeleteAsync($"/api/categories/{Id(top)}")).StatusCode);
        await (await client.DeleteAsync($"/api/categories/{Id(top)}")).IsProblem(404);
    }

    [Fact]
    public async Task A_category_that_somebody_else_has_changed_is_not_overwritten()
    {
        using var client = app.Administrator();
        var shelf = await Make(client, "Changed by two");
        await client.PutAsJsonAsync($"/api/categories/{Id(shelf)}", new { name = "First", position = 1, version = 1 });

        await (await client.PutAsJsonAsync($"/api/categories/{Id(shelf)}", new { name = "Second", position = 1, version = 1 })).IsProblem(412);

        Assert.Equal("First", (await app.InDatabase(CategoryTree.ReadAsync)).Find(Id(shelf))!.Name);
    }

    [Fact]
    public async Task A_category_is_never_below_itself()
    {
        using var client = app.Administrator();
        var top = await Make(client, "Loop top");
        var middle = await Make(client, "Loop middle", Id(top));
        var bottom = await Make(client, "Loop bottom", Id(middle));

        foreach (var parent in new[] { top, middle, bottom })
        {
            using var answer = await client.PutAsJsonAsync($"/api/categories/{Id(top)}", new { name = "Loop top", parentId = Id(parent), position = 0 });
            Assert.True((await answer.IsProblem(400)).GetProperty("errors").TryGetProperty("parentId", out _));
        }
    }

    [Fact]
    public async Task Two_moves_at_the_same_moment_make_no_loop()
    {
        using var client = app.Administrator();
        var (one, other) = (await Make(client, "Crossing one"), await Make(client, "Crossing other"));

        await Task.WhenAll(
            client.PutAsJsonAsync($"/api/categories/{Id(one)}", new { name = "One", parentId = Id(other), position = 0 }),
            client.PutAsJsonAsync($"/api/categories/{Id(other)}", new { name = "Other", parentId = Id(one), position = 0 }));

        var tree = await app.InDatabase(CategoryTree.ReadAsync);
        Assert.Single(new[] { Id(one), Id(other) }, id => tree.Find(id)!.ParentId is not null);
    }

    [Fact]
    public async Task Whatever_is_moved_at_the_same_moment_every_category_has_a_top()
    {
        using var client = app.Administrator();
        var made = new List<Guid>();
        for (var number = 0; number < 6; number++)
        {
            made.Add(Id(await Make(client, $"Moved at random {number}")));
        }

        var random = new Random(20_261_126);
        var moves = Enumerable.Range(0, 60).Select(_ => (Id: made[random.Next(made.Count)], ParentId: made[random.Next(made.Count)])).ToList();
        var answers = await Task.WhenAll(moves.Select(move =>
            client.PutAsJsonAsync($"/api/categories/{move.Id}", new { name = "Moved", parentId = move.ParentId, position = 0 })));

        Assert.All(answers, answer => Assert.True((int)answer.StatusCode is 200 or 400, $"{(int)answer.StatusCode}"));
        Assert.Contains(answers, answer => (int)answer.StatusCode == 400);
        var tree = await app.InDatabase(CategoryTree.ReadAsync);
        foreach (var id in made)
        {
            var seen = new HashSet<Guid>();
            for (var next = tree.Find(id); next is not null; next = next.ParentId is { } parent ? tree.Find(parent) : null)
            {
                Assert.True(seen.Add(next.Id), "A category is above itself.");
            }
        }
    }

    [Theory]
    [InlineData("{}", "name")]
    [InlineData("{\"name\":\"\"}", "name")]
    [InlineData("{\"name\":7}", "name")]
    [InlineData("{\"name\":\"A\",\"slug\":\"Not a slug\"}", "slug")]
    [InlineData("{\"name\":\"A\",\"parentId\":\"x\"}", "parentId")]
    [InlineData("{\"name\":\"A\",\"parentId\":\"01941f29-7c00-7000-8000-000000000000\"}", "parentId")]
    [InlineData("{\"name\":\"A\",\"position\":-1}", "position")]
    [InlineData("{\"name\":\"A\",\"position\":1000000000}", "position")]
    public async Task A_category_that_makes_no_sense_is_refused(string body, string field)
    {
        using var client = app.Administrator();
        var known = await Make(client, "Known");

        foreach (var (method, address) in new[] { (HttpMethod.Post, "/api/categories"), (HttpMethod.Put, $"/api/categories/{Id(known)}") })
        {
            using var answer = await client.SendAsync(new(method, address) { Content = new StringContent(body, null, "application/json") });
            Assert.True((await answer.IsProblem(400)).GetProperty("errors").TryGetProperty(field, out _));
        }
    }

    [Fact]
    public async Task A_taken_slug_is_a_conflict()
    {
        using var client = app.Administrator();
        var known = await Make(client, "Taken");

        var other = await Make(client, "Other");

        var slug = known.GetProperty("slug").GetString();
        foreach (var refused in new[]
        {
            await client.PostAsJsonAsync("/api/categories", new { name = "Third", slug }),
            await client.PutAsJsonAsync($"/api/categories/{Id(other)}", new { name = "Other", slug }),
        })
        {
            Assert.Equal("slugTaken", (await refused.IsProblem(409)).GetProperty("code").GetString());
        }

        Assert.Equal(200, (int)(await client.PutAsJsonAsync($"/api/categories/{Id(known)}", new { name = "Still taken", slug })).StatusCode);
    }

    private static int made;

    private static async Task<JsonElement> Make(HttpClient client, string name, Guid? parentId = null)
    {
        using var answer = await client.PostAsJsonAsync("/api/categories", new { name, slug = $"made-{Interlocked.Increment(ref made)}", parentId, position = 0 });
        Assert.Equal(201, (int)answer.StatusCode);
        return await answer.Json();
    }

    private static Guid Id(JsonElement category) => category.GetProperty("id").GetGuid();
}
