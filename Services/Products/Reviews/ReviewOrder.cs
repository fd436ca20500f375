using Microsoft.AspNetCore.Http.HttpResults;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>How lists of reviews go on from page to page.</summary>
internal static class ReviewOrder
{
    public const string Newest = "newest";
    public const string Helpful = "helpful";

    private const int UsualPage = 10;
    private const int LargestPage = 100;

    /// <summary>Reads what a client sent of a page.</summary>
    /// <param name="cursor">What it sent, or null for the first page.</param>
    /// <param name="pageSize">How many it wants, or null.</param>
    /// <param name="size">How many it gets.</param>
    /// <param name="after">The review that the page before ended with, or null.</param>
    /// <returns>What is wrong with it; null where nothing is.</returns>
    public static ValidationProblem? TryRead(string? cursor, int? pageSize, out int size, out Position? after)
    {
        size = pageSize ?? UsualPage;
        return !Cursor.TryDecode(cursor, out after) || after is { Id: null } or { At: null } or { Helpful: null }
            ? StoreProblems.Invalid("cursor", "Take the cursor from the page before.")
            : size is < 1 or > LargestPage ? StoreProblems.Invalid("pageSize", $"A page has 1 to {LargestPage} items.")
            : null;
    }

    /// <summary>The reviews behind a position, sorted.</summary>
    public static IQueryable<Review> Behind(this IQueryable<Review> reviews, Position? after, bool byHelpful)
    {
        if (after is { At: { } at, Id: { } id, Helpful: { } helpful })
        {
            reviews = byHelpful
                ? reviews.Where(review => review.Helpful < helpful || (review.Helpful == helpful
                    && (review.WrittenAt < at || (review.WrittenAt == at && review.Id.CompareTo(id) < 0))))
                : reviews.Where(review => review.WrittenAt <= at && (review.WrittenAt < at || review.Id.CompareTo(id) < 0));
        }

        return byHelpful
            ? reviews.OrderByDescending(review => review.Helpful).ThenByDescending(review => review.WrittenAt).ThenByDescending(review => review.Id)
            : reviews.OrderByDescending(review => review.WrittenAt).ThenByDescending(review => review.Id);
    }

    /// <summary>The cursor for the page behind one that was read with one review more than it shows; null where it is the last.</summary>
    public static string? Next(List<Review> page, int size) =>
        page.Count > size && page[size - 1] is var last ? Cursor.Encode(new Position(last.Helpful, last.WrittenAt, last.Id)) : null;

    public sealed record Position(int? Helpful, DateTimeOffset? At, Guid? Id);
}
