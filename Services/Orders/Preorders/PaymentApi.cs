using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class PaymentApi
{
    private const int Tries = 5;

    public static void MapPaymentApi(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/orders/{id:guid}/payment", Pay).WithTag("Orders", "One's own orders.").RequireAuthorization(Policies.SignedIn).LimitBody()
            .WithSummary("Pay a pre-order whose payment was declined in another way; it is decided in the background")
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Accepted<OrderDocument>, NotFound, ValidationProblem, ProblemHttpResult>> Pay(
        Guid id, PayOrder request, ClaimsPrincipal user, OrdersDbContext database, PaymentPlans plans, DuePayments payments, TimeProvider clock,
        CancellationToken cancel)
    {
        var owner = user.UserId();
        for (var attempt = 1; ; attempt++)
        {
            var order = await database.Orders.Where(order => order.Id == id && order.UserId == owner).WholeAsync(cancel);
            if (order is null)
            {
                return TypedResults.NotFound();
            }

            var now = clock.GetUtcNow();
            if (!order.AwaitsOtherPayment(now))
            {
                return order is { Status: OrderStatus.AwaitingPayment, Payment.Status: PaymentStatus.Pending or PaymentStatus.Refunding }
                    ? StoreProblems.Problem(StatusCodes.Status409Conflict, "paymentUnderWay", "This order is being paid at this moment.")
                    : StoreProblems.Problem(StatusCodes.Status409Conflict, "notPayable", "This order does not wait for another way to pay.");
            }

            var (plan, refusal) = await plans.MakeAsync(request.Payment, order.Total, order.Currency, owner, cancel);
            if (plan is null)
            {
                return refusal!;
            }

            order.PayBy(plan, now);
            database.Audit("payment.chosen", OrderStatusChange.SubjectOf(id), new { order.Payment.Method, order.Payment.Description });
            try
            {
                await database.SaveChangesAsync(cancel);
            }
            catch (DbUpdateException exception) when (attempt < Tries && exception.IsLostRace())
            {
                // Another tab was faster, or the days are over: what the order is now decides.
                database.ChangeTracker.Clear();
                continue;
            }

            payments.Enqueue(id);
            return TypedResults.Accepted($"/api/orders/{id}", OrderDocument.Of(order));
        }
    }
}

/// <summary>Pays an order in another way than the one that was declined.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PayOrder([Required] PaymentChoice Payment);
