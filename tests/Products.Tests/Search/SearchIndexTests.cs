using Microsoft.Extensions.Logging.Abstractions;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products.Tests;

/// <summary>The files of the index: what a killed replica, or a second one, finds.</summary>
public sealed class SearchIndexTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly string root = Directory.CreateTempSubdirectory("store-index-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void A_saved_index_is_found_again_with_the_instant_it_follows()
    {
        using (var index = Open())
        {
            Assert.Null(index.AsOf);
            index.Update([Some("One"), Some("Two")], []);
            index.Save(Noon);
        }

        using var again = Open();
        Assert.Equal(Noon, again.AsOf);
        Assert.Equal(2, again.Count);
    }

    [Fact]
    public void What_was_not_saved_is_not_there_after_a_kill()
    {
        using (var index = Open())
        {
            index.Update([Some("Saved")], []);
            index.Save(Noon);
            index.Update([Some("Lost"), Some("Lost too")], []);
        }

        using var again = Open();
        Assert.Equal(1, again.Count);
    }

    [Fact]
    public void Whenever_a_replica_is_killed_its_files_are_one_of_the_saved_states()
    {
        var states = new Dictionary<string, int>();
        using (var index = Open())
        {
            for (var saves = 0; saves < 8; saves++)
            {
                index.Update(Enumerable.Range(0, 50).Select(number => Some($"Game {saves} {number}")), []);
                states[Killed()] = saves;
                index.Refresh();
                states[Killed()] = saves;
                index.Save(Noon.AddMinutes(saves + 1));
                states[Killed()] = saves + 1;
            }

            // A rebuild that is not yet done.
            index.Update([Some("New")], index.Ids());
            index.Refresh();
            states[Killed()] = 8;
        }

        foreach (var (folder, saves) in states)
        {
            using var again = SearchIndex.Open(folder, NullLogger.Instance);
            Assert.Equal((saves == 0 ? null : Noon.AddMinutes(saves), 50 * saves), (again.AsOf, again.Count));
        }

        // What is on the disk while the writer still has it open, which is what a kill leaves.
        string Killed()
        {
            var copy = Path.Combine(root, $"killed-{states.Count}");
            var to = Directory.CreateDirectory(Path.Combine(copy, "search-index-0"));
            foreach (var file in Directory.GetFiles(Path.Combine(root, "search-index-0")))
            {
                File.Copy(file, Path.Combine(to.FullName, Path.GetFileName(file)));
            }

            return copy;
        }
    }

    [Theory]
    [InlineData("*.fdt")]
    [InlineData("*.si")]
    [InlineData("segments_*")]
    public void Files_that_were_cut_short_are_replaced_by_an_empty_index(string pattern)
    {
        using (var index = Open())
        {
            index.Update([Some("One"), Some("Two")], []);
            index.Save(Noon);
        }

        foreach (var file in Directory.GetFiles(Path.Combine(root, "search-index-0"), pattern))
        {
            using var stream = new FileStream(file, FileMode.Open);
            stream.SetLength(stream.Length / 2);
        }

        using var again = Open();
        Assert.Null(again.AsOf);
        Assert.Equal(0, again.Count);
    }

    [Fact]
    public void A_second_replica_has_an_index_of_its_own()
    {
        using var first = Open();
        first.Update([Some("One")], []);
        first.Save(Noon);

        using var second = Open();

        Assert.Equal(0, second.Count);
        Assert.Equal(2, Directory.GetDirectories(root).Length);
    }

    [Fact]
    public void Readers_see_what_was_there_until_what_changed_is_shown()
    {
        using var index = Open();
        index.Update([Some("Old")], []);
        index.Refresh();
        index.Update([Some("New"), Some("Newer")], index.Ids());

        Assert.Equal(1, index.Read(view => view.IndexReader.NumDocs));
        index.Refresh();
        Assert.Equal(2, index.Read(view => view.IndexReader.NumDocs));
    }

    [Fact]
    public async Task What_many_changes_have_left_is_merged_into_few_segments_and_finds_the_same()
    {
        List<Guid> ids;
        using (var index = Open())
        {
            for (var change = 0; change < 10; change++)
            {
                index.Update([Some($"Game {change}")], []);
                index.Refresh();
            }

            ids = index.Ids();
            Assert.Equal(10, index.Segments);

            Assert.True(index.Tidy());

            await ProductsApplication.Eventually(
                () =>
                {
                    index.Refresh();
                    return Task.FromResult(index.Segments <= 4);
                },
                "they are merged");
            Assert.False(index.Tidy());
            Assert.Equal(ids.Order(), index.Ids().Order());
            index.Save(Noon);
        }

        using var again = Open();
        Assert.Equal(ids.Order(), again.Ids().Order());
    }

    private SearchIndex Open() => SearchIndex.Open(root, NullLogger.Instance);

    private static IndexedProduct Some(string name) => new(
        new ProductItem(
            Guid.CreateVersion7(), Slug.From(name), name, ProductKind.Game, "SKU", ["PS4"], null, null, null, new Money(100, "USD"), null, 0, null, null, 0, true, "", null, null),
        new Dictionary<Region, IndexedOffer>(), 1, [], [], 0, [], [(Facet.Kind, "game")]);
}
