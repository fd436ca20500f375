using System.Globalization;
using System.Text.Json;

namespace PlayStationStore.Products.Tests;

/// <summary>A query with the products that a shopper who types it wants to see first.</summary>
/// <param name="Group">What is hard about it.</param>
/// <param name="Best">Names of what must come first.</param>
/// <param name="Good">Names of what should be near.</param>
public sealed record JudgedQuery(string Group, string Text, IReadOnlyList<string> Best, IReadOnlyList<string> Good)
{
    /// <summary>Reads a set: a line a query, its columns parted by tabs, names by bars.</summary>
    public static List<JudgedQuery> Read(string file)
    {
        using var reader = new StreamReader(typeof(JudgedQuery).Assembly.GetManifestResourceStream(file)!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split('\t'))
            .Select(columns => new JudgedQuery(columns[0], columns[1], Names(columns[2]), columns.Length > 3 ? Names(columns[3]) : []))];
    }

    private static string[] Names(string column) => column.Split(" | ", StringSplitOptions.TrimEntries);
}

/// <summary>Scores what a search shows against what was judged, by nDCG@10.</summary>
/// <param name="items">Every product of the catalogue, as lists show them.</param>
public sealed class Judge(IEnumerable<JsonElement> items)
{
    private const int Depth = 10;
    private const int BestGain = 7;
    private const int GoodGain = 1;

    private readonly ILookup<string, Guid> byName = items.SelectMany(item => Keys(item).Select(key => (key, Id: item.GetProperty("id").GetGuid())))
        .ToLookup(one => one.key, one => one.Id);

    /// <summary>The names that nothing in the catalogue has.</summary>
    public IEnumerable<string> Unknown(JudgedQuery query) => query.Best.Concat(query.Good).Where(name => !byName.Contains(Key(name)));

    /// <summary>1 where everything that was judged is shown first, 0 where nothing of it is on the first page.</summary>
    public double Score(JudgedQuery query, IEnumerable<Guid> shown)
    {
        var gains = query.Good.SelectMany(name => byName[Key(name)]).Distinct().ToDictionary(id => id, _ => GoodGain);
        foreach (var id in query.Best.SelectMany(name => byName[Key(name)]))
        {
            gains[id] = BestGain;
        }

        return Sum(shown.Select(id => gains.GetValueOrDefault(id))) / Sum(gains.Values.OrderDescending());
    }

    private static double Sum(IEnumerable<int> gains) => gains.Take(Depth).Select((gain, place) => gain / Math.Log2(place + 2)).Sum();

    // Titles that come back are told apart by their year: "God of War [2018]".
    private static IEnumerable<string> Keys(JsonElement item)
    {
        var name = SearchText.Fold(item.GetProperty("name").GetString()!);
        yield return name;
        if (item.GetProperty("releaseDate").GetString() is { } date)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{name} [{date[..4]}]");
        }
    }

    private static string Key(string name) =>
        name.EndsWith(']') && name.LastIndexOf(" [", StringComparison.Ordinal) is > 0 and var at && int.TryParse(name[(at + 2)..^1], CultureInfo.InvariantCulture, out var year)
            ? string.Create(CultureInfo.InvariantCulture, $"{SearchText.Fold(name[..at])} [{year}]")
            : SearchText.Fold(name);
}
