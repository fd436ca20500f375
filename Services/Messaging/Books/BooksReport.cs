using Microsoft.EntityFrameworkCore;

namespace PlayStationStore.Messaging;

/// <summary>Whether the books of one service are right.</summary>
public sealed record BooksReport(bool Ok, IReadOnlyList<BooksCheck> Checks);

/// <summary>One thing that must hold.</summary>
/// <param name="Detail">What was found, in words.</param>
public sealed record BooksCheck(string Name, bool Ok, string Detail)
{
    /// <summary>Counts what breaks a rule.</summary>
    /// <typeparam name="TKey">How one of them is named, such as its identifier.</typeparam>
    /// <param name="name">The rule, in a word for programs.</param>
    /// <param name="what">What breaks it, in words that follow a count or "no".</param>
    /// <param name="broken">The names of all that break it.</param>
    /// <param name="cancel">Ends the look.</param>
    /// <returns>The check, with one example where it fails.</returns>
    public static async Task<BooksCheck> OfAsync<TKey>(string name, string what, IQueryable<TKey> broken, CancellationToken cancel)
    {
        var count = await broken.CountAsync(cancel);
        if (count == 0)
        {
            return new BooksCheck(name, true, $"No {what}.");
        }

        var example = await broken.OrderBy(key => key).Take(1).ToListAsync(cancel);
        return new BooksCheck(name, false, $"{count} {what}{string.Concat(example.Select(key => $", such as {key}"))}.");
    }
}
