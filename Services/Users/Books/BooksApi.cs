using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Users;

/// <summary>Whether the books are right: for administrators, and for the dashboard's command.</summary>
internal static class BooksApi
{
    public static void MapBooksApi(this IEndpointRouteBuilder app)
    {
        app.MapGet("/operator/books", Check).RequireOperatorKey().ExcludeFromDescription();
        app.MapGet("/api/admin/books/users", Check).WithSummary("Check that shoppers are told each thing once")
            .WithTag("Books: administrators", "Whether people were told what has happened, once.").RequireAuthorization(Policies.Administrator);
    }

    private static async Task<Ok<BooksReport>> Check(UsersDbContext database, TimeProvider clock, CancellationToken cancel)
    {
        IReadOnlyList<BooksCheck> checks =
        [
            await BooksCheck.OfAsync("notifications", "notifications of one thing that were made twice", database.Notifications
                .Where(told => OrderNotifications.Once.Contains(told.Kind))
                .GroupBy(told => new { told.AccountId, told.Kind, told.Link }).Where(copies => copies.Count() > 1).Select(copies => copies.Key.Link), cancel),
            await AuditCheck.RuleAsync(database, clock.GetUtcNow(), cancel),
            .. await MessageBooks.CheckAsync(database, clock.GetUtcNow(), cancel),
        ];
        return TypedResults.Ok(new BooksReport(checks.All(check => check.Ok), checks));
    }
}
