using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class OrdersApi
{
    public static void MapOrdersApi(this IEndpointRouteBuilder app)
    {
        var orders = app.MapGroup("/api/orders").WithTag("Orders", "One's own orders.").RequireAuthorization(Policies.SignedIn).LimitBody();
        orders.MapPost("", Place).WithSummary("Place an order; it is decided in the background")
            .OneAtATimeForEachKey().ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        orders.MapGet("", List).WithSummary("List the shopper's orders, newest first");
        orders.MapGet("{id:guid}", Get).WithSummary("Read an order");
        orders.MapPost("{id:guid}/cancel", Cancel).WithSummary("Take an order back").ProducesProblem(StatusCodes.Status409Conflict);
        orders.MapGet("{id:guid}/events", Follow).WithSummary("Follow an order, as server-sent events").ProducesProblem(StatusCodes.Status429TooManyRequests);
    }

    private static async Task<Results<Accepted<OrderDocument>, ValidationProblem, ProblemHttpResult>> Place(
        PlaceOrder request, [FromHeader(Name = "Idempotency-Key")] string key, HttpContext http, OrderPlacement placement, Carts carts)
    {
        await CartOwner.TryMergeAsync(http, carts);
        return await placement.PlaceAsync(request, key, http.User.UserId(), http.Request.Headers.Authorization.ToString(), http.RequestAborted);
    }

    private static async Task<Results<Ok<Page<OrderDocument>>, ValidationProblem>> List(
        ClaimsPrincipal user, OrdersDbContext database, CancellationToken cancel, string? cursor = null, [Range(1, 100)] int pageSize = 20)
    {
        if (!Cursor.TryDecode<TimePosition>(cursor, out var after))
        {
            return StoreProblems.Invalid("cursor", "This is not a cursor of this list.");
        }

        var owner = user.UserId();
        var page = await database.Orders.AsNoTracking().Where(order => order.UserId == owner).NewestFirst(after).Take(pageSize + 1).Whole().ToListAsync(cancel);
        return TypedResults.Ok(Page.Of(page, pageSize, last => new TimePosition(last.CreatedAt, last.Id), OrderDocument.Of));
    }

    private static async Task<Results<Ok<OrderDocument>, NotFound>> Get(Guid id, ClaimsPrincipal user, OrdersDbContext database, CancellationToken cancel)
    {
        var owner = user.UserId();
        return await database.Orders.AsNoTracking().Where(order => order.Id == id && order.UserId == owner).WholeAsync(cancel) is { } order
            ? TypedResults.Ok(OrderDocument.Of(order))
            : TypedResults.NotFound();
    }

    private static async Task<Results<Ok<OrderDocument>, NotFound, ProblemHttpResult>> Cancel(
        Guid id, ClaimsPrincipal user, OrdersDbContext database, OrderCancellation cancellation, CancellationToken cancel)
    {
        var owner = user.UserId();
        return await cancellation.CancelAsync(
            database.Orders.Where(order => order.Id == id && order.UserId == owner), OrderReasons.CancelledByShopper, null, cancel);
    }

    private static async Task<Results<ServerSentEventsResult<OrderDocument?>, NotFound, ProblemHttpResult>> Follow(
        Guid id, ClaimsPrincipal user, OrdersDbContext database, OrderChanges changes, HttpContext http)
    {
        var owner = user.UserId();
        if (!await database.Orders.AnyAsync(order => order.Id == id && order.UserId == owner, http.RequestAborted))
        {
            return TypedResults.NotFound();
        }

        if (!changes.TryEnter(owner, out var place))
        {
            http.Response.Headers.RetryAfter = "30";
            return StoreProblems.Problem(StatusCodes.Status429TooManyRequests, "tooManyStreams", "Too many order pages are open at once.");
        }

        http.Response.RegisterForDispose(place);
        return TypedResults.ServerSentEvents(changes.FollowAsync(id, http.RequestAborted));
    }
}

internal static class OrderQueries
{
    /// <summary>The order of every list of orders, and where a page of it begins.</summary>
    public static IQueryable<Order> NewestFirst(this IQueryable<Order> orders, TimePosition? after)
    {
        if (after is not null)
        {
            orders = orders.Where(order => order.CreatedAt <= after.At && (order.CreatedAt < after.At || order.Id.CompareTo(after.Id) < 0));
        }

        return orders.OrderByDescending(order => order.CreatedAt).ThenByDescending(order => order.Id);
    }

    /// <summary>
    /// Orders with everything that a step of them, or their document, needs. Each collection is read by a query of its own, since one join of
    /// all would give lines times steps times refunds; the order itself is read first, so that who saves a step of what changed in between
    /// finds its version grown.
    /// </summary>
    public static IQueryable<Order> Whole(this IQueryable<Order> orders) => orders.WithSteps()
        .Include(order => order.Refunds.OrderBy(refund => refund.Id)).ThenInclude(refund => refund.Lines.OrderBy(line => line.Position));

    /// <summary>Orders without what went back of them, which is all of an order that is not paid yet.</summary>
    public static IQueryable<Order> WithSteps(this IQueryable<Order> orders) => orders.AsSplitQuery()
        .Include(order => order.Payment).Include(order => order.Lines.OrderBy(line => line.Position))
        .Include(order => order.History.OrderBy(step => step.Position));

    /// <summary>The one order that is asked for, whole; null where there is none.</summary>
    public static Task<Order?> WholeAsync(this IQueryable<Order> orders, CancellationToken cancel) => orders.Whole().SingleOrDefaultAsync(cancel);
}
