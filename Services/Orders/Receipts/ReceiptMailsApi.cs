using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Contracts;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class ReceiptMailsApi
{
    private const int Tries = 3;

    public static void MapReceiptMailsApi(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/orders/{id:guid}/receipt/mail", MailOwn).WithTag("Orders", "One's own orders.").RequireAuthorization(Policies.SignedIn).LimitBody()
            .WithSummary("Have the receipt of an order mailed again").ProducesProblem(StatusCodes.Status409Conflict);
        app.MapPost("/api/admin/orders/{id:guid}/receipt/mail", MailForShopper).WithTag("Orders: staff", "All shoppers' orders.").RequireAuthorization(Policies.Staff).LimitBody()
            .WithSummary("Mail the receipt of an order to its shopper again").ProducesProblem(StatusCodes.Status409Conflict);
        app.MapGet("/internal/orders/{id:guid}/receipt", Letter).RequireOperatorKey().ExcludeFromDescription();
    }

    private static Task<Results<Accepted, NotFound, ProblemHttpResult>> MailOwn(
        Guid id, ClaimsPrincipal user, OrdersDbContext database, TimeProvider clock, CancellationToken cancel)
    {
        var owner = user.UserId();
        return Mail(database.Orders.Where(order => order.Id == id && order.UserId == owner), ReceiptMailing.Most, database, clock, cancel);
    }

    private static Task<Results<Accepted, NotFound, ProblemHttpResult>> MailForShopper(
        Guid id, OrdersDbContext database, TimeProvider clock, CancellationToken cancel) =>
        Mail(database.Orders.Where(order => order.Id == id), int.MaxValue, database, clock, cancel);

    private static async Task<Results<Accepted, NotFound, ProblemHttpResult>> Mail(
        IQueryable<Order> which, int most, OrdersDbContext database, TimeProvider clock, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var now = clock.GetUtcNow();
            if (await which.AsNoTracking().Include(order => order.History).SingleOrDefaultAsync(cancel) is not { } order)
            {
                return TypedResults.NotFound();
            }

            if (order.PaidAt is not { } paid)
            {
                return Refused("notPaid", "There is a receipt once the order is paid.");
            }

            var mailing = await database.ReceiptMailings.FindAsync([order.Id], cancel) ?? database.Add(new ReceiptMailing(order.Id)).Entity;
            if (mailing.Times >= most)
            {
                return Refused("mailedOften", $"A receipt is mailed again {most} times at most.");
            }

            if ((mailing.Times == 0 ? paid : mailing.AskedAt) + ReceiptMailing.Pause > now)
            {
                return Refused("mailedJustNow", "It was mailed a moment ago. Give that mail a minute to arrive.");
            }

            mailing.Again(now);
            database.Audit("receipt.mailedAgain", OrderStatusChange.SubjectOf(order.Id), new { mailing.Times });
            database.Publish(new ReceiptToBeMailed(order.Id, order.Number, order.UserId, new Money(order.Total, order.Currency), paid, mailing.Times, now));
            try
            {
                await database.SaveChangesAsync(cancel);
                return TypedResults.Accepted((string?)null);
            }
            catch (DbUpdateException exception) when (attempt < Tries && exception.IsLostRace())
            {
                database.ChangeTracker.Clear();
            }
        }
    }

    private static ProblemHttpResult Refused(string code, string sentence) => StoreProblems.Problem(StatusCodes.Status409Conflict, code, sentence);

    // For who mails it: what it says at that moment, and the same as a file.
    private static async Task<Results<Ok<ReceiptLetter>, NotFound>> Letter(
        Guid id, OrdersDbContext database, Seller seller, HttpResponse response, CancellationToken cancel)
    {
        response.Headers.CacheControl = "no-store";
        return await database.Orders.AsNoTracking().Where(order => order.Id == id).WholeAsync(cancel) is { } order && ReceiptDocument.Of(order, seller) is { } receipt
            ? TypedResults.Ok(new ReceiptLetter(receipt, ReceiptPdf.Write(receipt)))
            : TypedResults.NotFound();
    }
}

/// <summary>What the mail of a receipt holds.</summary>
internal sealed record ReceiptLetter(ReceiptDocument Receipt, byte[] File);
