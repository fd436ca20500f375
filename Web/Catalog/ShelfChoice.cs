namespace PlayStationStore.Web;

/// <summary>What a shelf shows of a longer list.</summary>
public static class ShelfChoice
{
    private static readonly string[] Breaks = [": ", " - ", " ("];

    /// <summary>The first products of different series, so that a shelf is not one game four times.</summary>
    /// <param name="items">The list in its order, or null where it could not be had.</param>
    /// <param name="count">The length of the shelf.</param>
    /// <returns>The shelf in the list's order, or null.</returns>
    public static IReadOnlyList<ProductItem>? OneOfASeries(IReadOnlyList<ProductItem>? items, int count) =>
        items is null ? null : [.. Apart(items.DistinctBy(item => SeriesOf(item.Name), StringComparer.Ordinal)).Take(count)];

    // Covers of a genre share a few compositions, so a shelf of several genres does not show one genre twice side by side: what would, waits
    // for the next place. A shelf of one genre keeps its order.
    private static IEnumerable<ProductItem> Apart(IEnumerable<ProductItem> items)
    {
        var waiting = items.ToList();
        string? before = null;
        while (waiting.Count > 0)
        {
            var next = waiting.Find(item => Art(item) != before) ?? waiting[0];
            waiting.Remove(next);
            before = Art(next);
            yield return next;
        }
    }

    // Some genres are drawn with the compositions of another, and Action-Adventure with those of either of its halves.
    private static string Art(ProductItem item) => item.Genre switch
    {
        null => item.Kind,
        "Action-Adventure" or "Adventure" or "Visual Novel" => "Action",
        "MMO" => "Role-Playing",
        "Party" => "Misc",
        var genre => genre,
    };

    /// <summary>What is new: releases of these weeks, and after them the latest of those that many have bought; nothing that is not out yet.</summary>
    /// <param name="newest">Products by release, or null where they could not be had.</param>
    /// <param name="best">Products by sales, or null where they could not be had.</param>
    /// <param name="now">The time.</param>
    /// <returns>The products, or null.</returns>
    public static IReadOnlyList<ProductItem>? Newest(IReadOnlyList<ProductItem>? newest, IReadOnlyList<ProductItem>? best, DateTimeOffset now) =>
        newest is null || best is null
            ? null
            : [.. newest.Where(item => CatalogWords.Tag(item, now) is not null).UnionBy(best.OrderByDescending(item => item.ReleaseDate), item => item.Id)
                .Where(item => !(item.ReleaseDate > DateOnly.FromDateTime(now.UtcDateTime)))];

    /// <summary>Products of several kinds in turn, so that each kind is seen at once.</summary>
    /// <param name="items">The list in its order, or null where it could not be had.</param>
    /// <param name="kinds">The kinds in the order of their turns.</param>
    /// <param name="count">The length of the shelf.</param>
    /// <returns>The shelf, or null.</returns>
    public static IReadOnlyList<ProductItem>? InTurn(IReadOnlyList<ProductItem>? items, IReadOnlyList<string> kinds, int count) =>
        items?.GroupBy(item => item.Kind)
            .SelectMany(kind => kind.Select((item, turn) => (item, turn)))
            .OrderBy(entry => entry.turn)
            .ThenBy(entry => kinds.TakeWhile(kind => kind != entry.item.Kind).Count())
            .Select(entry => entry.item)
            .Take(count)
            .ToList();

    /// <summary>The series that a title belongs to: its main part without subtitle and number.</summary>
    /// <param name="name">The title.</param>
    /// <returns>Lower-case letters and digits.</returns>
    public static string SeriesOf(string name)
    {
        var main = Breaks.Aggregate(name, (rest, mark) => rest.IndexOf(mark, StringComparison.Ordinal) is > 0 and var at ? rest[..at] : rest);
        var words = main.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var series = words.Length > 1 ? words.TakeWhile((word, index) => index == 0 || !IsNumber(word)) : words;
        return string.Concat(string.Concat(series).Where(char.IsLetterOrDigit)).ToLowerInvariant();
    }

    private static bool IsNumber(string word) => word.Any(char.IsAsciiDigit) || word.All(letter => letter is 'I' or 'V' or 'X');
}
