using System.Net.Http.Json;
using System.Text.Json;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PlayStationStore.ServiceDefaults;
using PlayStationStore.Testing;

namespace PlayStationStore.Products.Tests;

/// <summary>How an index follows the database, across kills and rebuilds. The catalogue is this class's own.</summary>
public sealed class FollowingTests(FollowingTests.Store store) : IClassFixture<FollowingTests.Store>, IDisposable
{
    private int asked;
    private readonly string root = Directory.CreateTempSubdirectory("store-follow-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task What_a_killed_replica_had_not_saved_it_follows_again()
    {
        var (game, sku) = await Make("Killed and back", 1_000);
        using (var index = SearchIndex.Open(root, NullLogger.Instance))
        {
            var log = new ChangeLog(index, store.Clock);
            await Follow(log);
            log.Save();
            await SetPrice(game, sku, 2_000);
            Assert.True(await Follow(log));
            Assert.Equal(2_000, PriceIn(index, game));
        }

        using var again = SearchIndex.Open(root, NullLogger.Instance);
        Assert.Equal(1_000, PriceIn(again, game));
        await SetPrice(game, sku, 3_000);
        Assert.True(await Follow(new ChangeLog(again, store.Clock)));

        Assert.Equal(3_000, PriceIn(again, game));
    }

    [Fact]
    public async Task A_change_is_seen_at_the_next_look_and_looked_for_once()
    {
        var (game, sku) = await Make("Looked at once", 1_000);
        using var index = SearchIndex.Open(root, NullLogger.Instance);
        var log = new ChangeLog(index, store.Clock);
        await Follow(log);
        await SetPrice(game, sku, 1_500);

        Assert.True(await Follow(log));
        Assert.Equal(1_500, PriceIn(index, game));
        Assert.False(await Follow(log));
    }

    [Fact]
    public async Task While_the_index_is_rebuilt_a_change_is_seen_at_the_next_look()
    {
        var (game, sku) = await Make("Changed in the middle", 1_000);
        await Make("Another in the middle", 1_000);
        using var index = SearchIndex.Open(root, NullLogger.Instance);
        var log = new ChangeLog(index, store.Clock) { BatchSize = 1 };
        await FollowToTheEnd(log);
        await Follow(log, rebuild: true);
        Assert.True(log is { IsRebuilding: true, IsComplete: true, Unsaved: false });

        await SetPrice(game, sku, 2_000);
        Assert.True(await Follow(log));

        Assert.True(log.IsRebuilding);
        Assert.Equal(2_000, PriceIn(index, game));
        await FollowToTheEnd(log);
        Assert.True(log.Unsaved);
        Assert.Equal(2_000, PriceIn(index, game));
    }

    [Fact]
    public async Task Sales_are_counted_once_a_minute_some_at_each_look_and_shown_when_all_of_them_are()
    {
        Guid[] games = [(await Make("Sold once", 1_000)).Id, (await Make("Sold too", 1_000)).Id];
        using var index = SearchIndex.Open(root, NullLogger.Instance);
        var log = new ChangeLog(index, store.Clock) { BatchSize = 1 };
        await FollowToTheEnd(log);
        await store.InDatabase(database => database.Products.Where(product => games.Contains(product.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(product => product.LastSoldAt, store.Clock.GetUtcNow())));
        Assert.False(await Follow(log));

        store.Later(TimeSpan.FromMinutes(1));

        Assert.False(await Follow(log));
        Assert.True(await Follow(log));
        store.Later(TimeSpan.FromSeconds(59));
        Assert.False(await Follow(log));
    }

    [Fact]
    public async Task What_the_database_does_not_have_is_gone_after_a_rebuild()
    {
        var (game, _) = await Make("Not of this database", 1_000);
        using var index = SearchIndex.Open(root, NullLogger.Instance);
        var log = new ChangeLog(index, store.Clock);
        await FollowToTheEnd(log);
        var others = index.Count - 1;
        await store.InDatabase(async database => await database.Products.Where(product => product.Id == game).ExecuteDeleteAsync());

        await Follow(log, rebuild: true);
        await FollowToTheEnd(log);

        Assert.DoesNotContain(game, index.Ids());
        Assert.Equal(others, index.Count);
    }

    [Fact]
    public async Task While_the_index_is_rebuilt_every_search_finds()
    {
        await Make("Always findable", 1_000);
        using var client = store.Anonymous();
        await StoreApplication<Program, ProductsDbContext>.Eventually(async () => await Total(client) == 1, "the game is found");
        var follower = store.Services.GetRequiredService<IndexFollower>();
        for (var rebuild = 0; rebuild < 5; rebuild++)
        {
            var rebuilt = follower.RebuildAsync();
            do
            {
                // Other filters each time, so that no kept answer hides a pause.
                Assert.Equal(1, await Total(client));
            }
            while (!rebuilt.IsCompleted);
            Assert.True(await rebuilt >= 1);
        }
    }

    [Fact]
    public async Task An_index_is_tidied_when_it_rests_and_not_while_it_is_written()
    {
        using var index = SearchIndex.Open(root, NullLogger.Instance);
        var log = new ChangeLog(index, store.Clock);
        await FollowToTheEnd(log);
        for (var change = 0; index.Segments <= 8; change++)
        {
            await Make($"One of many changes {change}", 1_000);
            await Follow(log);
        }

        var written = index.Segments;
        await Follow(log);
        Assert.Equal(written, index.Segments);

        await StoreApplication<Program, ProductsDbContext>.Eventually(
            async () =>
            {
                store.Clock.Advance(TimeSpan.FromSeconds(11));
                // It changes nothing that is shown.
                Assert.False(await Follow(log));
                return index.Segments <= 4;
            },
            "the index is tidied");
        Assert.True(log.Unsaved);
    }

    private async Task<int> Total(HttpClient client) =>
        (await client.GetFromJsonAsync<JsonElement>($"/api/products?search=always+findable&minPrice={Interlocked.Increment(ref asked) % 900}")).GetProperty("total").GetInt32();

    private async Task<bool> Follow(ChangeLog log, bool rebuild = false)
    {
        var changed = false;
        await store.InDatabase(async database => changed = await log.FollowAsync(database, new CatalogueReader(database, store.Clock, JsonSerializerOptions.Web), rebuild));
        return changed;
    }

    private async Task FollowToTheEnd(ChangeLog log)
    {
        do
        {
            await Follow(log);
        }
        while (log.IsRebuilding);
    }

    private async Task<(Guid Id, string Sku)> Make(string name, long price)
    {
        var product = Product.Create(Guid.CreateVersion7(), Slug.From(name), ProductsApplication.Details(name), store.Clock.GetUtcNow());
        var sku = $"FOLLOW-{Slug.From(name)}".ToUpperInvariant();
        product.AddVariant(sku, new("PS4", null, true, [])).SetPrice(Region.Default, new PriceTag(price));
        await store.InDatabase(async database =>
        {
            database.Add(product);
            database.MarkChanged(product.Id, store.Clock.GetUtcNow());
            await database.SaveChangesAsync();
        });
        return (product.Id, sku);
    }

    private Task SetPrice(Guid game, string sku, long price) => store.InDatabase(async database =>
    {
        var variant = await database.Variants.Include(variant => variant.Prices).SingleAsync(variant => variant.Sku == sku);
        variant.SetPrice(Region.Default, new PriceTag(price));
        database.MarkChanged(game, store.Clock.GetUtcNow());
        await database.SaveChangesAsync();
    });

    private static long PriceIn(SearchIndex index, Guid game)
    {
        index.Refresh();
        return index.Read(view =>
        {
            var found = view.Search(new TermQuery(new Term(IndexFields.Id, game.ToString())), 1).ScoreDocs.Single();
            var leaf = view.IndexReader.Leaves[ReaderUtil.SubIndex(found.Doc, view.IndexReader.Leaves)];
            return leaf.AtomicReader.GetNumericDocValues(IndexFields.PriceIn(Region.Default)).Get(found.Doc - leaf.DocBase);
        });
    }

    /// <summary>A store with what these tests make.</summary>
    public sealed class Store() : StoreApplication<Program, ProductsDbContext>("products");
}
