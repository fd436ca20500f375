using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using PlayStationStore.Contracts;
using PlayStationStore.Testing;

namespace PlayStationStore.Products.Tests;

/// <summary>Products that nobody but staff sees before their instant. The clock is this class's own.</summary>
public sealed class PublishingTests(PublishingTests.Store store) : IClassFixture<PublishingTests.Store>
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(3);
    private static int made;

    [Fact]
    public async Task Nobody_but_staff_sees_it_before_its_instant_and_everybody_from_then_on()
    {
        await using var second = new StoreApplication<Program, ProductsDbContext>("products", ("ConnectionStrings:products", $"Data Source={store.DatabaseFile}"));
        second.Later(store.Clock.GetUtcNow() - second.Clock.GetUtcNow());
        using var administrator = store.Administrator();
        var (name, sku) = ($"Announced qvz {made}", $"PUBLISH-{Interlocked.Increment(ref made)}");
        var product = await Make(administrator, name, sku, store.Clock.GetUtcNow() + Ahead);
        var (id, slug) = (product.GetProperty("id").GetGuid(), product.GetProperty("slug").GetString()!);
        // Something else that changed after it: what an index shows now, it could have shown of this too.
        await store.MakeDigital($"Marker {sku}");
        await store.Found($"Marker {sku}");

        Assert.Equal(store.Clock.GetUtcNow() + Ahead, product.GetProperty("publishAt").GetDateTimeOffset());
        using var staff = store.ClientOf(TestUser.Staff());
        Assert.Contains(name, (await staff.GetFromJsonAsync<JsonElement>($"/api/admin/products?search={Uri.EscapeDataString(name)}")).Names());
        string[] addresses =
        [
            $"/api/products/{id}", $"/api/products/{slug}", $"/api/products/{id}/image", $"/api/products/{id}/hero", $"/api/products/{id}/title", $"/api/products/{id}/image?width=320",
            $"/api/products/{id}/reviews",
        ];
        string[] lists = [$"/api/products?search={Uri.EscapeDataString(name)}&publisher=Secret%20House", $"/api/products/suggest?q={Uri.EscapeDataString(name)}", $"/api/products/variants?sku={sku}"];
        foreach (var replica in new[] { store.Anonymous(), second.Anonymous() })
        {
            foreach (var address in addresses)
            {
                Assert.Equal((address, 404), (address, (int)(await replica.GetAsync(address)).StatusCode));
            }

            foreach (var list in lists)
            {
                Assert.DoesNotContain(name, await replica.GetStringAsync(list), StringComparison.Ordinal);
            }
        }

        Assert.Equal("unknown", Assert.Single((await Ordered<StockRejected>(sku)).Lines).Reason);
        Assert.Empty(await store.InDatabase(database => Task.FromResult(database.Reservations.Where(one => one.State == ReservationState.Held).ToList())));

        second.Later(Ahead);
        store.Later(Ahead);
        foreach (var replica in new[] { store.Anonymous(), second.Anonymous() })
        {
            foreach (var address in addresses)
            {
                Assert.Equal((address, 200), (address, (int)(await replica.GetAsync(address)).StatusCode));
            }

            foreach (var list in lists)
            {
                await ProductsApplication.Eventually(async () => (await replica.GetStringAsync(list)).Contains(name, StringComparison.Ordinal), $"{list} has it");
            }
        }

        Assert.Equal(sku, Assert.Single((await Ordered<StockReserved>(sku)).Lines).Sku);
    }

    [Fact]
    public async Task Other_services_are_told_of_it_at_its_instant_and_not_before()
    {
        using var administrator = store.Administrator();
        var sku = $"PUBLISH-{Interlocked.Increment(ref made)}";
        var product = await Make(administrator, "Told of in time", sku, store.Clock.GetUtcNow() + Ahead);
        await store.Deliver<OffersRequestedConsumer, OffersRequested>(new OffersRequested([product.GetProperty("id").GetGuid()]));
        Assert.DoesNotContain(store.Broker.Published.Select<OffersChanged>(), told => told.Context.Message.Offers.Any(offer => offer.Sku == sku));

        store.Later(Ahead);

        Assert.True(Assert.Single((await store.Published<OffersChanged>(told => told.Offers.Any(offer => offer.Sku == sku))).Offers).Sold);
    }

    [Fact]
    public async Task A_replica_that_was_away_across_the_instant_shows_it_when_it_is_back()
    {
        using var administrator = store.Administrator();
        var (name, sku) = ($"Slept through it qvz {made}", $"PUBLISH-{Interlocked.Increment(ref made)}");
        var folder = Directory.CreateTempSubdirectory("store-publish-");
        try
        {
            await using (var before = Replica(folder.FullName))
            {
                await Make(administrator, name, sku, store.Clock.GetUtcNow() + TimeSpan.FromHours(1));
                await store.MakeDigital($"Marker {sku}");
                using var client = before.Anonymous();
                await ProductsApplication.Eventually(async () => await Total(client, $"Marker {sku}", "Test House") > 0, "the replica follows");
                Assert.Equal(0, await Total(client, name, "Secret House"));
            }

            store.Later(TimeSpan.FromHours(1));
            await using var after = Replica(folder.FullName);
            using var reader = after.Anonymous();

            await ProductsApplication.Eventually(async () => await Total(reader, name, "Secret House") > 0, "the product is there after the restart");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_instant_is_moved_until_it_has_come_and_what_shoppers_saw_is_not_hidden()
    {
        using var administrator = store.Administrator();
        var sku = $"PUBLISH-{Interlocked.Increment(ref made)}";
        var product = await Make(administrator, "Moved about", sku, store.Clock.GetUtcNow() + Ahead);
        var address = $"/api/products/{product.GetProperty("id").GetGuid()}";
        using var reader = store.Anonymous();

        var later = await (await administrator.PutAsJsonAsync(address, Input("Moved about", null, store.Clock.GetUtcNow() + (2 * Ahead)))).Json();
        Assert.Equal(store.Clock.GetUtcNow() + (2 * Ahead), later.GetProperty("publishAt").GetDateTimeOffset());
        var kept = await (await administrator.PutAsJsonAsync(address, Input("Moved about", null, null))).Json();
        Assert.Equal(later.GetProperty("publishAt").GetDateTimeOffset(), kept.GetProperty("publishAt").GetDateTimeOffset());
        Assert.Equal(404, (int)(await reader.GetAsync(address)).StatusCode);

        var now = await (await administrator.PutAsJsonAsync(address, Input("Moved about", null, store.Clock.GetUtcNow()))).Json();
        Assert.False(now.TryGetProperty("publishAt", out _));
        Assert.Equal(200, (int)(await reader.GetAsync(address)).StatusCode);
        var hidden = await (await administrator.PutAsJsonAsync(address, Input("Moved about", null, store.Clock.GetUtcNow() + Ahead))).IsProblem(400);
        Assert.True(hidden.GetProperty("errors").TryGetProperty("publishAt", out _));
    }

    private StoreApplication<Program, ProductsDbContext> Replica(string folder)
    {
        var replica = new StoreApplication<Program, ProductsDbContext>(
            "products", ("ConnectionStrings:products", $"Data Source={store.DatabaseFile}"), ("Store:DataFolder", folder));
        replica.Later(store.Clock.GetUtcNow() - replica.Clock.GetUtcNow());
        return replica;
    }

    private static async Task<int> Total(HttpClient client, string name, string publisher) =>
        (await client.GetFromJsonAsync<JsonElement>($"/api/products?search={Uri.EscapeDataString(name)}&publisher={Uri.EscapeDataString(publisher)}")).GetProperty("total").GetInt32();

    private async Task<T> Ordered<T>(string sku)
        where T : class
    {
        var order = new OrderSubmitted(Guid.CreateVersion7(), "N", Guid.NewGuid(), "USD", [new(sku, 1, 1_999)], store.Clock.GetUtcNow());
        await store.Deliver<OrderSubmittedConsumer, OrderSubmitted>(order);
        return await store.Published<T>(answer => answer is StockRejected rejected && rejected.OrderId == order.OrderId || answer is StockReserved reserved && reserved.OrderId == order.OrderId);
    }

    private static async Task<JsonElement> Make(HttpClient client, string name, string sku, DateTimeOffset publishAt)
    {
        using var answer = await client.PostAsJsonAsync("/api/products", Input(name, sku, publishAt));
        Assert.Equal(201, (int)answer.StatusCode);
        return await answer.Json();
    }

    private static JsonObject Input(string name, string? sku, DateTimeOffset? publishAt) => new()
    {
        ["name"] = name,
        ["kind"] = "game",
        ["publisher"] = "Secret House",
        ["description"] = "A game.",
        ["publishAt"] = publishAt?.ToString("O"),
        ["variants"] = sku is null ? null : new JsonArray(new JsonObject { ["sku"] = sku, ["platform"] = "PS5", ["digital"] = true, ["price"] = 1_999 }),
    };

    /// <summary>A store whose clock these tests move.</summary>
    public sealed class Store : ProductsApplication;
}
