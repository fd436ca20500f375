using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using PlayStationStore.Messaging;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class ShipmentsApi
{
    public static void MapShipmentsApi(this IEndpointRouteBuilder app)
    {
        var order = app.MapGroup("/api/admin/orders/{id:guid}").WithTag("Orders: staff", "Everybody's orders.").RequireAuthorization(Policies.Staff).LimitBody();
        order.MapPost("shipments/{shipmentId:guid}/deliver", Deliver).WithSummary("Say that one parcel has arrived").ProducesProblem(StatusCodes.Status409Conflict);
        order.MapPost("cancel-rest", CancelRest).WithSummary("Take back what of an order was not sent, and give its money back")
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<OrderDocument>, NotFound, ProblemHttpResult>> Deliver(
        Guid id, Guid shipmentId, OrdersDbContext database, Settlement settlement, OrderMetrics metrics, TimeProvider clock, CancellationToken cancel)
    {
        var order = await database.Orders.Where(order => order.Id == id).WholeAsync(cancel);
        if (order?.Shipments.FirstOrDefault(parcel => parcel.Id == shipmentId) is not { } parcel)
        {
            return TypedResults.NotFound();
        }

        if (parcel.DeliveredAt is not null)
        {
            return StoreProblems.Problem(StatusCodes.Status409Conflict, "orderState", "This parcel has arrived already.");
        }

        var before = order.Status;
        settlement.Deliver(order, shipmentId, clock.GetUtcNow());
        if (order.Status == before)
        {
            database.Audit("parcel.delivered", OrderStatusChange.SubjectOf(id), new { ParcelId = shipmentId });
        }

        await database.SaveChangesAsync(cancel);
        metrics.Moved(order, before);
        return TypedResults.Ok(OrderDocument.Of(order));
    }

    private static async Task<Results<Ok<OrderDocument>, NotFound, ProblemHttpResult>> CancelRest(
        Guid id, CancelOrder request, ClaimsPrincipal user, OrdersDbContext database, Settlement settlement, DuePayments payments, OrderMetrics metrics,
        TimeProvider clock, CancellationToken cancel)
    {
        var order = await database.Orders.Where(order => order.Id == id).WholeAsync(cancel);
        if (order is null)
        {
            return TypedResults.NotFound();
        }

        if (!order.HasRest)
        {
            return StoreProblems.Problem(
                StatusCodes.Status409Conflict, "orderState", "Only an order of which a part was sent or delivered has a rest; any other is cancelled whole.");
        }

        var before = order.Status;
        await settlement.CancelRestAsync(order, new RefundGrant(RefundReason.NotSent, request.Reason, user.UserId(), ByStaff: true), clock.GetUtcNow(), cancel);
        await database.SaveChangesAsync(cancel);
        metrics.Moved(order, before);
        payments.Enqueue(order.Id);
        return TypedResults.Ok(OrderDocument.Of(order));
    }
}
