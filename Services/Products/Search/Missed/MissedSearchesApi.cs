using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>What shoppers searched for in vain, for staff: what to buy in, and what to add to the nicknames.</summary>
internal static class MissedSearchesApi
{
    public static void MapMissedSearchesApi(this IEndpointRouteBuilder app)
    {
        var searches = app.MapGroup("/api/admin/searches").WithTag("Searches: staff", "What shoppers searched for and did not find.").RequireAuthorization(Policies.Staff);
        searches.MapGet("/", List).WithSummary("List searches without result, the most frequent first");
    }

    private static async Task<Results<Ok<MissedSearchPage>, ValidationProblem>> List(string? cursor, int? pageSize, ProductsDbContext database)
    {
        var size = pageSize ?? 24;
        if (size is < 1 or > 100)
        {
            return StoreProblems.Invalid("pageSize", "A page has 1 to 100 items.");
        }

        if (!Cursor.TryDecode<Position>(cursor, out var after) || after is { Text: null })
        {
            return StoreProblems.Invalid("cursor", "Take the cursor from the page before.");
        }

        var searches = database.MissedSearches.AsNoTracking();
        if (after is not null)
        {
            searches = searches.Where(search => search.Count < after.Count || (search.Count == after.Count && search.Text.CompareTo(after.Text) > 0));
        }

        var page = await searches.OrderByDescending(search => search.Count).ThenBy(search => search.Text).Take(size + 1)
            .Select(search => new MissedSearchView(search.Text, search.Count, search.LastAt)).ToListAsync();
        var last = page.Count > size ? page[size - 1] : null;
        return TypedResults.Ok(new MissedSearchPage([.. page.Take(size)], last is null ? null : Cursor.Encode(new Position(last.Count, last.Text))));
    }

    private sealed record Position(int Count, string Text);
}

/// <summary>A page of searches without result.</summary>
/// <param name="NextCursor">For the next page; null on the last.</param>
public sealed record MissedSearchPage(IReadOnlyList<MissedSearchView> Items, string? NextCursor);

/// <summary>A search without result.</summary>
/// <param name="Text">The words, in lower case and without accents.</param>
/// <param name="Count">How often it was tried.</param>
/// <param name="LastAt">When it was tried last.</param>
public sealed record MissedSearchView(string Text, int Count, DateTimeOffset LastAt);
