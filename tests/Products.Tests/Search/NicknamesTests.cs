namespace PlayStationStore.Products.Tests;

public sealed class NicknamesTests(SeededCatalogue catalogue)
{
    [Fact]
    public async Task Every_nickname_stands_for_something_in_the_catalogue()
    {
        var items = await catalogue.Walk("pageSize=100");
        var titles = items.SelectMany(item => new[] { item.GetProperty("name").GetString(), item.GetProperty("publisher").GetString() }).OfType<string>()
            .Distinct().Select(Forms).ToList();

        Assert.NotEmpty(Nicknames.All);
        Assert.All(Nicknames.All.Keys, name => Assert.Contains(titles, title => title.Contains(Forms(name), StringComparison.Ordinal)));

        static string Forms(string name) => $" {string.Join(' ', WordForms.OfTitle(SearchText.Words(name)))} ";
    }

    [Fact]
    public void Every_nickname_says_something_and_says_it_once()
    {
        Assert.All(Nicknames.All, entry =>
        {
            Assert.NotEmpty(entry.Value);
            var said = entry.Value.Select(SearchText.Fold).ToList();
            Assert.DoesNotContain("", said);
            Assert.Equal(said.Count, said.Distinct().Count());
        });
    }
}
