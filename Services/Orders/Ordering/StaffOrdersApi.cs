using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class StaffOrdersApi
{
    public static void MapStaffOrdersApi(this IEndpointRouteBuilder app)
    {
        var orders = app.MapGroup("/api/admin/orders").WithTag("Orders: staff", "Everybody's orders.").RequireAuthorization(Policies.Staff).LimitBody();
        orders.MapGet("", List).WithSummary("List and search orders, newest first");
        orders.MapGet("{id:guid}", Get).WithSummary("Read an order");
        orders.MapPost("{id:guid}/ship", Ship).WithSummary("Say that a parcel is on its way, with all that waits or a part of it")
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status409Conflict);
        orders.MapPost("{id:guid}/deliver", Deliver).WithSummary("Say that all parcels that are on their way have arrived").ProducesProblem(StatusCodes.Status409Conflict);
        orders.MapPost("{id:guid}/cancel", Cancel).WithSummary("Take an order back for the shopper").ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<Page<OrderDocument>>, ValidationProblem>> List(
        OrdersDbContext database, CancellationToken cancel,
        [StringLength(20), RegularExpression("[A-Za-z]*", ErrorMessage = "There is no such status.")] string? status = null,
        [StringLength(40), RegularExpression("[A-Za-z0-9 -]*", ErrorMessage = "Search for a number's beginning, or an identifier.")] string? search = null,
        string? cursor = null, [Range(1, 100)] int pageSize = 20)
    {
        if (!Cursor.TryDecode<TimePosition>(cursor, out var after))
        {
            return StoreProblems.Invalid("cursor", "This is not a cursor of this list.");
        }

        var orders = database.Orders.AsQueryable();
        if (!string.IsNullOrEmpty(status))
        {
            if (!Enum.TryParse<OrderStatus>(status, ignoreCase: true, out var wanted))
            {
                return StoreProblems.Invalid("status", "There is no such status.");
            }

            orders = orders.Where(order => order.Status == wanted);
        }

        if (Guid.TryParse(search?.Trim(), out var id))
        {
            orders = orders.Where(order => order.Id == id || order.UserId == id);
        }
        else if (!string.IsNullOrWhiteSpace(search))
        {
            var number = search.Trim().ToUpperInvariant();
            orders = orders.Where(order => order.Number.StartsWith(number));
        }

        var page = await orders.AsNoTracking().NewestFirst(after).Take(pageSize + 1).Whole().ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(page, pageSize, last => new TimePosition(last.CreatedAt, last.Id), OrderDocument.Of));
    }

    private static async Task<Results<Ok<OrderDocument>, NotFound>> Get(Guid id, OrdersDbContext database, CancellationToken cancel) =>
        await database.Orders.AsNoTracking().Where(order => order.Id == id).WholeAsync(cancel) is { } order
            ? TypedResults.Ok(OrderDocument.Of(order))
            : TypedResults.NotFound();

    private static async Task<Results<Ok<OrderDocument>, NotFound, ValidationProblem, ProblemHttpResult>> Ship(
        Guid id, ShipOrder request, OrdersDbContext database, OrderMetrics metrics, TimeProvider clock, CancellationToken cancel)
    {
        if (Parcels.Oddity(request) is { } odd)
        {
            return odd;
        }

        var order = await database.Orders.Where(order => order.Id == id).WholeAsync(cancel);
        if (order is null)
        {
            return TypedResults.NotFound();
        }

        if (order.Status is not OrderStatus.AwaitingShipment || (request.ShipmentsSeen ?? order.Shipments.Count) != order.Shipments.Count)
        {
            return WrongState(order);
        }

        var (parcel, refusal) = Parcels.Of(order, request);
        if (refusal is { } refused)
        {
            return Unprocessable.Field(refused.Field, refused.Message);
        }

        database.Ship(order, parcel!, clock.GetUtcNow());
        await database.SaveChangesAsync(cancel);
        metrics.Moved(order, OrderStatus.AwaitingShipment);
        return TypedResults.Ok(OrderDocument.Of(order));
    }

    private static async Task<Results<Ok<OrderDocument>, NotFound, ProblemHttpResult>> Deliver(
        Guid id, OrdersDbContext database, Settlement settlement, OrderMetrics metrics, TimeProvider clock, CancellationToken cancel)
    {
        var order = await database.Orders.Where(order => order.Id == id).WholeAsync(cancel);
        if (order is null)
        {
            return TypedResults.NotFound();
        }

        var before = order.Status;
        if (before is not OrderStatus.Shipped && !(before is OrderStatus.AwaitingShipment && order.Shipments.Any(parcel => parcel.DeliveredAt is null)))
        {
            return WrongState(order);
        }

        settlement.Deliver(order, null, clock.GetUtcNow());
        await database.SaveChangesAsync(cancel);
        metrics.Moved(order, before);
        return TypedResults.Ok(OrderDocument.Of(order));
    }

    private static Task<Results<Ok<OrderDocument>, NotFound, ProblemHttpResult>> Cancel(
        Guid id, CancelOrder request, OrdersDbContext database, OrderCancellation cancellation, CancellationToken cancel) =>
        cancellation.CancelAsync(database.Orders.Where(order => order.Id == id), OrderReasons.CancelledByStaff, request.Reason, cancel);

    private static ProblemHttpResult WrongState(Order order) =>
        StoreProblems.Problem(StatusCodes.Status409Conflict, "orderState", $"An order that is {order.Status} cannot take this step.");
}

/// <summary>Takes an order back.</summary>
/// <param name="Reason">For the shopper.</param>
public sealed record CancelOrder([StringLength(500)] string? Reason = null);
