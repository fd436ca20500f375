using System.Net.Mime;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class ReceiptsApi
{
    public static void AddReceipts(this WebApplicationBuilder builder)
    {
        var seller = Seller.Of(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(seller);
    }

    public static void MapReceiptsApi(this IEndpointRouteBuilder app)
    {
        var receipts = app.MapGroup("/api/orders/{id:guid}").WithTag("Orders", "One's own orders.").RequireAuthorization(Policies.SignedIn);
        receipts.MapGet("receipt", Get).WithSummary("Read the receipt of an order that was paid").ProducesProblem(StatusCodes.Status409Conflict);
        receipts.MapGet("receipt.pdf", GetPdf).WithSummary("Read the same receipt as a PDF file")
            .Produces<byte[]>(StatusCodes.Status200OK, MediaTypeNames.Application.Pdf).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<ReceiptDocument>, NotFound, ProblemHttpResult>> Get(
        Guid id, ClaimsPrincipal user, OrdersDbContext database, Seller seller, CancellationToken cancel)
    {
        if (await OwnAsync(id, user, database, cancel) is not { } order)
        {
            return TypedResults.NotFound();
        }

        return ReceiptDocument.Of(order, seller) is { } receipt ? TypedResults.Ok(receipt) : NotPaid();
    }

    private static async Task<Results<FileContentHttpResult, NotFound, ProblemHttpResult>> GetPdf(
        Guid id, ClaimsPrincipal user, OrdersDbContext database, Seller seller, CancellationToken cancel)
    {
        if (await OwnAsync(id, user, database, cancel) is not { } order)
        {
            return TypedResults.NotFound();
        }

        return ReceiptDocument.Of(order, seller) is { } receipt
            ? TypedResults.File(ReceiptPdf.Write(receipt), MediaTypeNames.Application.Pdf, $"receipt-{receipt.Number}.pdf")
            : NotPaid();
    }

    private static Task<Order?> OwnAsync(Guid id, ClaimsPrincipal user, OrdersDbContext database, CancellationToken cancel)
    {
        var owner = user.UserId();
        return database.Orders.AsNoTracking().Where(order => order.Id == id && order.UserId == owner).WholeAsync(cancel);
    }

    private static ProblemHttpResult NotPaid() =>
        StoreProblems.Problem(StatusCodes.Status409Conflict, "notPaid", "There is a receipt once the order is paid.");
}
