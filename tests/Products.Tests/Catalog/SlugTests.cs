using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Testing;

namespace PlayStationStore.Products.Tests;

public sealed class SlugTests(ProductsApplication app)
{
    private static int made;

    [Fact]
    public async Task After_a_rename_both_names_lead_to_the_product_on_every_replica()
    {
        await using var second = new StoreApplication<Program, ProductsDbContext>("products", ("ConnectionStrings:products", $"Data Source={app.DatabaseFile}"));
        using var client = app.Administrator();
        var (id, slug) = await Make(client, "Renamed qzw");
        foreach (var replica in new[] { app.Anonymous(), second.Anonymous() })
        {
            await ProductsApplication.Eventually(async () => await Slug(replica, slug) == slug, "the product is there under its first name");
        }

        await Rename(client, id, "Renamed qzw", $"{slug}-again");

        foreach (var replica in new[] { app.Anonymous(), second.Anonymous() })
        {
            // Each address is kept by itself, and may be a moment older than another.
            foreach (var address in new[] { slug, $"{slug}-again", id.ToString() })
            {
                await ProductsApplication.Eventually(async () => await Slug(replica, address) == $"{slug}-again", $"{address} tells the new name");
            }
        }

        await app.Listed("search=renamed%20qzw", list => list.GetProperty("items").EnumerateArray().Any(item => item.GetProperty("slug").GetString() == $"{slug}-again"));
    }

    [Fact]
    public async Task A_name_that_a_product_had_is_never_given_to_another_and_is_its_own_to_go_back_to()
    {
        using var client = app.Administrator();
        var (id, slug) = await Make(client, "Had before");
        await Rename(client, id, "Had before", $"{slug}-moved");

        Assert.Equal("slugTaken", (await (await client.PostAsJsonAsync("/api/products", Input("Another", slug))).IsProblem(409)).GetProperty("code").GetString());
        var (other, _) = await Make(client, "Another");
        await (await client.PutAsJsonAsync($"/api/products/{other}", Input("Another", slug))).IsProblem(409);
        var named = await (await client.PostAsJsonAsync("/api/products", Input(slug.Replace('-', ' '), null))).Json();
        Assert.StartsWith($"{slug}-", named.GetProperty("slug").GetString(), StringComparison.Ordinal);

        await Rename(client, id, "Had before", slug);
        Assert.Equal(slug, await Slug(client, $"{slug}-moved"));
    }

    [Fact]
    public async Task Of_a_rename_and_a_new_product_at_the_same_moment_one_has_the_name_for_ever()
    {
        using var client = app.Administrator();
        var renamed = new List<(Guid Id, string Slug)>();
        for (var number = 0; number < 4; number++)
        {
            renamed.Add(await Make(client, "Wanted"));
        }

        var wanted = $"{renamed[0].Slug}-wanted";
        var answers = await Task.WhenAll(renamed.Select(product => client.PutAsJsonAsync($"/api/products/{product.Id}", Input("Wanted", wanted)))
            .Concat(Enumerable.Range(0, 4).Select(_ => client.PostAsJsonAsync("/api/products", Input("Wanted", wanted)))));

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        Assert.All(answers.Where(answer => !answer.IsSuccessStatusCode), answer => Assert.Equal(409, (int)answer.StatusCode));
    }

    [Fact]
    public async Task Products_of_before_slugs_were_kept_have_theirs_after_the_next_migrate()
    {
        using var client = app.Administrator();
        var (id, slug) = await Make(client, "Of before");
        await app.InDatabase(database => database.ProductSlugs.Where(one => one.ProductId == id).ExecuteDeleteAsync());

        await app.InDatabase(CatalogueSeed.KeepSlugsAsync);

        Assert.Equal(slug, await Slug(client, slug));
    }

    private static async Task<string?> Slug(HttpClient client, string idOrSlug)
    {
        using var answer = await client.GetAsync($"/api/products/{idOrSlug}");
        return answer.IsSuccessStatusCode ? (await answer.Json()).GetProperty("slug").GetString() : null;
    }

    private static async Task<(Guid Id, string Slug)> Make(HttpClient client, string name)
    {
        using var answer = await client.PostAsJsonAsync("/api/products", Input(name, null));
        Assert.Equal(201, (int)answer.StatusCode);
        var product = await answer.Json();
        return (product.GetProperty("id").GetGuid(), product.GetProperty("slug").GetString()!);
    }

    private static async Task Rename(HttpClient client, Guid id, string name, string slug)
    {
        using var answer = await client.PutAsJsonAsync($"/api/products/{id}", Input(name, slug) with { Variants = null });
        Assert.Equal(slug, (await answer.Json()).GetProperty("slug").GetString());
    }

    private static NewProduct Input(string name, string? slug) =>
        new(name, slug, "game", "A game.", [new($"SLUG-{Interlocked.Increment(ref made)}", "PS5", true, 1_999)]);

    private sealed record NewProduct(string Name, string? Slug, string Kind, string Description, NewVariant[]? Variants);

    private sealed record NewVariant(string Sku, string Platform, bool Digital, long Price);
}
