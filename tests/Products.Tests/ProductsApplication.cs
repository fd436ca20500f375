using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PlayStationStore.Products;
using PlayStationStore.Products.Tests;
using PlayStationStore.ServiceDefaults;
using PlayStationStore.Testing;

[assembly: AssemblyFixture(typeof(SqlServerQueries<ProductsDbContext>))]
[assembly: AssemblyFixture(typeof(ProductsApplication))]
[assembly: AssemblyFixture(typeof(SeededCatalogue))]

namespace PlayStationStore.Products.Tests;

/// <summary>A store without the charts' games; each test makes the products it needs, under names of its own.</summary>
public class ProductsApplication() : StoreApplication<Program, ProductsDbContext>("products", ("Store:OperatorKey", OperatorKey))
{
    public const string OperatorKey = "the operators' key";

    private int made;

    public HttpClient Administrator() => ClientOf(TestUser.Administrator());

    /// <summary>Makes a product with one variant.</summary>
    public Task<Made> MakeDigital(string name, long price = 1_999, string platform = "PS4") => Make(name, new(platform, null, true, []), price, 0);

    /// <summary>Makes a product with one variant that has stock.</summary>
    public Task<Made> MakePhysical(string name, int stock, long price = 4_999) => Make(name, new(null, null, false, []), price, stock);

    public Task Change(Func<ProductsDbContext, Task> change) => InDatabase(async database =>
    {
        await change(database);
        await database.SaveChangesAsync();
    });

    /// <summary>Waits until a list says what is expected.</summary>
    public async Task<JsonElement> Listed(string query, Predicate<JsonElement> expected)
    {
        using var client = Anonymous();
        JsonElement list = default;
        await Eventually(async () => expected(list = await client.GetFromJsonAsync<JsonElement>($"/api/products?{query}")), $"the list of {query} is as expected");
        return list;
    }

    /// <summary>Waits until a product is found by its name.</summary>
    public Task<JsonElement> Found(string name) =>
        Listed($"search={Uri.EscapeDataString(name)}", list => list.GetProperty("items").EnumerateArray().Any(item => item.GetProperty("name").GetString() == name));

    private async Task<Made> Make(string name, VariantDetails variant, long price, int stock)
    {
        var sku = $"TEST-{Interlocked.Increment(ref made)}";
        var product = Product.Create(Guid.CreateVersion7(), $"{Slug.From(name)}-{made}", Details(name), Clock.GetUtcNow());
        var added = product.AddVariant(sku, variant);
        added.SetPrice(Region.Default, new PriceTag(price));
        added.Stock?.Count(stock);
        await Change(database =>
        {
            database.Add(product);
            database.MarkChanged(product.Id, Clock.GetUtcNow());
            return Task.CompletedTask;
        });
        return new(product.Id, product.Slug, sku);
    }

    public static ProductDetails Details(string name) => new(name, ProductKind.Game, "Action", "Test House", new DateOnly(2020, 1, 1), "A game.", ["English"], []);

    public sealed record Made(Guid Id, string Slug, string Sku);
}

/// <summary>A store with everything that <c>migrate</c> plants; tests only read it.</summary>
public sealed class SeededCatalogue : IAsyncLifetime
{
    public StoreApplication<Program, ProductsDbContext> App { get; } = new("products");

    public async ValueTask InitializeAsync()
    {
        await using var scope = App.Services.CreateAsyncScope();
        await CatalogueSeed.PlantAsync(scope.ServiceProvider);
        using var client = App.Anonymous();
        await StoreApplication<Program, ProductsDbContext>.Eventually(
            async () => (await client.GetFromJsonAsync<JsonElement>("/api/products?pageSize=1")).GetProperty("total").GetInt32() > 6_000, "the catalogue is indexed");
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    public async Task<JsonElement> Get(string address)
    {
        using var client = App.Anonymous();
        return await client.GetFromJsonAsync<JsonElement>(address);
    }

    /// <summary>Walks a list to its end.</summary>
    public async Task<List<JsonElement>> Walk(string query)
    {
        var items = new List<JsonElement>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await Get($"/api/products?{query}{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}");
            items.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString();
        }

        return items;
    }
}

internal static class Answers
{
    public static async Task<JsonElement> Json(this HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>());

    /// <summary>The answer is a problem document with a status.</summary>
    public static async Task<JsonElement> IsProblem(this HttpResponseMessage answer, int status)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Json();
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        return problem;
    }

    public static List<string?> Names(this JsonElement list) => [.. list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString())];
}
