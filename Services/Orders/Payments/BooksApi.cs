using Microsoft.AspNetCore.Http.HttpResults;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class BooksApi
{
    public static void MapBooksApi(this IEndpointRouteBuilder app) => app.MapGet("/operator/books", Check).RequireOperatorKey();

    private static async Task<Ok<BooksReport>> Check(OrdersDbContext database, TimeProvider clock, CancellationToken cancel)
    {
        var checks = await Books.CheckAsync(database, clock.GetUtcNow(), cancel);
        return TypedResults.Ok(new BooksReport(checks.All(check => check.Ok), checks));
    }
}

/// <summary>Whether the books are right.</summary>
public sealed record BooksReport(bool Ok, IReadOnlyList<BooksCheck> Checks);

/// <summary>One thing that must hold.</summary>
/// <param name="Detail">What was found, in words.</param>
public sealed record BooksCheck(string Name, bool Ok, string Detail);
