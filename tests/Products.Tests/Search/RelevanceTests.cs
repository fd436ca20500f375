using System.Globalization;

namespace PlayStationStore.Products.Tests;

/// <summary>
/// How good the search is, by two judged sets: one that was looked at while the ranking was made, and one that was held out. A change that
/// makes it worse fails here; one that makes it better raises the floors. <c>docs/search.md</c> tells how the sets were made.
/// </summary>
public sealed class RelevanceTests(SeededCatalogue catalogue) : IAsyncLifetime
{
    private const string Judged = "judged-queries.tsv";
    private const string HeldOut = "held-out-queries.tsv";

    private static readonly Dictionary<string, (double Judged, double HeldOut)> Floors = new()
    {
        ["exact"] = (0.99, 0.98),
        ["part"] = (0.99, 0.99),
        ["subtitle"] = (0.99, 0.99),
        ["prefix"] = (0.99, 0.98),
        ["misspelt"] = (0.98, 0.97),
        ["accents"] = (0.99, 0.99),
        ["forms"] = (0.99, 0.99),
        ["numerals"] = (0.99, 0.99),
        ["nicknames"] = (0.98, 0.97),
        ["stopwords"] = (0.99, 0.99),
        ["series"] = (0.94, 0.99),
        ["publisher"] = (0.87, 0.74),
        ["languages"] = (0.96, 0.92),
        ["platforms"] = (0.99, 0.99),
        ["years"] = (0.99, 0.99),
        ["order"] = (0.95, 0.98),
        ["joined"] = (0.99, 0.99),
        ["punctuation"] = (0.99, 0.99),
        ["goods"] = (0.99, 0.99),
        ["all"] = (0.98, 0.97),
    };

    private Judge judge = null!;

    public async ValueTask InitializeAsync() => judge = new Judge(await catalogue.Walk("pageSize=100"));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void Every_name_that_was_judged_is_in_the_catalogue()
    {
        var sets = JudgedQuery.Read(Judged).Concat(JudgedQuery.Read(HeldOut)).ToList();

        Assert.True(sets.Count > 220);
        Assert.Empty(sets.SelectMany(query => judge.Unknown(query).Select(name => $"{query.Text}: {name}")));
        Assert.Equal(sets.Count, sets.Select(query => query.Text).Distinct().Count());
    }

    [Theory]
    [InlineData(Judged)]
    [InlineData(HeldOut)]
    public async Task What_is_meant_comes_first_no_less_often_than_before(string file)
    {
        var scores = new List<(JudgedQuery Query, double Score, List<string?> Names)>();
        foreach (var query in JudgedQuery.Read(file))
        {
            var list = await catalogue.Get($"/api/products?pageSize=10&search={Uri.EscapeDataString(query.Text)}");
            scores.Add((query, judge.Score(query, list.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid())), list.Names()));
        }

        var lines = scores.GroupBy(one => one.Query.Group).Select(group => (Group: group.Key, Score: group.Average(one => one.Score), Count: group.Count()))
            .Append((Group: "all", Score: scores.Average(one => one.Score), scores.Count)).ToList();
        if (Environment.GetEnvironmentVariable("SEARCH_REPORT") is { } folder)
        {
            await Report(folder, file, lines, scores);
        }

        Assert.All(lines, line => Assert.True(
            line.Score >= (file == Judged ? Floors[line.Group].Judged : Floors[line.Group].HeldOut),
            string.Create(CultureInfo.InvariantCulture, $"{line.Group} of {file} fell to {line.Score:F3}.")));
    }

    // Who looks at what was held out, line by line, has tuned to it: so only the other set's misses are told.
    private static async Task Report(
        string folder, string file, IEnumerable<(string Group, double Score, int Count)> lines, IEnumerable<(JudgedQuery Query, double Score, List<string?> Names)> scores)
    {
        await File.WriteAllLinesAsync(Path.Combine(folder, file), lines.Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.Group}\t{line.Count}\t{line.Score:F3}")));
        if (file == Judged)
        {
            await File.WriteAllLinesAsync(Path.Combine(folder, "misses.tsv"), scores.Where(one => one.Score < 0.999).OrderBy(one => one.Score)
                .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Query.Group}\t{one.Query.Text}\t{one.Score:F2}\t{string.Join(" | ", one.Names)}")));
        }
    }
}
