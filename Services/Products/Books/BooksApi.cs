using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Products;

/// <summary>Whether the books are right: for administrators, and for the dashboard's command.</summary>
internal static class BooksApi
{
    public static void MapBooksApi(this IEndpointRouteBuilder app)
    {
        Map(app.MapGroup("/operator/books")).RequireOperatorKey().ExcludeFromDescription();
        Map(app.MapGroup("/api/admin/books/products")).WithTag("Books: administrators", "Whether what is held and sold adds up.")
            .RequireAuthorization(Policies.Administrator);
    }

    private static RouteGroupBuilder Map(RouteGroupBuilder books)
    {
        books.MapGet("", Check).WithSummary("Check every rule between stock and what is held and sold for orders");
        books.MapGet("stock", Stock).WithSummary("List by order what is held or sold for it");
        return books;
    }

    private static async Task<Ok<BooksReport>> Check(ProductsDbContext database, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        IReadOnlyList<BooksCheck> checks =
        [
            .. await StockBooks.CheckAsync(database, now, cancel),
            await AuditCheck.RuleAsync(database, now, cancel),
            .. await MessageBooks.CheckAsync(database, now, cancel),
        ];
        return TypedResults.Ok(new BooksReport(checks.All(check => check.Ok), checks));
    }

    private static async Task<Ok<OrderStockPage>> Stock([AsParameters] BooksRange range, ProductsDbContext database, CancellationToken cancel)
    {
        var reservations = database.Reservations.AsNoTracking();
        reservations = range.After is { } after ? reservations.Where(reservation => reservation.OrderId.CompareTo(after) > 0) : reservations;
        reservations = range.Until is { } until ? reservations.Where(reservation => reservation.OrderId.CompareTo(until) <= 0) : reservations;
        reservations = range.Order is { } one ? reservations.Where(reservation => reservation.OrderId == one) : reservations;
        var found = await reservations.OrderBy(reservation => reservation.OrderId).Take(BooksRange.PageSize + 1)
            .Select(reservation => new
            {
                reservation.OrderId,
                reservation.State,
                Lines = reservation.Lines.Where(line => line.Returned < line.Quantity)
                    .Select(line => new OrderStockLine(line.Sku, line.Quantity - line.Returned)).ToList(),
            }).ToListAsync(cancel);
        return TypedResults.Ok(OrderStockPage.Of(
            [.. found.Select(one => new OrderStock(one.OrderId, JsonNamingPolicy.CamelCase.ConvertName(one.State.ToString()), one.Lines))]));
    }
}
