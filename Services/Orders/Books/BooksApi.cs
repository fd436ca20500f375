using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

/// <summary>Whether the books are right: for administrators, and for the dashboard's command.</summary>
internal static class BooksApi
{
    public static void MapBooksApi(this IEndpointRouteBuilder app)
    {
        Map(app.MapGroup("/operator/books")).RequireOperatorKey().ExcludeFromDescription();
        Map(app.MapGroup("/api/admin/books/orders")).WithTag("Books: administrators", "Whether what was charged, granted, sold and sent adds up.")
            .RequireAuthorization(Policies.Administrator);
    }

    private static RouteGroupBuilder Map(RouteGroupBuilder books)
    {
        books.MapGet("", Check).WithSummary("Check every rule between orders, payments, the ledger, coupons and the library");
        books.MapGet("stock", Stock).WithSummary("List by order what Products must have sold or hold for it");
        return books;
    }

    private static async Task<Ok<BooksReport>> Check(OrdersDbContext database, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        IReadOnlyList<BooksCheck> checks =
        [
            .. await Books.CheckAsync(database, now, cancel), .. await WaitingBooks.CheckAsync(database, now, cancel),
            .. await MessageBooks.CheckAsync(database, now, cancel),
        ];
        return TypedResults.Ok(new BooksReport(checks.All(check => check.Ok), checks));
    }

    private static async Task<Ok<OrderStockPage>> Stock([AsParameters] BooksRange range, OrdersDbContext database, CancellationToken cancel)
    {
        var orders = database.Orders.AsNoTracking();
        orders = range.After is { } after ? orders.Where(order => order.Id.CompareTo(after) > 0) : orders;
        orders = range.Until is { } until ? orders.Where(order => order.Id.CompareTo(until) <= 0) : orders;
        orders = range.Order is { } one ? orders.Where(order => order.Id == one) : orders;
        var found = await orders.OrderBy(order => order.Id).Take(BooksRange.PageSize + 1)
            .Select(order => new
            {
                order.Id,
                order.Status,
                Lines = order.Lines.Where(line => !line.Digital && line.RefundedQuantity < line.Quantity)
                    .Select(line => new OrderStockLine(line.Sku, line.Quantity - line.RefundedQuantity)).ToList(),
            }).ToListAsync(cancel);
        return TypedResults.Ok(OrderStockPage.Of(
            [.. found.Select(order => new OrderStock(order.Id, OrderStanding.StockOf(order.Status), order.Lines))]));
    }
}
