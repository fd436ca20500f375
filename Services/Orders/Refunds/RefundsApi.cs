using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using PlayStationStore.Contracts;
using PlayStationStore.ServiceDefaults;

namespace PlayStationStore.Orders;

internal static class RefundsApi
{
    public static void MapRefundsApi(this IEndpointRouteBuilder app)
    {
        var own = app.MapGroup("/api/orders/{id:guid}/refund").WithTag("Orders", "One's own orders.").RequireAuthorization(Policies.SignedIn).LimitBody();
        own.MapGet("", Offer).WithSummary("Read what of an order can be given back, and what cannot, with the reason");
        own.MapPost("", Ask).WithSummary("Give back downloads that were not begun, and gift cards that were not redeemed")
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status409Conflict);

        app.MapPost("/api/admin/orders/{id:guid}/refund", Grant).WithTag("Orders: staff", "All orders, for those who send them.")
            .RequireAuthorization(Policies.Staff).LimitBody().WithSummary("Give money back for lines of a delivered order")
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<RefundOffer>, NotFound>> Offer(
        Guid id, ClaimsPrincipal user, OrdersDbContext database, Refunds refunds, CancellationToken cancel)
    {
        var owner = user.UserId();
        return await refunds.OfferAsync(database.Orders.Where(order => order.Id == id && order.UserId == owner), cancel) is { } offer
            ? TypedResults.Ok(offer)
            : TypedResults.NotFound();
    }

    private static async Task<Results<Ok<OrderDocument>, NotFound, ValidationProblem, ProblemHttpResult>> Ask(
        Guid id, AskRefund request, ClaimsPrincipal user, OrdersDbContext database, Refunds refunds, CancellationToken cancel)
    {
        if (Oddity(request.Lines) is { } odd)
        {
            return odd;
        }

        if (request.Reason is not (null or RefundReason.ChangedMind or RefundReason.Mistake or RefundReason.Faulty))
        {
            return StoreProblems.Invalid("reason", "A shopper's reasons are changedMind, mistake and faulty.");
        }

        var owner = user.UserId();
        var answer = await refunds.GiveAsync(
            database.Orders.Where(order => order.Id == id && order.UserId == owner), request.Lines,
            new RefundGrant(request.Reason ?? RefundReason.ChangedMind, null, owner, ByStaff: false), request.RefundsSeen, cancel);
        return Widen(answer);
    }

    private static async Task<Results<Ok<OrderDocument>, NotFound, ValidationProblem, ProblemHttpResult>> Grant(
        Guid id, GrantRefund request, ClaimsPrincipal user, OrdersDbContext database, Refunds refunds, CancellationToken cancel)
    {
        if (Oddity(request.Lines) is { } odd)
        {
            return odd;
        }

        if (request is { Lines.Count: 0, Shipping: not true })
        {
            return StoreProblems.Invalid("lines", "Name at least one line, or give back what was paid for sending.");
        }

        var answer = await refunds.GiveAsync(
            database.Orders.Where(order => order.Id == id), request.Lines,
            new RefundGrant(request.Reason!.Value, request.Note, user.UserId(), ByStaff: true, request.Shipping), request.RefundsSeen, cancel);
        return Widen(answer);
    }

    private static ValidationProblem? Oddity(IReadOnlyList<AskedRefund>? lines)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return (lines ?? []).Index().Where(line => line.Item is null || !seen.Add(line.Item.Sku))
            .Select(line => StoreProblems.Invalid($"lines[{line.Index}].sku", "Name each line once.")).FirstOrDefault();
    }

    private static Results<Ok<OrderDocument>, NotFound, ValidationProblem, ProblemHttpResult> Widen(
        Results<Ok<OrderDocument>, NotFound, ProblemHttpResult> answer) => answer.Result switch
        {
            Ok<OrderDocument> order => order,
            ProblemHttpResult problem => problem,
            _ => TypedResults.NotFound(),
        };
}

/// <summary>What of an order can be given back now.</summary>
/// <param name="Until">When the right to give downloads back ends; null while nothing is paid.</param>
public sealed record RefundOffer(DateTimeOffset? Until, IReadOnlyList<RefundableLine> Lines);

/// <summary>What of a line can be given back now.</summary>
/// <param name="Quantity">Pieces that are left, without codes that were redeemed.</param>
/// <param name="Worth">What goes back for them.</param>
/// <param name="Block">Why the shopper cannot give it back: <c>notDelivered</c>, <c>refunded</c>, <c>parcel</c>, <c>tooLate</c>, <c>redeemed</c>,
/// <c>downloaded</c> or <c>needed</c>; null where they can.</param>
/// <param name="Along">The SKUs of other lines that go back with it, since they need it.</param>
/// <param name="NeededBy">The SKUs that stay and build on it, where it is <c>needed</c>.</param>
public sealed record RefundableLine(
    string Sku, string? Name, int Quantity, Money Worth, string? Block, IReadOnlyList<string> Along, IReadOnlyList<string> NeededBy);

/// <summary>A shopper gives lines back.</summary>
/// <param name="Lines">Left out, everything that can be given back is.</param>
/// <param name="RefundsSeen">How many refunds the order had when this was decided; where it has more by now, the answer is 409. So a repeated request
/// gives nothing back twice.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AskRefund(
    [MinLength(1), MaxLength(100)] IReadOnlyList<AskedRefund>? Lines = null, RefundReason? Reason = null, [Range(0, 10_000)] int? RefundsSeen = null);

/// <summary>Staff give money back.</summary>
/// <param name="Lines">Left out, everything that is left; empty where only what was paid for sending goes back.</param>
/// <param name="Note">A sentence for the shopper.</param>
/// <param name="Shipping">Whether what was paid for sending goes back too. Left out, it does where the last of what was sent is <c>faulty</c>.</param>
/// <param name="RefundsSeen">As in <see cref="AskRefund"/>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record GrantRefund(
    [Required] RefundReason? Reason, [MaxLength(100)] IReadOnlyList<AskedRefund>? Lines = null, [StringLength(500)] string? Note = null,
    bool? Shipping = null, [Range(0, 10_000)] int? RefundsSeen = null);

/// <summary>Pieces of a line that are given back.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AskedRefund([Required, Sku] string Sku, [Range(1, 99)] int Quantity = 1);
